import { plainLoop } from './families/plain-loop.ts';
import type { Trainer } from './trainer.ts';

/** A loop of its own around DeepSpeed's engine, and ColossalAI, whose ZeRO is taken for the same. */
export const deepspeed: Trainer = {
  names: ['deepspeed', 'colossalai'],
  traits: {
    ...plainLoop,
    known: true,
    evidence: 'read',
    // Gradients are reduced as short as they are (DeepSpeed docs, `communication_data_type`).
    reducePrecision: null,
    // Liger's loss comes with its norms and gated activations (Liger-Kernel docs, `apply_liger_kernel_to_llama`).
    fusesWithLoss: true,
    // ZeRO, arXiv 1910.02054 §3.1.
    states: 'deepspeed',
    engine: 'deepspeed',
    // The engine casts the whole model (DeepSpeedEngine, `_configure_distributed_model`). Models that leave the logits so
    // keep 10: logits, shifted copy, log-softmax and two gradients, all short; those that cast them for the loss (Llama and
    // later, transformers) 12 and more, as below.
    bytesPerLogit: [8, 12, 16],
    // `FusedAdam` (DeepSpeed docs, optimizers).
    foreachOptimizer: false,
  },
};
