import type { DescribedRun } from '../described-run.ts';
import type { EstimateAssumption, MemoryEstimate } from '../estimate.ts';
import { unknownPart, type Part } from '../part.ts';
import { trainerTraits } from '../trainer-traits.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';
import { circumstances } from './circumstances.ts';
import { frozenWeightBytes, isBaseOpen } from './frozen-base.ts';
import { isAccumulationStated, microBatchesPerStep } from './micro-batches.ts';
import { gpuShares, peakMemory } from './peak.ts';
import { memoryRange } from './range.ts';
import { dividesStates, hybridShardRanks } from './sharding.ts';
import { stateBytes } from './state-bytes.ts';
import { towerAssumptions } from './tower-assumptions.ts';

/** Peak memory of the fullest GPU with its range; null where states are divided over ranks that nobody counts. */
export function memoryPart(run: DescribedRun): Part<MemoryEstimate> {
  const { sharding, data, tensor, pipeline, context } = run.parallelism;
  if (data === null && dividesStates(sharding)) {
    const multiple = tensor * pipeline * context;
    const which = multiple === 1 ? '' : `, a multiple of tensor × pipeline × context = ${multiple}`;
    return unknownPart(
      'memory',
      `${sharding} divides states over the data parallel ranks: state hardware.count${which}`,
    );
  }
  const traits = trainerTraits(run.training.trainer, run.parallelism);
  const shares = gpuShares(run, traits);
  const peak = peakMemory(run, traits, circumstances(run, traits, 'likely'), shares);
  return {
    value: { ...peak, ...memoryRange(run, traits, peak, shares), evidence: traits.evidence },
    assumptions: assumptions(run, traits),
    unknown: [],
  };
}

function assumptions(run: DescribedRun, traits: TrainerTraits): EstimateAssumption[] {
  const { training, parallelism } = run;
  const { bytesPerLogit, logitsAtOnce, fragmentation } = circumstances(run, traits, 'likely');
  const loss = {
    all: 'all logits of a micro batch',
    'as-hidden': 'in chunks of logits as large as the hidden states',
  };
  const chunks = typeof logitsAtOnce === 'number' ? `logits of ${logitsAtOnce} tokens at once` : loss[logitsAtOnce];
  const kernels = traits.known ? `as ${training.trainer ?? ''} does` : 'as a plain PyTorch loop does';
  return [
    ...(traits.known ? [] : [unknownTrainer(training.trainer)]),
    ...openEngine(run, traits),
    ...openBase(run, traits),
    ...towerAssumptions(run),
    ...(parallelism.pipeline > 1 && !isAccumulationStated(run.facts) ? [filledPipeline(run)] : []),
    { field: 'memory.logits_and_loss', value: `${bytesPerLogit} bytes a logit, ${chunks}`, reason: kernels },
    {
      field: 'memory.fragmentation',
      value: `${fragmentation} of what comes and goes in a step`,
      reason: traits.variableLengths
        ? 'batches of different lengths; the low end of the range has them half full'
        : 'batches of one length',
    },
    {
      field: 'memory.framework',
      value: 'CUDA context and communicators',
      reason: 'sizes seen on H100 and B200 nodes; the driver decides',
    },
    ...(parallelism.sharding === 'hsdp' && parallelism.shardRanks === undefined
      ? [
          {
            field: 'parallelism.sharding',
            value: `shards of ${hybridShardRanks} GPUs`,
            reason: 'not stated; hybrid sharding divides within a node',
          },
        ]
      : []),
    ...(training.rollouts === true ? [generation(run)] : []),
    ...(training.optimizer.startsWith('paged')
      ? [
          {
            field: 'memory.optimizer_states',
            value: '0',
            reason: 'paged states move to CPU memory when the GPU is full',
          },
        ]
      : []),
  ];
}

/** What stands beside the training step of reinforcement learning. */
function generation({ training, hardware }: DescribedRun): EstimateAssumption {
  const share = training.engineMemoryShare;
  const others = 'reward and critic models on the same GPU are not counted';
  if (share !== undefined && share > 0 && hardware.gpu !== null) {
    return {
      field: 'memory.generation',
      value: `${share} of the GPU`,
      reason: `its inference engine keeps that; ${others}`,
    };
  }
  const engine =
    share === 0 ? 'its inference engine sleeps while the model is trained' : 'an inference engine is not counted';
  return { field: 'memory.generation', value: '0', reason: `training step only: ${engine}; ${others}` };
}

/** Trainers that shard through either leave other copies and buffers behind. */
function openEngine({ parallelism }: DescribedRun, { states, engine }: TrainerTraits): EstimateAssumption[] {
  const { sharding, cpuOffload } = parallelism;
  if (states !== 'accelerate' || engine !== null || !dividesStates(sharding)) return [];
  const isFsdp = (sharding === 'zero3' || sharding === 'hsdp') && cpuOffload !== 'optimizer';
  const reason = `not stated; ${sharding}${cpuOffload === 'optimizer' ? ' with its optimizer offloaded' : ''} is mostly its`;
  return [{ field: 'parallelism.sharding_engine', value: isFsdp ? 'fsdp' : 'deepspeed', reason }];
}

function openBase({ training, parallelism }: DescribedRun, traits: TrainerTraits): EstimateAssumption[] {
  if (!isBaseOpen(training, traits)) return [];
  const bytes = frozenWeightBytes(training, traits, stateBytes(training, parallelism, traits));
  const field = 'training.frozen_precision';
  return traits.frozenBase === 'fp32'
    ? [
        {
          field,
          value: bytes === 4 ? 'fp32' : 'bf16',
          reason: `not stated; what ${training.trainer ?? ''} loads by default`,
        },
      ]
    : [
        {
          field,
          value: 'bf16',
          reason: 'not stated; transformers 5 loads the type of the checkpoint, versions before it fp32',
        },
      ];
}

function unknownTrainer(trainer: string | null): EstimateAssumption {
  const reason = trainer === null ? 'not stated' : `nothing is known of ${trainer}`;
  return {
    field: 'training.trainer',
    value: 'a plain PyTorch loop',
    reason: `${reason}; copies of weights and kernels depend on it`,
  };
}

function filledPipeline(run: DescribedRun): EstimateAssumption {
  const value = `${microBatchesPerStep(run)} micro batches a step`;
  return { field: 'training.gradient_accumulation_steps', value, reason: 'not stated; enough to fill the pipeline' };
}
