import type { LineItem } from '../line-item.ts';
import type { Circumstances } from './circumstances.ts';

/**
 * Memory that the caching allocator holds and cannot use. Part of what comes and goes within a step; and, since optimizer
 * states first appear after a backward pass, in blocks that activations have left, those activations need new blocks
 * from the second step on (PyTorch docs, CUDA memory management). FSDP tables show 1.2 to 1.4 times the active memory.
 */
export function fragmentation(
  transientBytes: number,
  optimizerBytes: number,
  { fragmentation: share, displacement }: Circumstances,
): LineItem {
  const displaced = Math.min(optimizerBytes, transientBytes);
  return {
    id: 'fragmentation',
    label: 'Allocator fragmentation',
    bytes: share * transientBytes + displacement * displaced,
    formula: 'f·A + d·min(O, A)',
    quantities: [
      ['f', share],
      ['A', transientBytes],
      ['d', displacement],
      ['O', optimizerBytes],
    ],
    source: 'PyTorch docs, CUDA memory management: reserved and allocated memory',
  };
}

/** What nvidia-smi shows besides the allocator: the CUDA context with its kernels, and the communicators' buffers. */
export function framework({ contextBytes, communicatorBytes }: Circumstances): LineItem {
  return {
    id: 'framework',
    label: 'CUDA context and communicators',
    bytes: contextBytes + communicatorBytes,
    formula: 'context + communicators',
    quantities: [
      ['context', contextBytes],
      ['communicators', communicatorBytes],
    ],
    source: 'PyTorch docs, CUDA memory management: memory outside the allocator; NCCL docs, buffers',
  };
}
