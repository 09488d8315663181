import type { z } from 'zod';
import type { Document, KeyPath } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Problem } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import { optimizerNamed } from '../../run/optimizer-names.ts';
import { StatedFacts } from '../stated-facts.ts';
import { DeepSpeed } from './schema.ts';

type Config = z.output<typeof DeepSpeed>;

/** What the DeepSpeed config at `keys` states; `[]` is the whole document. Recipes may hold it in the file or name it. */
export function deepspeedFacts(document: Document, keys: KeyPath): { facts: Facts; problems: readonly Problem[] } {
  const { value: config, problems } = readWithSchema(document, DeepSpeed, keys);
  if (config === null) return { facts: {}, problems };

  const stated = new StatedFacts(document);
  const at = (...path: string[]): KeyPath => [...keys, ...path];
  stated.state('training.global_batch_size', config.train_batch_size, at('train_batch_size'));
  stated.state(
    'training.micro_batch_size',
    config.train_micro_batch_size_per_gpu,
    at('train_micro_batch_size_per_gpu'),
  );
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config[accumulation], at(accumulation));
  const optimizer = config.optimizer?.type ?? null;
  const known = optimizer === null ? null : (optimizerNamed(optimizer) ?? 'unknown');
  stated.state('training.optimizer', known, at('optimizer', 'type'));
  statePrecision(stated, config, at);
  const accumulated = config.data_types?.grad_accum_dtype;
  if (accumulated === 'fp32' || accumulated === 'bf16') {
    stated.state('training.gradient_precision', accumulated, at('data_types', 'grad_accum_dtype'));
  }
  stateZero(stated, config, at);
  const tensor = config.tensor_parallel?.autotp_size ?? 0;
  if (tensor > 0) stated.state('parallelism.tensor', tensor, at('tensor_parallel', 'autotp_size'));
  return { facts: stated.facts, problems: [] };
}

/** Half-precision weights over an fp32 copy that the optimizer keeps (BF16_Optimizer, FP16_Optimizer). */
function statePrecision(stated: StatedFacts, config: Config, at: (...path: string[]) => KeyPath): void {
  if (config.fp16?.enabled === true) stated.state('training.precision', 'fp16-mixed', at('fp16', 'enabled'));
  for (const key of ['bfloat16', 'bf16'] as const) {
    if (config[key]?.enabled === true) stated.state('training.precision', 'bf16-mixed', at(key, 'enabled'));
  }
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

function stateZero(stated: StatedFacts, config: Config, at: (...path: string[]) => KeyPath): void {
  const zero = config.zero_optimization;
  if (typeof zero === 'boolean') {
    // Before stages had numbers, `true` meant the first.
    stated.state('parallelism.sharding', zero ? 'zero1' : 'ddp', at('zero_optimization'));
    return;
  }
  const place = (...path: string[]): KeyPath => at('zero_optimization', ...path);
  if (typeof zero?.stage === 'number') stated.state('parallelism.sharding', stages[zero.stage], place('stage'));
  stated.state('parallelism.reduce_bucket_size', zero?.reduce_bucket_size, place('reduce_bucket_size'));
  stated.state(
    'parallelism.max_live_parameters',
    zero?.stage3_max_live_parameters,
    place('stage3_max_live_parameters'),
  );
  stated.state('parallelism.max_reuse_distance', zero?.stage3_max_reuse_distance, place('stage3_max_reuse_distance'));
  stated.state('parallelism.overlap_comm', zero?.overlap_comm, place('overlap_comm'));
  const [optimizer, parameters] = [zero?.offload_optimizer?.device, zero?.offload_param?.device];
  if (zero?.cpu_offload === true) stated.state('parallelism.cpu_offload', 'optimizer', place('cpu_offload'));
  if (isElsewhere(optimizer))
    stated.state('parallelism.cpu_offload', 'optimizer', place('offload_optimizer', 'device'));
  if (isElsewhere(parameters)) stated.state('parallelism.cpu_offload', 'parameters', place('offload_param', 'device'));
}

function isElsewhere(device: string | null | undefined): boolean {
  return device === 'cpu' || device === 'nvme';
}
