import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { spell } from './spell.ts';

/** Configs of Meta Lingua's apps. */
export const lingua: Format = {
  name: 'lingua',
  title: 'Meta Lingua',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: ['dump_dir', 'grad_acc_steps', 'probe_freq'],
  recognize: ({ value }) =>
    (valueAt(value, ['distributed', 'fsdp_type']) !== undefined ||
      valueAt(value, ['distributed', 'model_dtype']) !== undefined) &&
    (valueAt(value, ['optim']) !== undefined || valueAt(value, ['data', 'seq_len']) !== undefined),
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  if (config.first('model_type', 'model.conv_size', 'model.state_dim') === null) stateTransformer(config);
  config.state('training.sequence_length', 'data.seq_len');
  config.state('training.micro_batch_size', 'data.batch_size');
  config.state('training.gradient_accumulation_steps', 'grad_acc_steps');
  config.state('training.steps', 'steps');
  config.stateSize('training.checkpoint_every', 'checkpoint.dump.every');
  // FSDP computes in this type over fp32 weights (lingua/distributed.py).
  config.stateChoice('training.precision', 'distributed.model_dtype', {
    bf16: 'bf16-mixed',
    fp16: 'fp16-mixed',
    fp32: 'fp32',
  });
  config.imply('training.optimizer', 'adamw');
  stateParallelism(config);
  const name = config.text('name') ?? nameFromPath(document.path);
  return config.result({ dialect: 'lingua', trainer: 'lingua', name: name.slice(0, 200) });
}

/** The MLP is two thirds of 4 × dim, times the multiplier, rounded up to `multiple_of` (lingua/transformer.py). */
function stateTransformer(config: ConfigReader): void {
  config.state('model.hidden_size', 'model.dim');
  config.state('model.num_layers', 'model.n_layers');
  config.state('model.num_attention_heads', 'model.n_heads');
  config.state('model.num_key_value_heads', 'model.n_kv_heads');
  config.state('model.head_dim', 'model.head_dim');
  config.state('model.vocab_size', 'model.vocab_size');
  const hidden = config.number('model.dim');
  if (hidden === null) return;
  const multiple = Math.max(1, config.number('model.multiple_of') ?? 256);
  const multiplier = config.number('model.ffn_dim_multiplier') ?? 1;
  const width = Math.ceil(Math.floor(Math.floor((8 * hidden) / 3) * multiplier) / multiple) * multiple;
  config.stateAs(
    'model.intermediate_size',
    config.first('model.ffn_dim_multiplier', 'model.multiple_of') ?? 'model.dim',
    width,
  );
  config.imply('model.gated_mlp', true);
  config.imply('model.norm', 'rmsnorm');
  config.stateAs('model.tie_word_embeddings', 'model.weight_tying', config.flag('model.weight_tying'));
  config.imply('model.tie_word_embeddings', false);
}

function stateParallelism(config: ConfigReader): void {
  config.stateChoice('parallelism.sharding', 'distributed.fsdp_type', { full_shard: 'zero3', no_shard: 'ddp' });
  config.imply('parallelism.sharding', 'ddp');
  config.stateSize('parallelism.tensor', 'distributed.tp_size');
  const key = 'distributed.selective_activation_checkpointing';
  const isOn = config.flag(key);
  config.stateAs('training.activation_checkpointing', key, isOn === null ? null : isOn ? 'selective' : 'none');
  config.stateAs('training.compile', 'distributed.compile', config.flag('distributed.compile'));
  const replicas = config.number('distributed.dp_replicate') ?? 1;
  const shards = config.number('distributed.dp_shard') ?? 1;
  if (replicas > 1 && shards > 1) config.stateAs('parallelism.sharding', 'distributed.dp_replicate', 'hsdp');
}
