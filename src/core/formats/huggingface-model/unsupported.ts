import type { Document } from '../../document/document.ts';
import type { Problem } from '../../problem.ts';

/**
 * Why a model is not one that can be counted: a decoder-only transformer whose layers are all alike. A count that
 * leaves parts out would pass for a small model, so these are problems.
 */
export function unsupportedParts(document: Document): Problem[] {
  const config = document.value as Readonly<Record<string, unknown>>;
  return Object.entries(signs).flatMap(([key, { what, isThere }]) => {
    if (!Object.hasOwn(config, key) || !isThere(config[key], config)) return [];
    return [
      {
        code: 'unsupported-model',
        place: document.placeOf([key]),
        key,
        message: `The model has ${what}, which is not counted.`,
        hint: 'Expected a decoder-only transformer with plain attention. A file that trains nothing belongs under "ignore".',
      },
    ];
  });
}

interface Sign {
  readonly what: string;
  readonly isThere: (value: unknown, config: Readonly<Record<string, unknown>>) => boolean;
}

const isStated = (value: unknown): boolean => value !== null && value !== undefined;
const isTrue = (value: unknown): boolean => value === true;
const otherHeads = /For(?:MaskedLM|ConditionalGeneration|PreTraining|ImageClassification|SpeechSeq2Seq|CTC)$/;
const otherLayers = /linear|mamba|recurrent|conv/i;

const signs: Readonly<Record<string, Sign>> = {
  architectures: { what: 'another architecture than a causal language model', isThere: namesOtherHead },
  is_encoder_decoder: { what: 'an encoder beside its decoder', isThere: isTrue },
  text_config: { what: 'parts for other inputs than text', isThere: isStated },
  vision_config: { what: 'parts for images', isThere: isStated },
  audio_config: { what: 'parts for sound', isThere: isStated },
  state_size: { what: 'state-space layers', isThere: isStated },
  mamba_d_state: { what: 'state-space layers', isThere: isStated },
  ssm_state_size: { what: 'state-space layers', isThere: isStated },
  layer_types: { what: 'layers without softmax attention', isThere: (value) => someText(value, otherLayers) },
  linear_num_value_heads: { what: 'linear attention', isThere: isStated },
  mlp_only_layers: {
    what: 'single layers without experts',
    isThere: (value) => Array.isArray(value) && value.length > 0,
  },
  word_embed_proj_dim: {
    what: 'an embedding narrower than its layers',
    isThere: (value, { hidden_size: hiddenSize }) => isStated(value) && value !== hiddenSize,
  },
};

function namesOtherHead(value: unknown): boolean {
  return someText(value, otherHeads);
}

function someText(value: unknown, pattern: RegExp): boolean {
  return (
    Array.isArray(value) && value.some((item) => typeof item === 'string' && item.length < 200 && pattern.test(item))
  );
}
