import type { RunValues } from './fields.ts';
import { optimizers } from './fields/training-fields.ts';

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
  'ao-adamw-8bit': 'adamw-8bit',
  'ao-adamw-4bit': 'adamw-4bit',
  adamw8bit: 'adamw-8bit',
  adamw4bit: 'adamw-4bit',
  'paged-adamw-32bit': 'paged-adamw',
  pagedadamw: 'paged-adamw',
  pagedadamw8bit: 'paged-adamw-8bit',
  pagedadamw32bit: 'paged-adamw',
  'lion-32bit': 'lion',
  'paged-lion-32bit': 'paged-lion',
  // RAdam, NAdam, LAMB and schedule-free AdamW keep two states of a parameter as well.
  radam: 'adamw',
  nadam: 'adamw',
  lamb: 'adamw',
  'fused-lamb': 'adamw',
  'schedule-free-adamw': 'adamw',
  'schedule-free-radam': 'adamw',
  'schedule-free-sgd': 'sgd-momentum',
  'adamw-torch-4bit': 'adamw-4bit',
  'galore-adamw': 'galore',
  'galore-adamw-layerwise': 'galore',
  'apollo-adamw': 'apollo',
  'apollo-adamw-layerwise': 'apollo',
  adalomo: 'lomo',
  'rmsprop-bnb': 'rmsprop',
  'rmsprop-bnb-32bit': 'rmsprop',
  'rmsprop-32bit': 'rmsprop',
  'rmsprop-bnb-8bit': 'rmsprop-8bit',
  // AdEMAMix keeps three states of a parameter, GrokAdamW a mean of its gradients besides AdamW's two.
  'ademamix-32bit': 'ademamix',
  'paged-ademamix-32bit': 'paged-ademamix',
  // ADOPT and StableAdamW keep AdamW's two; AnyPrecisionAdamW is fp32 unless told (transformers, `optim_args`).
  'adopt-adamw': 'adamw',
  'stable-adamw': 'adamw',
  'optimi-adamw': 'adamw',
  'adamw-anyprecision': 'adamw',
  'ao-adamw-fp8': 'adamw-fp8',
  'came-pytorch': 'came',
  'galore-adamw-8bit': 'galore-8bit',
  'galore-adamw-8bit-layerwise': 'galore-8bit',
  'galore-adafactor-layerwise': 'galore-adafactor',
  'q-galore-adamw8bit': 'galore-8bit',
  muonclip: 'muon',
  'dist-muon': 'muon',
  'torch-adamw': 'adamw',
  onebitadam: 'onebit-adam',
  onebitlamb: 'onebit-lamb',
  zerooneadam: 'zero-one-adam',
};
