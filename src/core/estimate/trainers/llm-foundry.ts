import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const llmFoundry: Trainer = {
  names: ['llm-foundry'],
  traits: {
    ...fsdp,
    evidence: 'measured',
    // flash-attn's cross-entropy keeps the bf16 logits and their gradient (llm-foundry docs, `loss_fn: fused_crossentropy`).
    bytesPerFusedLogit: [4, 4],
    // Norms cast low (llm-foundry, models/layers/norm.py), taken as single kernels as its published runs have them.
    fusedKernels: true,
    // Composer's FSDP is of version 1 (Composer docs, distributed training).
    fsdpVersion: 1,
  },
};
