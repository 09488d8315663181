import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const torchtitan: Trainer = {
  names: ['torchtitan'],
  traits: {
    ...fsdp,
    evidence: 'measured',
    // Compiled, its loss keeps the bf16 logits and their gradient (torchtitan, components/loss.py).
    bytesPerFusedLogit: [4, 4],
    // torchtitan, models/llama3: `repeat_kv`, before scaled_dot_product_attention took `enable_gqa`.
    expandsKeyValues: true,
  },
};
