import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

export const msSwift: Trainer = {
  names: ['ms-swift'],
  // ms-swift docs, Megatron-SWIFT.
  handsOverToMegatron: true,
  traits: {
    ...huggingface.traits,
    // Fitted to the trainer's own tables (docs/accuracy.md): the logits of the evaluation and of its accuracy are alive too.
    bytesPerLogit: [8, 24, 50],
    // ms-swift docs, command-line parameters: `torch_dtype` is that of the checkpoint, `lora_dropout` is 0.05.
    frozenBase: 'short',
    adapterDropout: 0.05,
  },
};
