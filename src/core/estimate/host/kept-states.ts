import type { RunValues } from '../../run/fields.ts';
import type { DescribedRun } from '../described-run.ts';
import { circumstances } from '../memory/circumstances.ts';
import { momentBytes } from '../memory/optimizer-states.ts';
import { gpuShares } from '../memory/peak.ts';
import { stateBytes } from '../memory/state-bytes.ts';
import { trainerTraits } from '../trainer-traits.ts';

/** Bytes of each trained parameter, wherever they are kept and however they are divided. */
export interface KeptStates {
  readonly weight: number;
  readonly gradient: number;
  /** The optimizer's moments and its fp32 copy of short weights. */
  readonly optimizer: number;
}

/** What the whole training keeps, over all GPUs and machines together. */
export function keptStates(run: DescribedRun): KeptStates {
  const traits = trainerTraits(run.training.trainer, run.parallelism);
  const assumed = circumstances(run, traits, 'likely');
  const bytes = stateBytes(run.training, run.parallelism, traits);
  const [gpu] = gpuShares(run, traits);
  const isAdapter = run.training.method !== 'full';
  const weight = isAdapter && assumed.fp32Adapters ? 4 : bytes.weight;
  const training = {
    ...run.training,
    optimizer: unpaged(assumed.optimizer),
    activationCheckpointing: assumed.activationCheckpointing,
  };
  const moments =
    gpu === undefined
      ? 0
      : momentBytes({
          training,
          model: run.model,
          parallelism: run.parallelism,
          gpu,
          bytes,
          traits,
          circumstances: assumed,
        });
  const master = weight === 4 || training.optimizer === 'lomo' ? 0 : bytes.master;
  return { weight, gradient: bytes.gradient, optimizer: moments + master };
}

/** Paged states are as large as others; they only move. */
function unpaged(optimizer: RunValues['training.optimizer']): RunValues['training.optimizer'] {
  switch (optimizer) {
    case 'paged-adamw':
      return 'adamw';
    case 'paged-adamw-8bit':
      return 'adamw-8bit';
    case 'paged-lion':
      return 'lion';
    case 'paged-lion-8bit':
      return 'lion-8bit';
    case 'paged-ademamix':
      return 'ademamix';
    case 'paged-ademamix-8bit':
      return 'ademamix-8bit';
    default:
      return optimizer;
  }
}
