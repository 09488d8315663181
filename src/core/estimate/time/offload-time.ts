import type { DescribedRun } from '../described-run.ts';
import type { GpuSpec } from '../../run/hardware.ts';
import { dividesStates } from '../memory/sharding.ts';
import { parametersPerRank } from './exchange-time.ts';
import type { RecomputedShares } from './recompute.ts';

/** What PCIe 4 brings to a GPU and back, of the 32 GB/s of 16 lanes; taken, not fitted. */
const pcieBytesPerSecond = 25e9;

/** DeepSpeed's Adam on the CPUs of one machine: 0.25 s for a billion parameters (ZeRO-Offload, arXiv 2101.06840, table 4). */
const cpuAdamSecondsPerParameter = 0.25e-9;

/**
 * Seconds of a step that an optimizer on the host adds: gradients down and updated weights up, 2 bytes each, and Adam
 * itself, for which the GPUs of a machine share its CPUs; and, where parameters stay there too, the weights for each pass.
 */
export function offloadSeconds(
  run: DescribedRun,
  gpu: GpuSpec,
  microBatches: number,
  recomputed: RecomputedShares,
): number {
  const { cpuOffload, sharding, data, context } = run.parallelism;
  if (cpuOffload === 'none') return 0;
  const { held, trained } = parametersPerRank(run);
  const repeats = (data ?? 1) * context;
  const ranks = dividesStates(sharding) ? repeats : 1;
  const sharing = Math.min(gpu.node?.gpus ?? 8, repeats);
  const adam = (cpuAdamSecondsPerParameter * trained * sharing) / ranks;
  const passes = cpuOffload === 'parameters' ? 2 + recomputed.matrices : 0;
  const moved = (2 * held * passes * microBatches + 2 * trained * (microBatches + 1)) / ranks;
  return adam + moved / pcieBytesPerSecond;
}
