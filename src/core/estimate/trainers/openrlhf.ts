import { deepspeed } from './deepspeed.ts';
import type { Trainer } from './trainer.ts';

export const openrlhf: Trainer = {
  names: ['openrlhf'],
  traits: {
    ...deepspeed.traits,
    // The model's logits are cast to fp32 and kept in its output (OpenRLHF, models/actor.py; `log_probs_from_logits`).
    bytesPerLogit: [8, 14, 20],
    // transformers, `repeat_kv`.
    expandsKeyValues: true,
    // Batches are padded to the longest sample (OpenRLHF, datasets/sft_dataset.py, `collate_fn`).
    variableLengths: true,
  },
};
