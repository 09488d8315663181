import type { LineItem } from '../line-item.ts';
import type { Circumstances } from './circumstances.ts';

/**
 * Memory that the caching allocator holds and cannot use. Part of what comes and goes within a step; and, since optimizer
 * states first appear after a backward pass, in blocks that activations have left, those activations need new blocks
 * from the second step on (PyTorch docs, CUDA memory management). FSDP tables show 1.2 to 1.4 times the active memory.
 * Buffers of gathered weights and gradients are of the same sizes in every layer, and find their blocks again.
 */
export function fragmentation(
  transientBytes: number,
  displacedBytes: number,
  { fragmentation: share, displacement }: Circumstances,
): LineItem {
  return {
    id: 'fragmentation',
    label: 'Allocator fragmentation',
    bytes: share * transientBytes + displacement * displacedBytes,
    formula: 'f·A + d·D',
    quantities: [
      ['f', share],
      ['A', transientBytes],
      ['d', displacement],
      ['D', displacedBytes],
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
