import { deepspeed } from './deepspeed.ts';
import type { Trainer } from './trainer.ts';

export const gptNeox: Trainer = {
  names: ['gpt-neox'],
  // Megatron's cross-entropy, whose fp32 copy is computed on in place (GPT-NeoX, model/gpt2_model.py, `cross_entropy`).
  traits: { ...deepspeed.traits, bytesPerLogit: [5, 6, 8] },
};
