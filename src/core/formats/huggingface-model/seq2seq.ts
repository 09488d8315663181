import type { Tower } from '../../run/tower.ts';
import { gpt2, type Implied } from './implied.ts';
import type { HubConfig } from './hub-config.ts';

/** Encoder and decoder of a model with cross attention, by its type; null where it is no such model. */
export function encoderDecoder(config: HubConfig): Implied | null {
  if (t5Types.has(config.type)) return t5(config);
  if (Object.hasOwn(bartTypes, config.type)) return bart(config);
  return null;
}

const t5Types: ReadonlySet<string> = new Set(['t5', 'mt5', 'umt5']);

/**
 * T5 (arXiv 1910.10683 §2.1): RMSNorm, no biases, one table of relative positions a stack (a layer in umT5), and heads
 * whose width is stated apart. Version 1.1 has a gated MLP and a head of its own.
 */
function t5(config: HubConfig): Implied | null {
  const hiddenSize = config.count('d_model', 'hidden_size');
  const numLayers = config.count('num_layers', 'num_hidden_layers');
  const heads = config.count('num_heads', 'num_attention_heads');
  const headDim = config.count('d_kv');
  const intermediateSize = config.count('d_ff');
  if (!hiddenSize || !numLayers || !heads || !headDim || !intermediateSize) return null;
  const gatedMlp = config.text('feed_forward_proj')?.startsWith('gated') ?? false;
  const table = (config.count('relative_attention_num_buckets') ?? 32) * heads;
  const decoderLayers = config.count('num_decoder_layers') ?? numLayers;
  const perLayer = config.type === 'umt5';
  const encoder: Tower = {
    name: 'encoder',
    ...{ hiddenSize, numLayers, numAttentionHeads: heads, headDim, intermediateSize, gatedMlp },
    ...{ norm: 'rmsnorm', attentionBias: false, mlpBias: false },
    embeddingParameters: table * (perLayer ? numLayers : 1),
  };
  return {
    'model.hidden_size': hiddenSize,
    'model.num_attention_heads': heads,
    'model.head_dim': headDim,
    'model.intermediate_size': intermediateSize,
    'model.gated_mlp': gatedMlp,
    'model.norm': 'rmsnorm',
    'model.norms_per_layer': 3,
    'model.tie_word_embeddings': true,
    'model.position_embedding': 'none',
    'model.other_parameters': table * (perLayer ? decoderLayers : 1),
    'model.layers': [{ count: decoderLayers, mixers: ['attention', 'cross_attention'] }],
    'model.towers': [encoder],
  };
}

interface Bart {
  /** Rows of the position table beyond the longest sequence. */
  readonly offset: number;
  readonly embeddingNorm: boolean;
  readonly finalNorm: boolean;
}

/** BART and those of its shape, as their classes in transformers differ. */
const bartTypes: Readonly<Record<string, Bart>> = {
  bart: { offset: 2, embeddingNorm: true, finalNorm: false },
  mbart: { offset: 2, embeddingNorm: true, finalNorm: true },
  pegasus: { offset: 0, embeddingNorm: false, finalNorm: true },
  whisper: { offset: 0, embeddingNorm: false, finalNorm: true },
  blenderbot: { offset: 0, embeddingNorm: false, finalNorm: true },
  'blenderbot-small': { offset: 0, embeddingNorm: true, finalNorm: false },
  marian: { offset: 0, embeddingNorm: false, finalNorm: false },
};

/** BART (arXiv 1910.13461 §2.1): the original encoder-decoder with learned positions and biases; Whisper listens instead. */
function bart(config: HubConfig): Implied | null {
  const traits = bartTypes[config.type];
  const h = config.count('d_model', 'hidden_size');
  const numLayers = config.count('encoder_layers');
  const decoderLayers = config.count('decoder_layers');
  const heads = config.count('encoder_attention_heads');
  const decoderHeads = config.count('decoder_attention_heads');
  const width = config.count('encoder_ffn_dim');
  const decoderWidth = config.count('decoder_ffn_dim');
  const longest = config.count('max_target_positions', 'max_position_embeddings');
  if (traits === undefined || !h || !numLayers || !decoderLayers) return null;
  if (!heads || !decoderHeads || !width || !decoderWidth || !longest) return null;
  const positions = longest + traits.offset;
  const text: Tower = {
    name: 'encoder',
    ...{ hiddenSize: h, numLayers, numAttentionHeads: heads, intermediateSize: width, finalNorm: traits.finalNorm },
    embeddingParameters: positions * h + (traits.embeddingNorm ? 2 * h : 0),
  };
  const isWhisper = config.type === 'whisper';
  const encoder = isWhisper ? whisperEncoder(config, text) : text;
  return {
    'model.hidden_size': h,
    'model.num_attention_heads': decoderHeads,
    'model.intermediate_size': decoderWidth,
    'model.max_position_embeddings': positions,
    ...gpt2,
    'model.norms_per_layer': 3,
    'model.final_norm': traits.finalNorm,
    ...(traits.embeddingNorm ? { 'model.embedding_norm': true } : {}),
    ...(isWhisper ? { 'model.key_bias': false } : {}),
    'model.layers': [{ count: decoderLayers, mixers: ['attention', 'cross_attention'] }],
    'model.towers': [encoder],
  };
}

/** Two convolutions over mel bands, and fixed positions (arXiv 2212.04356 §2.2). */
function whisperEncoder(config: HubConfig, text: Tower): Tower {
  const h = text.hiddenSize;
  const bands = config.count('num_mel_bins') ?? 80;
  const tokens = config.count('max_source_positions') ?? 1500;
  const convolutions = 3 * bands * h + h + 3 * h * h + h;
  return { ...text, tokens, keyBias: false, embeddingParameters: convolutions + tokens * h };
}
