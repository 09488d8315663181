import { deepspeed } from './deepspeed.ts';
import type { Trainer } from './trainer.ts';

export const llmC: Trainer = {
  names: ['llm.c', 'llmq'],
  traits: {
    // bf16 weights and gradients, fp32 moments and master weights (llm.c, train_gpt2.cu, `use_master_weights`).
    ...deepspeed.traits,
    // The classifier's kernel writes the gradient over the bf16 logits (llm.c, llmc/fused_classifier.cuh).
    bytesPerLogit: [2, 2, 4],
    // Each operator is a kernel of its own (llm.c, llmc/layernorm.cuh and gelu.cuh).
    fusedKernels: true,
  },
};
