import { z } from 'zod';
import { optimizerNamed } from '../run/optimizer-names.ts';

/** An optimizer by its name; one that nobody has described is unknown, and leaves its own states open, no more. */
export const knownOptimizer = z
  .string()
  .max(300)
  .transform((name) => optimizerNamed(name) ?? 'unknown');

/** The same with how AdamW steps, which the name says where it is one of PyTorch's (transformers, `OptimizerNames`). */
export const optimizerWithImplementation = z
  .string()
  .max(300)
  .transform((name) => ({
    optimizer: optimizerNamed(name) ?? ('unknown' as const),
    implementation: implementationOf(name),
  }));

function implementationOf(name: string): 'fused' | 'foreach' | null {
  const spelled = name.toLowerCase();
  if (spelled === 'adamw_torch_fused' || spelled === 'adamw_apex_fused') return 'fused';
  return spelled === 'adamw_torch' ? 'foreach' : null;
}
