import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Configs of Ludwig that fine-tune a language model. */
export const ludwig: Format = {
  name: 'ludwig',
  title: 'Ludwig',
  syntaxes: ['yaml', 'json'],
  signature: ['input_features', 'output_features'],
  recognize,
  references: () => [],
  read,
};

/** Ludwig also trains encoders of its own on tables: those name no base model. */
function recognize({ value }: Document): boolean {
  const has = (key: string): boolean => valueAt(value, [key]) !== undefined;
  return has('base_model') && has('input_features') && has('output_features') && has('trainer');
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('model.id', 'base_model');
  config.state('training.sequence_length', 'preprocessing.global_max_sequence_length');
  config.state('training.micro_batch_size', 'trainer.batch_size');
  config.state('training.gradient_accumulation_steps', 'trainer.gradient_accumulation_steps');
  config.imply('training.gradient_accumulation_steps', 1);
  config.stateSize('training.steps', 'trainer.train_steps');
  if (!config.states('training.steps')) config.stateSize('training.epochs', 'trainer.epochs');
  config.stateSize('training.checkpoint_every', 'trainer.steps_per_checkpoint');
  config.stateOptimizer(
    typeof config.value('trainer.optimizer') === 'string' ? 'trainer.optimizer' : 'trainer.optimizer.type',
  );
  const checkpointing = config.flag('trainer.enable_gradient_checkpointing');
  if (checkpointing !== null) {
    const key = 'trainer.enable_gradient_checkpointing';
    config.stateAs('training.activation_checkpointing', key, checkpointing ? 'full' : 'none');
  }
  stateMethod(config);
  statePreference(config);
  stateSharding(config);
  return config.result({ dialect: 'ludwig', trainer: null, name: nameFromPath(document.path) });
}

/** Without an adapter all weights are trained; an adapter of another kind than LoRA is not counted (Ludwig docs, "Adapter"). */
function stateMethod(config: ConfigReader): void {
  const bits = config.number('quantization.bits');
  if (bits === 4 || bits === 8) config.stateAs('training.quantization.bits', 'quantization.bits', bits);
  const key = typeof config.value('adapter') === 'string' ? 'adapter' : 'adapter.type';
  const adapter = config.text(key);
  if (adapter === null) {
    if (config.value('adapter') === undefined) config.imply('training.method', 'full');
    else config.stateAs('training.method', 'adapter', 'unknown');
    return;
  }
  if (adapter !== 'lora') {
    config.stateAs('training.method', key, 'unknown');
    return;
  }
  config.stateAs('training.method', key, bits === 4 || bits === 8 ? 'qlora' : 'lora');
  config.state('training.lora.rank', 'adapter.r');
  config.imply('training.lora.rank', 8);
  config.state('training.lora.dropout', 'adapter.dropout');
  config.state('training.lora.target_modules', 'adapter.target_modules');
  config.stateAs('training.lora.dora', 'adapter.use_dora', config.flag('adapter.use_dora'));
}

/** With an adapter the base weights are the reference model (trl, which Ludwig calls). */
function statePreference(config: ConfigReader): void {
  const key = 'trainer.type';
  const kind = config.text(key) ?? '';
  if (kind === 'dpo' || kind === 'orpo' || kind === 'reward') config.stateAs('training.paired_samples', key, true);
  if (kind === 'grpo' || kind === 'ppo') config.stateAs('training.rollouts', key, true);
  const refers = kind === 'dpo' || kind === 'kto';
  if (refers && config.value('adapter') === undefined) config.stateAs('training.reference_model', key, true);
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

/** Ludwig docs, "Backend": the strategy of Ray's trainer, or of the backend itself. */
function stateSharding(config: ConfigReader): void {
  config.stateSize('hardware.count', 'backend.trainer.num_workers');
  const at = ['backend.trainer.strategy', 'backend.strategy'].find((key) => config.value(key) !== undefined);
  if (at === undefined) return;
  const written = config.value(at);
  const key = typeof written === 'string' ? at : `${at}.type`;
  const kind = config.text(key);
  if (kind === 'ddp') config.stateAs('parallelism.sharding', key, 'ddp');
  if (kind === 'fsdp') config.stateAs('parallelism.sharding', key, 'zero3');
  if (kind !== 'deepspeed') return;
  config.stateAs('parallelism.sharding_engine', key, 'deepspeed');
  const stage = config.number(`${at}.zero_optimization.stage`) ?? 3; // DeepSpeedStrategy's default
  config.stateAs('parallelism.sharding', `${at}.zero_optimization.stage`, stages[stage] ?? null);
  for (const [part, moved] of [
    ['offload_optimizer', 'optimizer'],
    ['offload_param', 'parameters'],
  ] as const) {
    const device = `${at}.zero_optimization.${part}.device`;
    if (config.text(device) === 'cpu') config.stateAs('parallelism.cpu_offload', device, moved);
  }
}
