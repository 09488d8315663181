import type { StatedFacts } from '../stated-facts.ts';
import type { LitGpt } from './schema.ts';

/** The model: dimensions in the file, or a checkpoint that keeps the id of the Hub in its path. */
export function stateModel(stated: StatedFacts, config: LitGpt): void {
  if (typeof config.model_config?.n_layer === 'number') {
    stateDimensions(stated, config);
    return;
  }
  for (const key of ['checkpoint_dir', 'initial_checkpoint_dir'] as const) {
    const id = /([\w.-]{1,96}\/[\w.-]{1,96})\/?$/.exec((config[key] ?? '').slice(-200))?.[1];
    if (id === undefined) continue;
    stated.state('model.id', id, [key]);
    return;
  }
  const name = config.model_name ?? '';
  if (name !== '') stated.state('model.id', name.slice(0, 200), ['model_name']);
}

/** The names of litgpt's Config class. */
function stateDimensions(stated: StatedFacts, { model_config: model, train }: LitGpt): void {
  const at = (key: string) => ['model_config', key];
  stated.state('model.num_layers', model?.n_layer, at('n_layer'));
  stated.state('model.hidden_size', model?.n_embd, at('n_embd'));
  stated.state('model.num_attention_heads', model?.n_head, at('n_head'));
  stated.state('model.num_key_value_heads', model?.n_query_groups, at('n_query_groups'));
  stated.state('model.head_dim', model?.head_size, at('head_size'));
  stated.state('model.intermediate_size', model?.intermediate_size, at('intermediate_size'));
  stated.state('model.vocab_size', model?.vocab_size, at('vocab_size'));
  stated.state('model.vocab_size', model?.padded_vocab_size, at('padded_vocab_size'));
  stated.state('model.attention_bias', model?.bias, at('bias'));
  stated.state('model.mlp_bias', model?.bias, at('bias'));
  stated.imply('model.attention_bias', true);
  stated.imply('model.mlp_bias', true);
  const [norm, mlp] = [model?.norm_class_name ?? 'LayerNorm', model?.mlp_class_name ?? 'GptNeoxMLP'];
  stated.state('model.norm', norm === 'RMSNorm' ? 'rmsnorm' : 'layernorm', at('norm_class_name'));
  stated.state('model.gated_mlp', mlp === 'LLaMAMLP' || mlp === 'GemmaMLP', at('mlp_class_name'));
  stated.state('model.tie_word_embeddings', train.tie_embeddings, ['train', 'tie_embeddings']);
  stated.imply('model.tie_word_embeddings', false);
}
