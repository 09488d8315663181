import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spell } from './spell.ts';

/** Configs of Levanter's `train_lm` and its fine-tuning scripts. */
export const levanter: Format = {
  name: 'levanter',
  title: 'Levanter',
  syntaxes: ['yaml'],
  signature: ['initialize_from_hf', 'use_hf_model_config', 'hf_save_steps', 'train_seq_len'],
  unreadKeys: ['data'],
  recognize: ({ value }) =>
    ['mp', 'num_train_steps', 'per_device_parallelism', 'model_axis_size'].some(
      (key) => valueAt(value, ['trainer', key]) !== undefined,
    ) && ['optimizer', 'model', 'initialize_from_hf'].some((key) => valueAt(value, [key]) !== undefined),
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  stateModel(config);
  stateBatch(config);
  stateNumbers(config);
  const fp8 = config.first('trainer.quantization.fp8', 'quantization.fp8') ?? '';
  if (config.flag(fp8) === true) config.stateAs('training.precision', fp8, 'fp8-mixed');
  config.stateSize('parallelism.tensor', 'trainer.model_axis_size');
  if (config.value('trainer.fsdp_axis') !== undefined) {
    config.stateAs('parallelism.sharding', 'trainer.fsdp_axis', 'zero3');
  }
  // Parameters are divided over the data axis (TrainerConfig.fsdp_axis = "embed").
  config.imply('parallelism.sharding', 'zero3');
  const lora = config.number('lora.r');
  if (lora !== null) {
    config.stateAs('training.method', 'lora.r', 'lora');
    config.state('training.lora.rank', 'lora.r');
    config.imply('training.lora.target_modules', ['all-linear']);
  }
  return config.result({ dialect: 'levanter', trainer: 'levanter', name: nameFromPath(document.path) });
}

function stateBatch(config: ConfigReader): void {
  config.state(
    'training.sequence_length',
    'train_seq_len',
    'max_seq_len',
    'model.seq_len',
    'model.max_seq_len',
    'max_tune_length',
  );
  config.state('training.micro_batch_size', 'trainer.per_device_parallelism');
  // A list is a schedule of batch sizes over the steps, which has no one value.
  if (!Array.isArray(config.value('trainer.train_batch_size'))) {
    config.state('training.global_batch_size', 'trainer.train_batch_size');
  }
  config.state('training.steps', 'trainer.num_train_steps');
  if (!config.states('training.steps')) config.stateSize('training.epochs', 'epoch');
}

/** jmp's policy: `p` is the type of the weights, `c` that of the computation, one type alone is both. */
function stateNumbers(config: ConfigReader): void {
  const policy = config.text('trainer.mp');
  if (policy !== null) {
    const parts = new Map(
      policy.split(',').map((part) => [part.includes('=') ? (part.split('=')[0] ?? '').trim() : '', typeOf(part)]),
    );
    const weights = parts.get('p') ?? parts.get('params') ?? parts.get('') ?? 'f32';
    const compute = parts.get('c') ?? parts.get('compute') ?? parts.get('') ?? weights;
    const precision = weights === 'f32' ? (compute === 'f32' ? 'fp32' : mixed[compute]) : short[weights];
    if (precision === undefined) {
      config.refuse(
        'trainer.mp',
        'unknown-value',
        'This is no policy of precisions.',
        'Expected one such as p=f32,c=bfloat16.',
      );
    } else config.stateAs('training.precision', 'trainer.mp', precision);
  }
  config.imply('training.precision', 'fp32');
  // Sophia keeps a momentum and a diagonal Hessian, two states as Adam does (arXiv 2305.14342).
  config.stateOptimizer('optimizer.type', { 'sophia-h': 'adamw', 'sophia-g': 'adamw' });
  config.imply('training.optimizer', 'adamw');
  const key = 'model.gradient_checkpointing';
  const checkpointing = config.value(key);
  if (typeof checkpointing === 'boolean') {
    config.stateAs('training.activation_checkpointing', key, checkpointing ? 'full' : 'none');
  } else if (checkpointing !== undefined) config.stateAs('training.activation_checkpointing', key, 'full');
  config.imply('training.activation_checkpointing', 'full');
}

function typeOf(part: string): string {
  const type = part.includes('=') ? (part.split('=')[1] ?? '').trim() : part.trim();
  return { float32: 'f32', full: 'f32', bfloat16: 'bf16', float16: 'f16', half: 'f16' }[type] ?? type;
}

const mixed: Readonly<Record<string, 'bf16-mixed' | 'fp16-mixed'>> = { bf16: 'bf16-mixed', f16: 'fp16-mixed' };
const short: Readonly<Record<string, 'bf16' | 'fp16'>> = { bf16: 'bf16', f16: 'fp16' };
