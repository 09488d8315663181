import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { stateModelParallelism } from '../megatron-model-parallelism.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spell } from './spell.ts';

/** Configs of NeMo 1 (before 2.0), NeMo-Aligner and the NeMo Framework Launcher. */
export const nemo: Format = {
  name: 'nemo',
  title: 'NeMo 1',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: ['exp_manager'],
  recognize,
  references: () => [],
  read,
  spell,
};

/** Speech and vision have `trainer` and `model` too: these are keys of Megatron's language models. */
const language = ['micro_batch_size', 'encoder_seq_length', 'tensor_model_parallel_size', 'language_model'];

function recognize({ value }: Document): boolean {
  const has = (...keys: string[]): boolean => valueAt(value, keys) !== undefined;
  const isTrained = has('trainer', 'devices') && has('trainer', 'precision') && has('model', 'optim');
  return isTrained && language.some((key) => has('model', key));
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  stateModel(config);
  stateBatch(config);
  stateNumbers(config);
  stateParallelism(config);
  stateAdapter(config);
  config.stateProduct('hardware.count', 'trainer.devices', 'trainer.num_nodes');
  const name = config.text('run.name') ?? config.text('name') ?? nameFromPath(document.path);
  return config.result({ dialect: 'nemo', trainer: 'nemo', name });
}

function stateBatch(config: ConfigReader): void {
  config.state(
    'training.sequence_length',
    ...['model.data.train_ds.max_seq_length', 'model.encoder_seq_length', 'model.seq_length', 'model.data.seq_length'],
  );
  config.state('training.micro_batch_size', 'model.micro_batch_size', 'model.data.train_ds.micro_batch_size');
  config.state('training.global_batch_size', 'model.global_batch_size', 'model.data.train_ds.global_batch_size');
  config.state('training.steps', 'trainer.max_steps');
  // max_steps ends the training first; 9999 epochs and the like only say that.
  if (!config.states('training.steps')) config.state('training.epochs', 'trainer.max_epochs');
}

const precisions = {
  bf16: 'bf16-mixed',
  'bf16-mixed': 'bf16-mixed',
  'bf16-true': 'bf16',
  '16': 'fp16-mixed',
  fp16: 'fp16-mixed',
  '16-mixed': 'fp16-mixed',
  '16-true': 'fp16',
  '32': 'fp32',
  fp32: 'fp32',
  '32-true': 'fp32',
} as const;

/** The optimizer keeps an fp32 copy of the weights, with `megatron_amp_O2` as without it. */
function stateNumbers(config: ConfigReader): void {
  if (config.flag('model.fp8') === true) config.stateAs('training.precision', 'model.fp8', 'fp8-mixed');
  else config.stateChoice('training.precision', 'trainer.precision', precisions);
  config.stateOptimizer('model.optim.name', {
    mcore_distributed_optim: 'adamw',
    distributed_fused_adam: 'adamw',
    megatron_fused_adam: 'adamw',
    muadamw: 'adamw',
    muadam: 'adamw',
  });
  const granularity = 'model.activations_checkpoint_granularity';
  config.stateChoice('training.activation_checkpointing', granularity, { full: 'full', selective: 'selective' });
  // A layer count of 0 recomputes nothing.
  if (valueAt(config.document.value, granularity.split('.')) === null) {
    config.stateAs('training.activation_checkpointing', granularity, 'none');
  }
}

function stateParallelism(config: ConfigReader): void {
  stateModelParallelism(config);
  if (config.flag('model.fsdp') === true) config.stateAs('parallelism.sharding', 'model.fsdp', 'zero3');
  else if (config.text('model.optim.name')?.includes('distributed') === true) {
    config.stateAs('parallelism.sharding', 'model.optim.name', 'zero1');
  }
}

/** NeMo's `lora` adapts the fused query, key and value projection unless `target_modules` names more. */
function stateAdapter(config: ConfigReader): void {
  const scheme = config.text('model.peft.peft_scheme');
  if (scheme !== 'lora' && scheme !== 'qlora') return;
  config.stateAs('training.method', 'model.peft.peft_scheme', scheme);
  config.state('training.lora.rank', 'model.peft.lora_tuning.adapter_dim');
  const key = 'model.peft.lora_tuning.target_modules';
  const written = config.value(key);
  const targets = (Array.isArray(written) ? written : ['attention_qkv']).flatMap((target) => modules.get(target) ?? []);
  if (targets.length === 0) return;
  if (Array.isArray(written)) config.stateAs('training.lora.target_modules', key, targets);
  else config.imply('training.lora.target_modules', targets);
}

const queryKeyValue = ['q_proj', 'k_proj', 'v_proj'];
const mlp = ['gate_proj', 'up_proj', 'down_proj'];
const modules = new Map<unknown, readonly string[] & string[]>([
  ['attention_qkv', queryKeyValue],
  ['attention_dense', ['o_proj']],
  ['mlp_fc1', ['gate_proj', 'up_proj']],
  ['mlp_fc2', ['down_proj']],
  ['attention', [...queryKeyValue, 'o_proj']],
  ['mlp', mlp],
  ['all', [...queryKeyValue, 'o_proj', ...mlp]],
]);
