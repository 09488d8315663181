import type { TrainerTraits } from '../trainer.ts';

/**
 * A plain PyTorch loop, and what is taken of a trainer that nobody described; each trainer starts from it, or from another
 * family, and says what it does otherwise.
 */
export const plainLoop: TrainerTraits = {
  known: false,
  evidence: 'unknown',
  states: 'torch',
  engine: null,
  bytesPerLogit: [6, 14, 18],
  bytesPerFusedLogit: null,
  // bf16 logits or fp32 ones, and their gradient; nothing else is kept.
  bytesPerCompiledLogit: 6,
  compilesLoss: 'always',
  chunkTokens: null,
  fusedKernels: false,
  recomputesGatedProduct: false,
  expandsKeyValues: false,
  lossParallel: false,
  selectivePolicy: 'every-second-matmul',
  variableLengths: false,
  expandableSegments: false,
  foreachOptimizer: true,
  optimizerImplementation: null,
  fsdpVersion: 2,
  // `BackwardPrefetch.BACKWARD_PRE` (PyTorch docs, FullyShardedDataParallel).
  prefetchesBackward: true,
  chunksGatherHead: false,
  fusedQkv: false,
  wideNorms: false,
  fusedWeighting: false,
  fusesWithLoss: false,
  sharesAdapterInputs: false,
  fusedNorms: false,
  frozenBase: 'fp32',
  autocastsAdapters: false,
  adapterDropout: 0,
  // Loops that call `no_sync` or `set_requires_gradient_sync(False)`, as the docs of both FSDPs do, with an fp32 reduction.
  reducesEachBatch: false,
  reducePrecision: 'fp32',
  flattensFrozen: false,
  upcastsUnquantized: false,
};
