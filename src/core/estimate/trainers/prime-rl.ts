import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const primeRl: Trainer = {
  names: ['prime-rl'],
  traits: {
    ...fsdp,
    evidence: 'measured',
    // Logits, shifted copy, log-softmax and gradient are all fp32. Fitted to its own table
    // (docs/accuracy.md).
    bytesPerLogit: [12, 16, 21],
    compilesLoss: 'never',
    // `fused_lm_head_token_chunk_size` (prime-rl, configs/trainer.py), which newer versions set to 8192.
    chunkTokens: 2048,
    // prime-rl, utils/process.py: `PYTORCH_CUDA_ALLOC_CONF` of every process.
    expandableSegments: true,
  },
};
