import type { Training } from '../../run/training-run.ts';
import { trainerTraits } from '../trainer-traits.ts';

/** Shares of a layer's forward pass that activation checkpointing runs a second time. */
export interface RecomputedShares {
  readonly matrices: number;
  readonly attention: number;
  /** Norms, activations and residuals. */
  readonly elementwise: number;
}

/**
 * Full checkpointing runs the layer again. Megatron's selective one only attention (arXiv 2205.05198 §5), torchtitan's
 * every second matrix product, but not attention (torchtitan, activation checkpointing policy).
 */
export function recomputedShares(training: Training): RecomputedShares {
  switch (training.activationCheckpointing) {
    case 'none':
      return { matrices: 0, attention: 0, elementwise: 0 };
    case 'full':
      return { matrices: 1, attention: 1, elementwise: 1 };
    case 'selective':
      return trainerTraits(training.trainer).selectivePolicy === 'all-but-scores'
        ? { matrices: 0, attention: 1, elementwise: 0 }
        : { matrices: 0.5, attention: 0, elementwise: 1 };
  }
}
