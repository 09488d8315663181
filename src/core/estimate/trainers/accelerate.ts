import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

/** A loop of its own over Accelerate. */
export const accelerate: Trainer = {
  names: ['accelerate'],
  traits: {
    ...huggingface.traits,
    // A plain loop holds on to the model's output, and so to its logits.
    bytesPerLogit: [7, 14, 22],
    // Autocast is on only where `mixed_precision` says (Accelerate docs, Accelerator).
    autocastsAdapters: false,
    // torch.optim.AdamW takes foreach by default on a GPU (PyTorch docs, AdamW).
    foreachOptimizer: true,
  },
};
