import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const openLm: Trainer = {
  names: ['open-lm'],
  traits: {
    ...fsdp,
    // As the family, and the model's output that the loop holds on to; more with the z-loss (open_lm, losses.py).
    bytesPerLogit: [10, 14, 18],
    // open_lm, main.py: `FSDP`.
    fsdpVersion: 1,
  },
};
