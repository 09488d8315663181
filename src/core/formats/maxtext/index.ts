import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { plainInclude, type Part } from '../../compose/include.ts';
import { folderOf, pathFrom } from '../../compose/paths.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spell } from './spell.ts';

/** Configs of MaxText: a run that changes `base.yml`, or the dimensions of a model. */
export const maxtext: Format = {
  name: 'maxtext',
  title: 'MaxText',
  syntaxes: ['yaml'],
  signature: ['base_emb_dim', 'base_config', 'base_num_decoder_layers'],
  recognize,
  references: () => [],
  parts,
  read,
  spell,
};

function recognize({ value }: Document): boolean {
  const has = (key: string): boolean => valueAt(value, [key]) !== undefined;
  const base = valueAt(value, ['base_config']);
  // MaxText's own base.yml, the config of a training, has the keys of its server as well.
  const serves = has('inference_server') && !has('learning_rate');
  if (serves || (typeof base === 'string' && /(?:^|\/)inference/.test(base))) return false;
  return (
    (has('base_emb_dim') && (has('base_num_decoder_layers') || has('base_num_query_heads'))) ||
    (has('base_config') && ['per_device_batch_size', 'max_target_length', 'model_name', 'steps'].some(has)) ||
    (has('per_device_batch_size') && (has('ici_fsdp_parallelism') || has('max_target_length')))
  );
}

/**
 * The base and the model that a config names, weakest first, and where each may stand: MaxText keeps both in one folder
 * of configs, and runs in folders below it. A model that the repository has not comes with MaxText, and so does its own
 * `base.yml`.
 */
function parts(document: Document): Part[] {
  const base = valueAt(document.value, ['base_config']);
  const model = valueAt(document.value, ['model_name']);
  const named: Part[] = [];
  if (typeof base === 'string' && base !== '') named.push(...partOf(base, 'base_config', document));
  if (typeof model === 'string' && /^[\w.-]+$/.test(model)) {
    named.push(...partOf(`models/${model}.yml`, 'model_name', document));
  }
  return [...named, { kind: 'self' }];
}

function partOf(file: string, key: string, document: Document): Part[] {
  const folder = folderOf(document.path);
  const written = [file, `../${file}`, `../../${file}`].map((path) => pathFrom(folder, path));
  const include = plainInclude(file, [...written, pathFrom('', file)], [key]);
  const candidates = include.candidates.filter((path) => path !== document.path);
  // A base that names itself has none.
  if (candidates.length === 0 && include.candidates.length > 0) return [];
  const isNeeded = key === 'base_config' && !/(?:^|\/)base\.yml$/.test(file);
  return [{ ...include, candidates, isNeeded }];
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  stateModel(config);
  stateBatch(config);
  stateNumbers(config);
  stateParallelism(config);
  return config.result({
    dialect: 'maxtext',
    trainer: 'maxtext',
    name: config.text('run_name') ?? nameFromPath(document.path),
  });
}

/** Sequences a device; below 1, one sequence is split over several devices, which is not counted. */
function stateBatch(config: ConfigReader): void {
  config.state('training.sequence_length', 'max_target_length');
  const perDevice = config.number('per_device_batch_size');
  if (perDevice !== null) config.stateAs('training.micro_batch_size', 'per_device_batch_size', Math.ceil(perDevice));
  config.stateSize('training.gradient_accumulation_steps', 'gradient_accumulation_steps');
  config.stateSize('training.steps', 'steps', 'learning_rate_schedule_steps');
  config.imply('training.sequence_length', 2048);
  if (config.flag('enable_checkpointing') !== false) config.state('training.checkpoint_every', 'checkpoint_period');
}

/** Computation in `dtype` over weights in `weight_dtype` (base.yml: bfloat16 over float32, AdamW). */
function stateNumbers(config: ConfigReader): void {
  const weights = config.text('weight_dtype') ?? 'float32';
  const compute = config.text('dtype') ?? 'bfloat16';
  const quantization = config.text('quantization') ?? '';
  if (quantization.includes('fp8')) config.stateAs('training.precision', 'quantization', 'fp8-mixed');
  else if (weights === 'bfloat16') config.stateAs('training.precision', 'weight_dtype', 'bf16');
  else if (compute === 'float32') config.stateAs('training.precision', 'dtype', 'fp32');
  else if (config.value('dtype') !== undefined) config.stateAs('training.precision', 'dtype', 'bf16-mixed');
  config.imply('training.precision', 'bf16-mixed');
  config.stateOptimizer('opt_type', { adam_pax: 'adamw', muon: 'muon' });
  config.imply('training.optimizer', 'adamw');
  config.stateChoice('training.activation_checkpointing', 'remat_policy', policies);
  config.imply('training.activation_checkpointing', 'full');
}

/** What is kept of a layer: nothing but its input, or the outputs of some projections (base.yml, `remat_policy`). */
const policies = {
  full: 'full',
  custom: 'full',
  qkv_proj_offloaded: 'full',
  minimal_offloaded: 'full',
  minimal: 'selective',
  minimal_flash: 'selective',
  minimal_with_context: 'selective',
  minimal_with_context_and_quantization: 'selective',
  minimal_with_quantization: 'selective',
  save_dot_except_mlp: 'selective',
  save_dot_except_mlpwi: 'selective',
  save_dot_with_context_except_mlp: 'selective',
  save_qkv_proj: 'selective',
  save_out_proj: 'selective',
} as const;

/** The mesh is `ici` within a slice times `dcn` between slices; FSDP takes what is left over (base.yml, -1). */
function stateParallelism(config: ConfigReader): void {
  const degree = (axis: string): number =>
    Math.max(1, config.number(`ici_${axis}_parallelism`) ?? 1) *
    Math.max(1, config.number(`dcn_${axis}_parallelism`) ?? 1);
  for (const [field, axis] of axes) {
    const key = config.first(`ici_${axis}_parallelism`, `dcn_${axis}_parallelism`);
    if (key !== null) config.stateAs(field, key, degree(axis));
  }
  const fsdp = valueAt(config.document.value, ['ici_fsdp_parallelism']);
  if (fsdp === 1) config.stateAs('parallelism.sharding', 'ici_fsdp_parallelism', 'ddp');
  else if (fsdp !== undefined) {
    const isReplicated = degree('data') > 1 || valueAt(config.document.value, ['dcn_data_parallelism']) === -1;
    config.stateAs('parallelism.sharding', 'ici_fsdp_parallelism', isReplicated ? 'hsdp' : 'zero3');
  }
  config.imply('parallelism.sharding', 'zero3');
}

const axes = [
  ['parallelism.tensor', 'tensor'],
  ['parallelism.pipeline', 'pipeline'],
  ['parallelism.context', 'context'],
  ['parallelism.expert', 'expert'],
] as const;
