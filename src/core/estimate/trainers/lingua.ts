import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

/** What the family has: FSDP 2 with fp32 reduction (lingua, distributed.py), fused AdamW (lingua, optim.py). */
export const lingua: Trainer = { names: ['lingua'], traits: fsdp };
