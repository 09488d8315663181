import type { TrainerTraits } from '../trainer.ts';
import { fsdp } from './fsdp.ts';

/** Trainers whose models are those of transformers, sharded by FSDP. */
export const fsdpOfTransformers: TrainerTraits = {
  ...fsdp,
  // As Hugging Face's Trainer, with the model's output held on to (transformers, ForCausalLMLoss).
  bytesPerLogit: [7, 14, 20],
  compilesLoss: 'never',
  // transformers, `repeat_kv`.
  expandsKeyValues: true,
};
