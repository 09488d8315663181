import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

export const axolotl: Trainer = {
  names: ['axolotl'],
  traits: {
    ...huggingface.traits,
    // Many of its examples load Liger's norms and gates (axolotl, examples, `LigerPlugin`); taken for all.
    fusedKernels: true,
    // It may skip PEFT's preparation (axolotl, loaders/model.py, `skip_prepare_model_for_kbit_training`), and loads the
    // base in `torch_dtype`.
    upcastsUnquantized: false,
    frozenBase: 'short',
  },
};
