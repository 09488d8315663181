import type { TrainingRun } from '../../run/training-run.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';
import type { Outlook } from './outlook.ts';

/** How the loss is computed: which kernel a trainer takes, and what of it is compiled, depends on its version. */
export interface LossCircumstances {
  /** Bytes alive per logit at the loss. */
  readonly bytesPerLogit: number;
  /** Tokens whose logits exist at once: all, a fixed number, or as many as make the logits as large as the hidden states. */
  readonly logitsAtOnce: 'all' | 'as-hidden' | number;
}

export function lossCircumstances(run: TrainingRun, traits: TrainerTraits, outlook: Outlook): LossCircumstances {
  const { fusedLoss, compile } = run.training;
  const isStated = run.facts['training.fused_loss'] !== undefined;
  if (fusedLoss) return fused(traits, compile, outlook);
  const [lowest, eager, highest] = traits.bytesPerLogit;
  const isCompiled = compile && (traits.compilesLoss === 'always' || (traits.compilesLoss === 'newer' && !isStated));
  const bytesPerLogit = {
    // A trainer may fuse the loss by default, or compile it, unless the config rules that out.
    low: compile || !isStated ? Math.min(4, lowest) : lowest,
    likely: isCompiled ? Math.min(traits.bytesPerCompiledLogit, eager) : eager,
    high: highest,
  }[outlook];
  return { bytesPerLogit, logitsAtOnce: 'all' };
}

/**
 * A chunk in every type at once: bf16 logits, fp32 copy and bf16 gradient. Liger takes so many chunks that logits are no
 * larger than hidden states (arXiv 2410.10989 §3.2); cut cross-entropy keeps less still (arXiv 2411.09009 §4).
 */
function fused(
  { bytesPerFusedLogit, chunkTokens }: TrainerTraits,
  compile: boolean,
  outlook: Outlook,
): LossCircumstances {
  if (bytesPerFusedLogit !== null) {
    const [eager, compiled] = bytesPerFusedLogit;
    const bytes = compile ? compiled : eager;
    return { bytesPerLogit: bytes * { low: 0.5, likely: 1, high: 1.5 }[outlook], logitsAtOnce: 'all' };
  }
  return { bytesPerLogit: { low: 5, likely: 8, high: 14 }[outlook], logitsAtOnce: chunkTokens ?? 'as-hidden' };
}
