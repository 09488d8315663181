import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const fmsFsdp: Trainer = {
  names: ['fms-fsdp'],
  traits: {
    ...fsdp,
    // The loss is taken of the bf16 logits as they are (fms-fsdp, train_utils.py, `CrossEntropyLoss`): logits,
    // log-softmax and two gradients, all short.
    bytesPerLogit: [6, 8, 12],
    // fms-fsdp, main_training_llama.py: `FullyShardedDataParallel`.
    fsdpVersion: 1,
  },
};
