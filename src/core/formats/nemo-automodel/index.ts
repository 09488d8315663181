import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { spell } from './spell.ts';

/** Recipes of NVIDIA NeMo Automodel. */
export const nemoAutomodel: Format = {
  name: 'nemo-automodel',
  title: 'NeMo Automodel',
  syntaxes: ['yaml'],
  signature: ['step_scheduler'],
  recognize: ({ value }) =>
    valueAt(value, ['step_scheduler', 'local_batch_size']) !== undefined && valueAt(value, ['optimizer']) !== undefined,
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('model.id', 'model.pretrained_model_name_or_path', 'model.config.pretrained_model_name_or_path');
  stateBatch(config);
  stateNumbers(config);
  stateParallelism(config);
  stateAdapter(config);
  return config.result({ dialect: 'nemo-automodel', trainer: 'nemo-automodel', name: nameFromPath(document.path) });
}

function stateBatch(config: ConfigReader): void {
  config.stateSize(
    'training.sequence_length',
    'packed_sequence.packed_sequence_size',
    ...['dataset.seq_length', 'dataset.seq_len', 'dataset.max_length', 'dataset.max_seq_length'],
  );
  config.state('training.micro_batch_size', 'step_scheduler.local_batch_size');
  config.state('training.global_batch_size', 'step_scheduler.global_batch_size');
  config.state('training.steps', 'step_scheduler.max_steps');
  if (!config.states('training.steps')) config.state('training.epochs', 'step_scheduler.num_epochs');
  if (config.flag('checkpoint.enabled') !== false) {
    config.state('training.checkpoint_every', 'step_scheduler.ckpt_every_steps');
  }
}

const precisions = {
  bf16: 'bf16',
  bfloat16: 'bf16',
  'torch.bfloat16': 'bf16',
  float16: 'fp16',
  fp16: 'fp16',
  'torch.float16': 'fp16',
  float32: 'fp32',
  fp32: 'fp32',
  'torch.float32': 'fp32',
} as const;

/**
 * The model is loaded in `torch_dtype`, bf16 without it (NeMoAutoModel.from_pretrained), and so are gradients and
 * optimizer states, unless Transformer Engine's FusedAdam keeps `master_weights` in fp32.
 */
function stateNumbers(config: ConfigReader): void {
  const key = config.first('model.torch_dtype', 'model.config.torch_dtype', 'model.dtype') ?? 'model.torch_dtype';
  const loaded = config.choice(key, precisions);
  const isMixed = config.flag('optimizer.master_weights') === true;
  const trained = loaded === 'bf16' && isMixed ? 'bf16-mixed' : loaded;
  if (config.value('fp8') !== undefined && config.flag('fp8.enabled') !== false) {
    config.stateAs('training.precision', 'fp8', 'fp8-mixed');
  } else {
    config.stateAs('training.precision', key, trained);
    config.imply('training.precision', isMixed ? 'bf16-mixed' : 'bf16');
  }
  config.stateOptimizer('optimizer._target_');
}

function stateParallelism(config: ConfigReader): void {
  const strategy = config.value('distributed.strategy') === undefined ? 'distributed._target_' : 'distributed.strategy';
  const written = config.text(strategy)?.toLowerCase() ?? '';
  const replicas = config.value('distributed.dp_replicate_size');
  if (written.includes('ddp')) config.stateAs('parallelism.sharding', strategy, 'ddp');
  else if (typeof replicas === 'number' && replicas > 1) {
    config.stateAs('parallelism.sharding', 'distributed.dp_replicate_size', 'hsdp');
  } else if (written.includes('fsdp')) config.stateAs('parallelism.sharding', strategy, 'zero3');
  config.stateSize('parallelism.tensor', 'distributed.tp_size');
  config.stateSize('parallelism.pipeline', 'distributed.pp_size');
  config.stateSize('parallelism.context', 'distributed.cp_size');
  config.stateSize('parallelism.expert', 'distributed.ep_size');
  config.stateAs(
    'parallelism.sequence_parallel',
    'distributed.sequence_parallel',
    config.flag('distributed.sequence_parallel'),
  );
  const checkpointing = 'distributed.activation_checkpointing';
  const isOn = config.flag(checkpointing);
  config.stateAs('training.activation_checkpointing', checkpointing, isOn === null ? null : isOn ? 'full' : 'none');
}

function stateAdapter(config: ConfigReader): void {
  if (config.value('peft') === undefined) return;
  const isQuantized =
    config.value('quantization') !== undefined || config.flag('model.quantization_config.load_in_4bit') === true;
  config.stateAs('training.method', 'peft', isQuantized ? 'qlora' : 'lora');
  config.state('training.lora.rank', 'peft.dim');
  const targets = 'peft.target_modules';
  const written = config.value(targets);
  const isEverything = written === '*_proj' || config.flag('peft.match_all_linear') === true;
  if (isEverything)
    config.stateAs('training.lora.target_modules', written === undefined ? 'peft' : targets, ['all-linear']);
  else if (typeof written === 'string') config.stateAs('training.lora.target_modules', targets, [written]);
  else config.state('training.lora.target_modules', targets);
}
