import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

export const xtuner: Trainer = {
  names: ['xtuner'],
  // Models of transformers, with PEFT's preparation where they are quantized (xtuner, model/sft.py and llava.py).
  traits: { ...huggingface.traits, evidence: 'read' },
};
