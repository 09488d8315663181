import type { Document } from '../../document/document.ts';
import type { Problem } from '../../problem.ts';
import type { HubConfig } from './hub-config.ts';
import { isKnownType } from './implied.ts';
import { expertCount } from './expert-layers.ts';
import { knowsLayers } from './layer-mixers.ts';

/**
 * Why a model is not one that can be counted. A count that leaves parts out would pass for a small model, so these are
 * problems: parts and layers whose class is not known. Towers speak for themselves: see towers.ts.
 */
export function unsupportedParts(document: Document, whole: HubConfig, text: HubConfig): Problem[] {
  return [...signs, ...unexplained(text)].flatMap(({ key, of, what, isThere }) => {
    const config = of === 'whole' ? whole : text;
    const value = config.written(key);
    if (value === undefined || value === null || !isThere(value, config)) return [];
    return [
      {
        code: 'unsupported-model',
        place: document.placeOf([...config.keys, key]),
        key: [...config.keys, key].join('.'),
        message: `The model has ${what}, which is not counted.`,
        hint: 'Expected a model whose class is known. State its dimensions under the policy\'s assumptions, or list the file under "ignore".',
      },
    ];
  });
}

interface Sign {
  readonly key: string;
  readonly of: 'whole' | 'text';
  readonly what: string;
  readonly isThere: (value: unknown, config: HubConfig) => boolean;
}

const isUnknown = (_: unknown, { type }: HubConfig): boolean => !isKnownType(type);
const otherHeads = /For(?:MaskedLM|ConditionalGeneration|PreTraining|ImageClassification|SpeechSeq2Seq|CTC)$/;

const signs: readonly Sign[] = [
  {
    key: 'architectures',
    of: 'whole',
    what: 'another architecture than a causal language model',
    isThere: (value, config) => someText(value, otherHeads) && !hasParts(config) && !isKnownPair(config),
  },
  {
    key: 'is_encoder_decoder',
    of: 'whole',
    what: 'an encoder beside its decoder',
    isThere: (value, config) => value === true && !isKnownPair(config),
  },
  { key: 'state_size', of: 'text', what: 'state-space layers', isThere: isUnknown },
  { key: 'mamba_d_state', of: 'text', what: 'state-space layers', isThere: isUnknown },
  { key: 'ssm_state_size', of: 'text', what: 'state-space layers', isThere: isUnknown },
  {
    key: 'layer_types',
    of: 'text',
    what: 'layers without softmax attention',
    isThere: (_, config) => !knowsLayers(config),
  },
  {
    key: 'layers_block_type',
    of: 'text',
    what: 'layers without softmax attention',
    isThere: (_, config) => !knowsLayers(config),
  },
  { key: 'linear_num_value_heads', of: 'text', what: 'linear attention', isThere: isUnknown },
  {
    key: 'hidden_size_per_layer_input',
    of: 'text',
    what: 'an embedding for each layer',
    isThere: (value) => value !== 0,
  },
  { key: 'num_mem_blocks', of: 'text', what: 'layers that share their weights', isThere: () => true },
];

/** What keys of other classes than a transformer's begin with. */
const otherStructure =
  /^(?:mamba|ssm|rwkv|linear_attn|lru|conv_L|altup|laurel|zero_expert|hc_mult|hyper_connection|kda|time_mix|ngram|engram)/;
const ofExperts = /(?:^|_)(?:moe|experts?)(?:_|$)/;

/** Keys of a type that is not known which say that it has more than attention, MLP and experts that can be counted. */
function unexplained(text: HubConfig): Sign[] {
  if (isKnownType(text.type)) return [];
  const isThere = (value: unknown): boolean => value !== 0 && value !== false;
  const counted = expertCount(text);
  return text.names().flatMap((key): Sign[] => {
    if (otherStructure.test(key)) return [{ key, of: 'text', what: 'layers of a class that is not known', isThere }];
    const isMany = (value: unknown): boolean => typeof value === 'number' && value > 1;
    if (counted !== null || !ofExperts.test(key)) return [];
    return [{ key, of: 'text', what: 'experts whose number no known key says', isThere: isMany }];
  });
}

/** Types without a decoder whose parts are known: encoders of text, and vision towers. */
const isEncoder =
  /^(?:bert|roberta|xlm-roberta|camembert|distilbert|vit|dinov2|clip_vision_model|siglip_vision_model)$/;
const isPair = /^(?:t5|mt5|umt5|bart|mbart|pegasus|marian|blenderbot|blenderbot-small|whisper)$/;

function isKnownPair({ type }: HubConfig): boolean {
  return isPair.test(type) || isEncoder.test(type);
}

/** Towers are looked at on their own. */
function hasParts(config: HubConfig): boolean {
  return config.part(['vision_config', 'audio_config', 'text_config'], '') !== null;
}

function someText(value: unknown, pattern: RegExp): boolean {
  return (
    Array.isArray(value) && value.some((item) => typeof item === 'string' && item.length < 200 && pattern.test(item))
  );
}
