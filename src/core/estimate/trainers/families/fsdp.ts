import type { TrainerTraits } from '../trainer.ts';
import { plainLoop } from './plain-loop.ts';

/** Trainers that shard by FSDP and gather weights in the type of the matrices. */
export const fsdp: TrainerTraits = {
  ...plainLoop,
  known: true,
  evidence: 'read',
  // That of the gradients, which are fp32 (torchtitan, `mixed_precision_reduce`; lingua, distributed.py, `reduce_dtype`).
  reducePrecision: null,
  states: 'fsdp',
  engine: 'fsdp',
  // PyTorch docs, torch.distributed.tensor.parallel: `loss_parallel`.
  lossParallel: true,
  // fp32 log-softmax, its gradient and the logits' gradient; the logits themselves are freed before.
  bytesPerLogit: [10, 12, 15],
  // torchtitan, components/loss.py: newer versions compile the loss by itself.
  compilesLoss: 'newer',
  // `fused=True` (torchtitan, components/optimizer.py; lingua, optim.py).
  foreachOptimizer: false,
  // PyTorch docs, fully_shard: gradients are reduced unless `set_requires_gradient_sync(False)` holds them back.
  reducesEachBatch: true,
};
