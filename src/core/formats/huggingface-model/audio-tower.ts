import type { Tower } from '../../run/tower.ts';
import type { HubConfig } from './hub-config.ts';

/** Types whose audio encoder is Whisper's. */
const likeWhisper: ReadonlySet<string> = new Set(['whisper', 'qwen2_audio_encoder', 'voxtral_encoder']);

/** Whisper's encoder: two convolutions over mel bands, fixed positions of half as many frames, keys without a bias (arXiv 2212.04356 §2.2). */
export function audioTower(config: HubConfig): Tower | null {
  if (!likeWhisper.has(config.type)) return null;
  const hiddenSize = config.count('d_model', 'hidden_size');
  const numLayers = config.count('encoder_layers', 'num_hidden_layers');
  const numAttentionHeads = config.count('encoder_attention_heads', 'num_attention_heads');
  const intermediateSize = config.count('encoder_ffn_dim', 'intermediate_size');
  const bands = config.count('num_mel_bins');
  const tokens = config.count('max_source_positions');
  if (!hiddenSize || !numLayers || !numAttentionHeads || !intermediateSize || !bands || !tokens) return null;
  const h = hiddenSize;
  return {
    name: 'audio',
    ...{ hiddenSize, numLayers, numAttentionHeads, intermediateSize, tokens, keyBias: false },
    embeddingParameters: 3 * bands * h + h + 3 * h * h + h + tokens * h,
  };
}
