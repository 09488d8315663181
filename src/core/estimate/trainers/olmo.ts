import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const olmo: Trainer = {
  names: ['olmo'],
  traits: {
    ...fsdp,
    // As the family, and up to 18 where the auxiliary loss keeps logits of its own (OLMo, `softmax_auxiliary_loss`).
    bytesPerLogit: [10, 12, 18],
    // OLMo, scripts/train.py: `FullyShardedDataParallel`.
    fsdpVersion: 1,
  },
};
