import type { TrainerTraits } from '../trainer.ts';
import { fsdp } from './fsdp.ts';

/** Compiled by XLA as a whole, which allocates once and keeps what the schedule needs (JAX docs, jit). */
export const xla: TrainerTraits = {
  ...fsdp,
  // From bf16 logits and their gradient to fp32 ones with log-softmax: which of them are fused, the compiler decides.
  bytesPerLogit: [4, 8, 12],
  compilesLoss: 'always',
  fusedKernels: true,
};
