import { fsdpOfTransformers } from './families/fsdp-of-transformers.ts';
import type { Trainer } from './trainer.ts';

/** Models of transformers under FSDP 2 (NeMo AutoModel docs; NeMo RL docs, DTensor backend). */
export const nemoAutomodel: Trainer = { names: ['nemo-automodel', 'nemo-rl'], traits: fsdpOfTransformers };
