import { xla } from './families/xla.ts';
import type { Trainer } from './trainer.ts';

export const maxtext: Trainer = { names: ['maxtext'], traits: xla };
