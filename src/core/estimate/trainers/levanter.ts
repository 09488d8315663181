import { xla } from './families/xla.ts';
import type { Trainer } from './trainer.ts';

export const levanter: Trainer = { names: ['levanter'], traits: xla };
