import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { withoutDashes } from './spelling.ts';
import { spell } from './spell.ts';

/** `config.json` of SimpleTuner, which fine-tunes image, video and audio models. */
export const simpletuner: Format = {
  name: 'simpletuner',
  title: 'SimpleTuner',
  syntaxes: ['json'],
  notEstimated: 'the models that SimpleTuner trains are diffusion models, which no estimate counts',
  signature: ['data_backend_config', '--data_backend_config'],
  recognize: (document) => {
    const { value } = withoutDashes(document);
    return (
      typeof valueAt(value, ['model_family']) === 'string' &&
      ['train_batch_size', 'max_train_steps', 'num_train_epochs'].some((key) => valueAt(value, [key]) !== undefined)
    );
  },
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(withoutDashes(document));
  config.state('model.id', 'pretrained_model_name_or_path', 'model_family');
  config.state('training.micro_batch_size', 'train_batch_size');
  config.state('training.gradient_accumulation_steps', 'gradient_accumulation_steps');
  config.imply('training.gradient_accumulation_steps', 1);
  stateNumbers(config);
  stateMethod(config);
  stateDuration(config);
  config.stateSize('parallelism.context', 'context_parallel_size');
  config.stateSize('hardware.count', 'num_processes');
  const name = config.text('tracker_run_name') ?? nameFromPath(document.path);
  return config.result({ dialect: 'simpletuner', trainer: 'simpletuner', name: name.slice(0, 200) });
}

function stateNumbers(config: ConfigReader): void {
  // Weights are loaded in this type, and the optimizers round into it (documentation/OPTIONS.md, "mixed_precision").
  config.stateChoice('training.precision', 'mixed_precision', { bf16: 'bf16', fp16: 'fp16', no: 'fp32' });
  config.stateOptimizer('optimizer', optimizers);
  const checkpointing = 'gradient_checkpointing';
  const isOn = config.flag(checkpointing);
  config.stateAs('training.activation_checkpointing', checkpointing, isOn === null ? null : isOn ? 'full' : 'none');
  config.stateSize('training.checkpoint_layers', 'gradient_checkpointing_interval');
  config.stateAs('training.ema', 'use_ema', config.flag('use_ema'));
}

const optimizers = {
  adamw_bf16: 'adamw',
  'optimi-adamw': 'adamw',
  'optimi-lion': 'lion',
  'bnb-adamw': 'adamw',
  'bnb-adamw8bit': 'adamw-8bit',
  'bnb-adamw-paged': 'paged-adamw',
  'bnb-adamw8bit-paged': 'paged-adamw-8bit',
  'bnb-lion': 'lion',
  'bnb-lion8bit': 'lion-8bit',
  'bnb-lion-paged': 'paged-lion',
  'bnb-lion8bit-paged': 'paged-lion-8bit',
  'torchao-adamw8bit': 'adamw-8bit',
  'torchao-adamw4bit': 'adamw-4bit',
  'torchao-adamwfp8': 'adamw-fp8',
  'ao-adamw8bit': 'adamw-8bit',
  'ao-adamw4bit': 'adamw-4bit',
  'ao-adamwfp8': 'adamw-fp8',
} as const;

/** `base_model_precision` names a type and who quantizes to it: `int8-quanto`, `nf4-bnb`, `fp8wo-torchao`. */
function stateMethod(config: ConfigReader): void {
  const written = config.text('base_model_precision') ?? '';
  const bits = /^(?:int8|fp8)/.test(written) ? 8 : /^(?:int4|nf4|uint4)/.test(written) ? 4 : null;
  config.stateAs('training.quantization.bits', 'base_model_precision', bits);
  const isAdapted = config.text('model_type') === 'lora';
  if (isAdapted) config.stateAs('training.method', 'model_type', bits === null ? 'lora' : 'qlora');
  else config.stateChoice('training.method', 'model_type', { full: 'full' });
  if (isAdapted) config.state('training.lora.rank', 'lora_rank');
}

/** 0 steps leave the length to the epochs, and the other way round. */
function stateDuration(config: ConfigReader): void {
  config.stateSize('training.steps', 'max_train_steps');
  config.stateSize('training.epochs', 'num_train_epochs');
  config.stateSize('training.checkpoint_every', 'checkpoint_step_interval', 'checkpointing_steps');
}
