import type { DescribedRun } from '../described-run.ts';
import type { HostMemoryEstimate } from '../estimate.ts';
import { dividesStates, hybridShardRanks } from '../memory/sharding.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { keptStates } from './kept-states.ts';
import { machinesOf, type Machines } from './machines.ts';

/** A part of a machine's memory, from what it has to be to what it may be. */
type Part = HostMemoryEstimate['parts'][number];

/**
 * DeepSpeed multiplies what its states take by 1.5, for buffers and copies on the way (DeepSpeed docs, "Memory
 * Requirements", `additional_buffer_factor`).
 */
const bufferFactor = 1.5;

/**
 * CPU memory of the fullest machine: what is offloaded to it, and what loading a checkpoint takes before that; of the two,
 * which do not meet, the larger. Processes, data loaders and file caches are not counted. Null where nothing of it can be
 * told: neither is anything offloaded nor a published model loaded, or nobody says how many GPUs there are.
 */
export function hostMemory(run: DescribedRun): HostMemoryEstimate | null {
  const machines = machinesOf(run.hardware);
  if (machines === null) return null;
  const offloaded = [offloadedStates(run, machines), offloadedActivations(run, machines)].filter(
    (part) => part !== null,
  );
  const loading = loadedWeights(run, machines);
  const parts = [...offloaded, ...(loading === null ? [] : [loading])];
  if (parts.length === 0) return null;
  const sum = (end: 'lowBytes' | 'highBytes'): number => offloaded.reduce((total, part) => total + part[end], 0);
  return {
    lowBytes: Math.max(sum('lowBytes'), loading?.lowBytes ?? 0),
    highBytes: Math.max(sum('highBytes'), loading?.highBytes ?? 0),
    machines: machines.count,
    gpusEach: machines.gpusEach,
    parts,
  };
}

/**
 * Optimizer states and gradients, which the CPU steps with, and weights where these are offloaded too: 16 or 18 bytes a
 * parameter with AdamW (DeepSpeed docs, "Memory Requirements", ZeRO-Offload; PyTorch docs, FSDP `CPUOffload`: "the
 * optimizer step runs on CPU"). Divided over all machines where the states are.
 */
function offloadedStates(run: DescribedRun, machines: Machines): Part | null {
  const { cpuOffload } = run.parallelism;
  if (cpuOffload === 'none') return null;
  const { weight, gradient, optimizer } = keptStates(run);
  const { total, trainable } = run.parameters;
  const frozen = cpuOffload === 'parameters' ? 2 * (total - trainable) : 0;
  // With short weights both they and their gradients come back in fp32: DeepSpeed steps in fp32 (`DeepSpeedCPUAdam`)
  const perParameter =
    optimizer + Math.max(gradient, weight === 2 ? 4 : gradient) + (cpuOffload === 'parameters' ? weight : 0);
  const bytes = ((trainable * perParameter + frozen) * copies(run)) / machines.count;
  return {
    what: 'offloaded states',
    lowBytes: bytes,
    highBytes: bytes * bufferFactor,
    reason: `${perParameter} bytes a trained parameter, over ${machines.count === 1 ? '1 machine' : `${machines.count} machines`}; × ${bufferFactor} with buffers (DeepSpeed docs, memory requirements)`,
  };
}

/** How often the states are kept over all GPUs together. */
function copies({ parallelism }: DescribedRun): number {
  const { sharding, data, context, shardRanks = hybridShardRanks } = parallelism;
  const ranks = (data ?? 1) * context;
  if (!dividesStates(sharding)) return ranks;
  return sharding === 'hsdp' ? Math.max(1, ranks / shardRanks) : 1;
}

/** A checkpointed layer's input, two bytes an element, of each layer and GPU (torch.utils.checkpoint; arXiv 1604.06174). */
function offloadedActivations({ training, parallelism, model }: DescribedRun, { gpusEach }: Machines): Part | null {
  if (!training.activationOffload) return null;
  const tokens = (training.microBatchSize * training.sequenceLength) / parallelism.context;
  const layers = model.numLayers / parallelism.pipeline;
  const bytes = 2 * model.hiddenSize * tokens * layers * gpusEach;
  return {
    what: 'offloaded activations',
    lowBytes: bytes / (parallelism.sequenceParallel ? parallelism.tensor : 1),
    highBytes: bytes,
    reason: `2 bytes × hidden size × tokens × layers, of ${gpusEach} GPUs`,
  };
}

/**
 * A published model is read on the CPU first, unless its files are mapped and moved to the GPU at once. Under FSDP one process
 * of a machine holds it whole, in two bytes a parameter at best (accelerate docs, FSDP, `cpu_ram_efficient_loading`); at
 * worst each does, in fp32 (DeepSpeed docs, "Memory Requirements": `4 * num_gpus_per_node`).
 */
function loadedWeights(
  { modelId, parameters, training, parallelism }: DescribedRun,
  { gpusEach }: Machines,
): Part | null {
  const { states, engine } = trainerTraits(training.trainer, parallelism);
  if (modelId === null || states !== 'accelerate') return null;
  const isGathered = engine === 'fsdp' && dividesStates(parallelism.sharding);
  return {
    what: 'loading the model',
    lowBytes: isGathered ? 2 * parameters.total : 0,
    highBytes: 4 * parameters.total * gpusEach,
    reason: `up to ${gpusEach} times in four bytes a parameter: by one process of a machine or by each, or mapped from disk`,
  };
}
