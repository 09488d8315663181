import type { Tower } from '../../run/tower.ts';
import type { HubConfig } from './hub-config.ts';

/**
 * Parameters between a vision tower and the decoder, by the type of the whole model (transformers, its projector class);
 * null where that type is not known. Towers of the Qwen-VL line bring theirs with them.
 */
export function projectorParameters(
  config: HubConfig,
  vision: HubConfig,
  tower: Tower,
  hiddenSize: number,
): number | null {
  const v = tower.hiddenSize;
  const h = hiddenSize;
  switch (config.type) {
    case 'llava':
    case 'llava_next':
    case 'video_llava':
    case 'vipllava': {
      // Two matrices; features of several layers side by side where the config lists them.
      const features = Math.max(
        1,
        config.counts('vision_feature_layer')?.length ?? config.counts('vision_feature_layers')?.length ?? 1,
      );
      const bias = config.flag('multimodal_projector_bias') === false ? 0 : 2 * h;
      const newline = config.type === 'llava_next' ? h : 0;
      const norm = config.type === 'vipllava' ? 2 * features * v : 0;
      return features * v * h + h * h + bias + newline + norm;
    }
    case 'mistral3': {
      const merge = (config.count('spatial_merge_size') ?? 2) ** 2;
      return v + merge * v * v + v * h + h * h + (config.flag('multimodal_projector_bias') === true ? 2 * h : 0);
    }
    case 'gemma3':
    case 'shieldgemma2':
      return v * h + v;
    case 'paligemma':
      return v * h + h;
    case 'mllama': {
      const features = (vision.counts('intermediate_layers_indices')?.length ?? 5) + 1;
      return features * v * h + h;
    }
    case 'llama4':
      return (vision.count('vision_output_dim') ?? 0) * h;
    case 'internvl': {
      const wide = Math.round(v / ((config.value('downsample_ratio') as number | null) ?? 0.5) ** 2);
      return 2 * wide + wide * h + h + h * h + h;
    }
    case 'qwen2_vl':
    case 'qwen2_5_vl':
    case 'qwen3_vl':
    case 'qwen3_vl_moe':
    case 'qwen3_5':
    case 'qwen3_5_moe':
      return tower.projectorParameters ?? 0;
    default:
      return null;
  }
}
