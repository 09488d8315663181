import { huggingface } from './huggingface.ts';
import type { Trainer } from './trainer.ts';

export const unsloth: Trainer = {
  names: ['unsloth'],
  traits: {
    ...huggingface.traits,
    evidence: 'read',
    // Its kernel writes the gradient over the logits (fast_cross_entropy_loss), and later versions never make them.
    bytesPerLogit: [2, 4, 14],
    // unsloth, kernels: rms_layernorm.py and swiglu.py.
    fusedKernels: true,
    // LoRA_MLP keeps gate and up alone; its backward kernel writes product and gradients over them (swiglu.py,
    // `swiglu_DWf_DW_dfg_kernel`).
    recomputesGatedProduct: true,
    // LoRA_MLP and LoRA_QKV keep their input, gate and up (unsloth, kernels/fast_lora.py).
    sharesAdapterInputs: true,
    // It has a preparation of its own, and loads the base short (unsloth, models/llama.py and loader.py).
    upcastsUnquantized: false,
    frozenBase: 'short',
  },
};
