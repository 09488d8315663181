import type { RunValues } from './fields.ts';
import { optimizers } from './fields.ts';

type Optimizer = RunValues['training.optimizer'];

/**
 * The optimizer that a name of the Hugging Face Trainer, bitsandbytes, Apex or PyTorch means; case, hyphens and
 * underscores make no difference. Null for any other: what its states take is not known, so it is never guessed.
 * Names: transformers `OptimizerNames` (training_args.py). Variants with the same states are one optimizer.
 */
export function optimizerNamed(name: string): Optimizer | null {
  const spelled = name.trim().toLowerCase().replaceAll('_', '-');
  const own = optimizers.find((optimizer) => optimizer === spelled);
  return own ?? (Object.hasOwn(spellings, spelled) ? (spellings[spelled] ?? null) : null);
}

const spellings: Readonly<Record<string, Optimizer>> = {
  adam: 'adamw',
  'adamw-torch': 'adamw',
  'adamw-torch-fused': 'adamw',
  'adamw-torch-xla': 'adamw',
  'adamw-torch-npu-fused': 'adamw',
  'adamw-apex-fused': 'adamw',
  'adamw-hf': 'adamw',
  'fused-adam': 'adamw',
  'adamw-bnb-8bit': 'adamw-8bit',
  'adamw-8bit': 'adamw-8bit',
  'adamw-torch-8bit': 'adamw-8bit',
  adamw8bit: 'adamw-8bit',
  'paged-adamw-32bit': 'paged-adamw',
  pagedadamw: 'paged-adamw',
  pagedadamw8bit: 'paged-adamw-8bit',
  'lion-32bit': 'lion',
};
