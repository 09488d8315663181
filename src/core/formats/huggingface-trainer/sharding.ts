import type { Document, KeyPath } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Problem } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import { StatedFacts } from '../stated-facts.ts';
import { isRelative, repositoryPaths } from './repository-path.ts';
import { DeepSpeed, type TrainingArguments } from './schema.ts';

interface Reading {
  readonly facts: Facts;
  readonly problems: readonly Problem[];
}

/**
 * What `deepspeed` and `fsdp` say of sharding: DeepSpeed's config stands in the file or in one that it names.
 * A named file that the repository doesn't hold says nothing.
 */
export function readSharding(
  config: TrainingArguments,
  document: Document,
  referenced: ReadonlyMap<string, Document>,
): Reading {
  const { deepspeed } = config;
  if (deepspeed === null || deepspeed === undefined || deepspeed === '') return readFsdp(config, document);
  if (typeof deepspeed !== 'string') return readDeepSpeed(document, ['deepspeed']);
  const paths = isRelative(deepspeed) ? repositoryPaths(deepspeed, document.path) : [];
  const named = paths.map((path) => referenced.get(path)).find((found) => found !== undefined);
  return named === undefined ? { facts: {}, problems: [] } : readDeepSpeed(named, []);
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

function readDeepSpeed(document: Document, keys: KeyPath): Reading {
  const { value, problems } = readWithSchema(document, DeepSpeed, keys);
  const zero = value?.zero_optimization;
  const stated = new StatedFacts(document);
  const at = (...path: string[]): KeyPath => [...keys, 'zero_optimization', ...path];
  if (typeof zero?.stage === 'number') stated.state('parallelism.sharding', stages[zero.stage], at('stage'));
  const [optimizer, parameters] = [zero?.offload_optimizer?.device, zero?.offload_param?.device];
  if (isElsewhere(optimizer)) stated.state('parallelism.cpu_offload', 'optimizer', at('offload_optimizer', 'device'));
  if (isElsewhere(parameters)) stated.state('parallelism.cpu_offload', 'parameters', at('offload_param', 'device'));
  return { facts: stated.facts, problems };
}

function isElsewhere(device: string | null | undefined): boolean {
  return device === 'cpu' || device === 'nvme';
}

/** PyTorch's ShardingStrategy by the names of TrainingArguments.fsdp; SHARD_GRAD_OP is what ZeRO calls stage 2. */
const strategies = {
  full_shard: 'zero3',
  shard_grad_op: 'zero2',
  hybrid_shard: 'hsdp',
  hybrid_shard_zero2: 'hsdp',
  no_shard: 'ddp',
} as const;

function readFsdp({ fsdp, fsdp_config: settings }: TrainingArguments, document: Document): Reading {
  const stated = new StatedFacts(document);
  const options = fsdp ?? [];
  for (const option of options) {
    if (option === 'offload') stated.state('parallelism.cpu_offload', 'parameters', ['fsdp']);
    else if (option !== 'auto_wrap') stated.state('parallelism.sharding', strategies[option], ['fsdp']);
    if (option === 'hybrid_shard_zero2') stated.state('parallelism.reshard_after_forward', false, ['fsdp']);
  }
  if (options.length > 0 && typeof settings === 'object' && settings?.activation_checkpointing === true) {
    stated.state('training.activation_checkpointing', 'full', ['fsdp_config', 'activation_checkpointing']);
  }
  return { facts: stated.facts, problems: [] };
}
