import type { HubConfig } from './hub-config.ts';
import { isKnownType, typeOfArchitecture } from './implied.ts';

/** Where models for several inputs keep their language model. */
const names = ['text_config', 'llm_config', 'language_config'];

/** Types whose older configs write the language model's keys beside those of the whole. */
const flat: Readonly<Record<string, string>> = {
  qwen2_5_vl: 'qwen2_5_vl_text',
  qwen2_vl: 'qwen2_vl_text',
  qwen3_5: 'qwen3_5_text',
  qwen3_5_moe: 'qwen3_5_moe_text',
  qwen3_vl: 'qwen3_vl_text',
  qwen3_vl_moe: 'qwen3_vl_moe_text',
  gemma3: 'gemma3_text',
  llama4: 'llama4_text',
  mllama: 'mllama_text_model',
};

/** The usual language model of a type whose part does not name its own. */
const usual: Readonly<Record<string, string>> = {
  ...flat,
  internvl: 'qwen2',
  llava: 'llama',
  llava_next: 'llama',
  mistral3: 'mistral',
  paligemma: 'gemma',
  qwen2_audio: 'qwen2',
};

/** The language model of a config: a part of it, or the whole. */
export function textPart(whole: HubConfig): HubConfig {
  const part = whole.part(names, usual[whole.type] ?? '');
  if (part !== null) return part.ofType(flat[part.type] ?? part.type);
  if (Object.hasOwn(flat, whole.type)) return whole.ofType(flat[whole.type] ?? whole.type);
  const named = isKnownType(whole.type) ? null : typeOfArchitecture(whole.texts('architectures') ?? []);
  return named === null ? whole : whole.ofType(named);
}
