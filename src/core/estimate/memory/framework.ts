import type { LineItem } from '../line-item.ts';
import type { Circumstances } from './circumstances.ts';

/** What stays unusable though the allocator gives cached blocks back before it gives up (PyTorch docs, CUDA memory management). */
const inevitable = 0.02;

/**
 * Memory that the caching allocator holds and cannot use, at most what room there is. Part of what comes and goes within a step; and, since optimizer
 * states first appear after a backward pass, in blocks that activations have left, those activations need new blocks
 * from the second step on (PyTorch docs, CUDA memory management). FSDP tables show 1.2 to 1.4 times the active memory.
 * Buffers of gathered weights and gradients are of the same sizes in every layer, and find their blocks again.
 */
export function fragmentation(
  transientBytes: number,
  displacedBytes: number,
  roomBytes: number,
  { fragmentation: share, displacement }: Circumstances,
): LineItem {
  const wanted = share * transientBytes + displacement * displacedBytes;
  const least = Math.min(wanted, inevitable * transientBytes);
  return {
    id: 'fragmentation',
    label: 'Allocator fragmentation',
    bytes: Math.max(least, Math.min(wanted, roomBytes)),
    formula: wanted > roomBytes ? 'min(f·A + d·D, room)' : 'f·A + d·D',
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
