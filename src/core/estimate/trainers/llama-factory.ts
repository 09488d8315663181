import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

export const llamaFactory: Trainer = {
  names: ['llama-factory'],
  traits: {
    ...huggingface.traits,
    // It quantizes without PEFT's preparation (LLaMA-Factory, prepare_model_for_training).
    upcastsUnquantized: false,
    // The base is loaded in `compute_dtype` (LLaMA-Factory, model/patcher.py).
    frozenBase: 'short',
  },
};
