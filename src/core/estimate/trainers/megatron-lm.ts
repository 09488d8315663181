import { plainLoop } from './families/plain-loop.ts';
import type { Trainer } from './trainer.ts';

/** Megatron Core, and what is built on it. */
export const megatronLm: Trainer = {
  names: ['megatron-lm', 'megatron-core', 'megatron-bridge', 'megatron-deepspeed', 'nemo', 'primus'],
  traits: {
    ...plainLoop,
    known: true,
    evidence: 'measured',
    // Megatron-LM docs, distributed optimizer: bytes per parameter, and gradients reduced in buffers of its own.
    states: 'megatron',
    engine: 'megatron',
    reducePrecision: null,
    // Megatron-LM, tensor_parallel/cross_entropy.py: `vocab_parallel_cross_entropy` (arXiv 1909.08053 §3).
    lossParallel: true,
    // Megatron-LM, fusions/fused_bias_swiglu.py: `weighted_bias_swiglu_impl`.
    fusedWeighting: true,
    // bf16 logits and their fp32 copy, whose gradient is computed in place (Megatron-LM, vocab_parallel_cross_entropy).
    bytesPerLogit: [5, 6, 8],
    // Megatron-LM, fusions/fused_cross_entropy.py: `fused_vocab_parallel_cross_entropy`.
    bytesPerFusedLogit: [4, 4],
    // Megatron-LM, core/fusions: norms, gated activations and softmax.
    fusedKernels: true,
    // Selective recomputation leaves out the scores alone (arXiv 2205.05198 §5).
    selectivePolicy: 'all-but-scores',
    // `FusedAdam` of Transformer Engine or Apex (Megatron-LM, core/optimizer).
    foreachOptimizer: false,
  },
};
