import type { Synonyms } from './synonym.ts';

/** Names of maps that are about the model. */
const model = /^(?:model|net|network|arch|architecture|transformer|decoder|encoder|backbone|lm|llm|gpt|dit|vit|unet)/;

export const modelSynonyms: readonly Synonyms[] = [
  {
    field: 'model.hidden_size',
    names: [
      ...['hidden_size', 'd_model', 'n_embd', 'n_embed', 'model_dim', 'dim_model', 'embed_dim', 'embedding_dim'],
      ...['emb_dim', 'd_embed', 'd_embd', 'hidden_dim', 'embedding_size', 'emb_size', 'hidden', 'model_width'],
    ],
    within: { dim: model, width: model, embd: model, channels: /^(?:transformer|lm|llm|gpt)/ },
    range: [16, 200_000],
  },
  {
    field: 'model.num_layers',
    names: [
      ...['num_layers', 'num_hidden_layers', 'n_layers', 'n_layer', 'nlayers', 'num_blocks', 'n_blocks', 'n_block'],
      ...['num_transformer_layers', 'decoder_layers', 'transformer_layers', 'num_decoder_layers', 'model_depth'],
    ],
    within: { layers: model, depth: model, blocks: model },
    range: [1, 1000],
  },
  {
    field: 'model.num_attention_heads',
    names: [
      ...['num_attention_heads', 'num_heads', 'n_heads', 'n_head', 'nhead', 'nheads', 'attention_heads', 'attn_heads'],
      ...['num_attn_heads', 'num_query_heads', 'n_query_heads', 'n_q_heads', 'num_q_heads'],
    ],
    within: { heads: model },
    range: [1, 1000],
  },
  {
    field: 'model.num_key_value_heads',
    names: ['num_key_value_heads', 'n_kv_heads', 'n_kv_head', 'num_kv_heads', 'kv_heads', 'num_query_groups', 'n_kv'],
    range: [1, 1000],
  },
  { field: 'model.head_dim', names: ['head_dim', 'd_head', 'dim_head', 'head_size', 'kv_channels'], range: [8, 1024] },
  {
    field: 'model.intermediate_size',
    names: [
      ...['intermediate_size', 'd_ff', 'ffn_dim', 'ffn_hidden_size', 'mlp_dim', 'd_mlp', 'dim_feedforward', 'dim_ff'],
      ...['ff_dim', 'feed_forward_dim', 'feedforward_dim', 'ffn_size', 'mlp_hidden_size', 'mlp_hidden_dim'],
    ],
    range: [32, 1_000_000],
  },
  {
    field: 'model.vocab_size',
    names: ['vocab_size', 'n_vocab', 'vocabulary_size', 'num_vocab', 'padded_vocab_size'],
    within: { vocab: model, num_tokens: model },
    range: [16, 10_000_000],
  },
  {
    field: 'model.tie_word_embeddings',
    names: ['tie_word_embeddings', 'tie_embeddings', 'tied_embeddings', 'weight_tying', 'tie_weights'],
  },
  {
    field: 'model.norm',
    names: ['norm', 'norm_type', 'normalization'],
    words: { rmsnorm: 'rmsnorm', layernorm: 'layernorm' },
  },
  {
    field: 'model.gated_mlp',
    names: ['mlp_type', 'ffn_type', 'activation', 'act', 'mlp_act', 'hidden_act', 'activation_function', 'swiglu'],
    words: { swiglu: true, geglu: true, silu: true, gelu: false, relu: false, true: true, false: false },
  },
  {
    field: 'model.moe.num_experts',
    names: ['num_experts', 'n_experts', 'n_routed_experts', 'num_local_experts', 'moe_num_experts', 'num_moe_experts'],
    range: [2, 10_000],
  },
  {
    field: 'model.moe.experts_per_token',
    names: ['num_experts_per_tok', 'num_experts_per_token', 'experts_per_token', 'n_active_experts', 'moe_top_k'],
    within: { top_k: /moe|expert|router/ },
    range: [1, 1000],
  },
  {
    field: 'model.moe.intermediate_size',
    names: ['moe_intermediate_size', 'expert_dim', 'd_expert', 'expert_hidden_size', 'moe_ffn_hidden_size'],
    range: [16, 1_000_000],
  },
];
