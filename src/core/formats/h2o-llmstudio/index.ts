import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Experiments of H2O LLM Studio. */
export const h2oLlmStudio: Format = {
  name: 'h2o-llmstudio',
  title: 'H2O LLM Studio',
  syntaxes: ['yaml'],
  signature: ['llm_backbone', 'problem_type'],
  recognize: ({ value }) =>
    typeof valueAt(value, ['llm_backbone']) === 'string' && valueAt(value, ['training']) !== undefined,
  references: () => [],
  read,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('model.id', 'llm_backbone');
  config.state('training.sequence_length', 'tokenizer.max_length');
  config.state('training.micro_batch_size', 'training.batch_size');
  config.state('training.gradient_accumulation_steps', 'training.grad_accumulation');
  config.stateSize('training.epochs', 'training.epochs');
  config.stateOptimizer('training.optimizer');
  const checkpointing = config.flag('architecture.gradient_checkpointing');
  if (checkpointing !== null) {
    const key = 'architecture.gradient_checkpointing';
    config.stateAs('training.activation_checkpointing', key, checkpointing ? 'full' : 'none');
  }
  config.stateAs('training.compile', 'environment.compile_model', config.flag('environment.compile_model'));
  statePrecision(config);
  stateMethod(config);
  const kind = 'problem_type';
  if (config.text(kind)?.includes('dpo') === true) {
    config.stateAs('training.paired_samples', kind, true);
    // With adapters the base weights are the reference
    if (config.flag('training.lora') !== true) config.stateAs('training.reference_model', kind, true);
  }
  stateHardware(config);
  return config.result({ dialect: 'h2o-llmstudio', trainer: null, name: nameFromPath(document.path) });
}

/** `backbone_dtype` is the type of the weights, mixed precision the type of the computation over them. */
function statePrecision(config: ConfigReader): void {
  const [weights, mixed, computed] = [
    'architecture.backbone_dtype',
    'environment.mixed_precision',
    'environment.mixed_precision_dtype',
  ] as const;
  const dtype = config.text(weights) ?? '';
  const isMixed = config.flag(mixed) ?? true;
  const half = config.text(computed) === 'float16' ? 'fp16-mixed' : 'bf16-mixed';
  if (dtype === 'bfloat16' || dtype === 'float16')
    config.stateAs('training.precision', weights, dtype === 'float16' ? 'fp16' : 'bf16');
  else if (isMixed) config.stateAs('training.precision', computed, half);
  else if (dtype === 'float32') config.stateAs('training.precision', weights, 'fp32');
  const bits = dtype === 'int4' ? 4 : dtype === 'int8' ? 8 : null;
  config.stateAs('training.quantization.bits', weights, bits);
}

function stateMethod(config: ConfigReader): void {
  const lora = config.flag('training.lora');
  if (lora === null) return;
  const isQuantized = config.states('training.quantization.bits');
  config.stateAs('training.method', 'training.lora', lora ? (isQuantized ? 'qlora' : 'lora') : 'full');
  if (!lora) return;
  config.state('training.lora.rank', 'training.lora_r');
  config.state('training.lora.dropout', 'training.lora_dropout');
  config.stateAs('training.lora.dora', 'training.use_dora', config.flag('training.use_dora'));
  const modules = (config.text('training.lora_target_modules') ?? '').split(',').map((name) => name.trim());
  const named = modules.filter((name) => name !== '');
  if (named.length > 0) config.stateAs('training.lora.target_modules', 'training.lora_target_modules', named);
  // Every linear layer where none is named (llm_studio, modeling_utils.py)
  else config.imply('training.lora.target_modules', ['all-linear']);
}

/** The GPUs by their numbers; several share the work by DDP, or by DeepSpeed where it is turned on. */
function stateHardware(config: ConfigReader): void {
  const gpus = config.value('environment.gpus');
  if (Array.isArray(gpus) && gpus.length > 0) config.stateAs('hardware.count', 'environment.gpus', gpus.length);
  const [uses, method] = ['environment.use_deepspeed', 'environment.deepspeed_method'] as const;
  const isSharded = config.flag(uses);
  if (isSharded === false) config.stateAs('parallelism.sharding', uses, 'ddp');
  if (isSharded !== true) return;
  config.stateAs('parallelism.sharding_engine', uses, 'deepspeed');
  config.stateAs('parallelism.sharding', method, config.text(method)?.includes('3') === true ? 'zero3' : 'zero2');
}
