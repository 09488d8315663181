import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

export const trl: Trainer = {
  names: ['trl'],
  traits: {
    ...huggingface.traits,
    // `dtype` is float32 unless the config says (TRL 1.16, trainer/model_config.py; trainer/utils.py,
    // `create_model_from_path`), and was what transformers 4 took, fp32 too, up to 0.24.
    frozenBase: 'fp32',
  },
};
