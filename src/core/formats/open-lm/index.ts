import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Model configs of OpenLM: dimensions, and the sequence that it is trained on. */
export const openLm: Format = {
  name: 'open-lm',
  title: 'OpenLM',
  syntaxes: ['json'],
  signature: ['post_embed_norm', 'hidden_dim'],
  recognize,
  references: () => [],
  read,
};

function recognize({ value }: Document): boolean {
  const has = (key: string): boolean => valueAt(value, [key]) !== undefined;
  if (has('architectures') || has('model_type') || has('scalegate')) return false;
  return (
    has('seq_len') && has('vocab_size') && ((has('hidden_dim') && has('n_heads')) || (has('d_model') && has('n_layer')))
  );
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('training.sequence_length', 'seq_len');
  // With `d_model` it is a Mamba, which has no attention to count.
  if (config.value('hidden_dim') !== undefined) stateModel(config);
  return config.result({ dialect: 'open-lm', trainer: 'open-lm', name: nameFromPath(document.path) });
}

/**
 * SwiGLU of two thirds of 4 × dim in steps of 256, no biases, norms with a weight and no bias (open_lm/model.py and
 * params.py, `--ffn-type swiglu`, `--model-norm gain_only_layer_norm`).
 */
function stateModel(config: ConfigReader): void {
  config.state('model.hidden_size', 'hidden_dim');
  config.state('model.num_layers', 'n_layers');
  config.state('model.num_attention_heads', 'n_heads');
  config.state('model.vocab_size', 'vocab_size');
  const hidden = config.number('hidden_dim') ?? 0;
  const heads = config.number('n_heads') ?? 0;
  // `head_dim = dim // n_heads` (open_lm/model.py): heads that do not divide the width are narrower
  if (heads > 0 && hidden % heads !== 0) config.stateAs('model.head_dim', 'n_heads', Math.floor(hidden / heads));
  const width = 256 * Math.ceil(Math.floor((8 * hidden) / 3) / 256);
  if (width > 0) config.imply('model.intermediate_size', width);
  config.imply('model.gated_mlp', true);
  config.imply('model.norm', 'rmsnorm');
  config.stateAs('model.tie_word_embeddings', 'weight_tying', config.flag('weight_tying'));
  config.imply('model.tie_word_embeddings', false);
  config.stateAs('model.qk_norm', 'qk_norm', config.flag('qk_norm'));
}
