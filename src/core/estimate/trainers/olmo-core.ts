import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const olmoCore: Trainer = {
  names: ['olmo-core'],
  // `fully_shard`, and `set_is_last_backward` alone between micro batches: gradients are reduced after each
  // (olmo_core/train/train_module/transformer/train_module.py, `_train_microbatch_context`).
  traits: fsdp,
};
