import { fsdpOfTransformers } from './families/fsdp-of-transformers.ts';
import type { Trainer } from './trainer.ts';

export const verl: Trainer = {
  names: ['verl'],
  // Batches hold answers of any length (verl docs, `use_dynamic_bsz` and `use_remove_padding`).
  traits: { ...fsdpOfTransformers, variableLengths: true },
};
