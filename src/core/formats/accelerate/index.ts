import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Facts } from '../../run/facts.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { readNamedDeepSpeed, referencedDeepSpeed } from '../deepspeed/named-deepspeed.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { stateFsdp, stateMegatron, stateParallelism } from './parallelism.ts';
import { Accelerate } from './schema.ts';

/** What `accelerate config` writes: on how many GPUs a training runs, and how it is sharded. */
export const accelerate: Format = {
  name: 'accelerate',
  title: 'Hugging Face Accelerate',
  launcher: true,
  syntaxes: ['yaml', 'json'],
  signature: ['distributed_type', 'compute_environment'],
  recognize,
  references: (document) => referencedDeepSpeed(document, namesDeepSpeed),
  read,
};

const namesDeepSpeed = ['deepspeed_config', 'deepspeed_config_file'];
const foreign = ['scalegate', 'model_name_or_path', 'base_model', 'zero_optimization', 'model'];

function recognize({ value }: Document): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  return has('distributed_type') && !foreign.some(has);
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { value: config, problems } = readWithSchema(document, Accelerate);
  const deepspeed = readNamedDeepSpeed(document, namesDeepSpeed, referenced);
  const found = [...problems, ...deepspeed.problems];
  if (config === null || found.length > 0) return { run: null, problems: found };
  const facts = mergeFacts(ownFacts(config, document), deepspeed.facts);
  return {
    run: { path: document.path, dialect: 'accelerate', name: nameFromPath(document.path), facts },
    problems: [],
  };
}

function ownFacts(config: Accelerate, document: Document): Facts {
  const stated = new StatedFacts(document);
  // `num_processes` counts those of all machines, one a GPU.
  const processes = config.num_processes ?? 0;
  if (processes > 0) stated.state('hardware.count', processes, ['num_processes']);
  // 'no' leaves the precision to the training script.
  const precision = config.mixed_precision;
  if (typeof precision === 'string') stated.state('training.precision', `${precision}-mixed`, ['mixed_precision']);
  const backend = config.dynamo_config?.dynamo_backend;
  if (typeof backend === 'string' && backend.toLowerCase() !== 'no') {
    stated.state('training.compile', true, ['dynamo_config', 'dynamo_backend']);
  }
  stateSharding(stated, config);
  stateParallelism(stated, config);
  return stated.facts;
}

const engines = new Map<string, 'deepspeed' | 'fsdp' | 'megatron'>([
  ['DEEPSPEED', 'deepspeed'],
  ['FSDP', 'fsdp'],
  ['MEGATRON_LM', 'megatron'],
]);

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

function stateSharding(stated: StatedFacts, config: Accelerate): void {
  const kind = config.distributed_type === false ? 'NO' : (config.distributed_type?.toUpperCase() ?? '');
  stated.state('parallelism.sharding_engine', engines.get(kind), ['distributed_type']);
  if (kind === 'NO') stated.state('parallelism.sharding', 'none', ['distributed_type']);
  else if (kind === 'DEEPSPEED') stateDeepSpeed(stated, config);
  else if (kind === 'FSDP') stateFsdp(stated, config);
  else if (kind === 'MEGATRON_LM') stateMegatron(stated, config);
  else if (kind.startsWith('MULTI_')) stated.state('parallelism.sharding', 'ddp', ['distributed_type']);
}

function stateDeepSpeed(stated: StatedFacts, { deepspeed_config: config }: Accelerate): void {
  const at = (key: string) => ['deepspeed_config', key];
  if (typeof config?.zero_stage === 'number') {
    stated.state('parallelism.sharding', stages[config.zero_stage], at('zero_stage'));
  } else if ((config?.deepspeed_config_file ?? '') === '') stated.imply('parallelism.sharding', 'zero2'); // DeepSpeedPlugin
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config?.[accumulation], at(accumulation));
  const [optimizer, parameters] = [config?.offload_optimizer_device ?? 'none', config?.offload_param_device ?? 'none'];
  if (optimizer !== 'none') stated.state('parallelism.cpu_offload', 'optimizer', at('offload_optimizer_device'));
  if (parameters !== 'none') stated.state('parallelism.cpu_offload', 'parameters', at('offload_param_device'));
}
