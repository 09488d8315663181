import type { ModelShape, MoeShape } from '../run/model-shape.ts';

/** A published model: its dimensions, and the total that they must add up to. */
export interface CatalogModel {
  /** Its ids on the Hugging Face hub, where several stand in one row of the catalog. */
  readonly ids: readonly string[];
  readonly shape: ModelShape;
  /** What an implementation of the model or its publisher counts: the shape must add up to it. */
  readonly totalParameters: number;
  readonly source: string;
}

/** One id, or all of one shape: rows that take several lines are not written again for each. */
export type Ids = string | readonly string[];

type Dimensions = readonly [
  hiddenSize: number,
  numLayers: number,
  numAttentionHeads: number,
  numKeyValueHeads: number,
  headDim: number,
  intermediateSize: number,
  vocabSize: number,
];

/**
 * Where dimensions and total come from. `litgpt`: LitGPT's table, counted there. `recalled`: the published config as
 * recalled, counted with transformers. `hub`: the same config, with the total that the hub shows. `default`: the defaults
 * of a transformers class.
 */
export type Origin = 'litgpt' | 'recalled' | 'hub' | 'default';

/**
 * The models of one family: `modelFamily(class, traits)(ids, total, origin, dimensions, deviations)`. `traits` say how
 * the family differs from Llama, `deviations` how a model differs from its family.
 */
export function modelFamily(transformersClass: string, traits: Partial<ModelShape>) {
  return (
    ids: Ids,
    totalParameters: number,
    origin: Origin,
    dimensions: Dimensions,
    deviations: Partial<ModelShape> = {},
  ): CatalogModel => {
    const [hiddenSize, numLayers, numAttentionHeads, numKeyValueHeads, headDim, intermediateSize, vocabSize] =
      dimensions;
    const sizes = { hiddenSize, numLayers, numAttentionHeads, numKeyValueHeads, headDim, intermediateSize, vocabSize };
    const shape = { ...llama, ...traits, ...sizes, ...deviations };
    return { ids: [ids].flat(), shape, totalParameters, source: sourceOf(origin, transformersClass) };
  };
}

/** What Llama has (arXiv 2302.13971, section 2.2), and most decoders since. */
const llama = {
  gatedMlp: true,
  tieWordEmbeddings: false,
  learnedPositions: 0,
  norm: 'rmsnorm',
  normsPerLayer: 2,
  qkNorm: false,
  qkvBias: false,
  attentionOutputBias: false,
  mlpBias: false,
  moe: null,
} as const satisfies Partial<ModelShape>;

/** What GPT-2 has instead: LayerNorm, a plain MLP and a bias on every matrix. */
export const gpt = {
  norm: 'layernorm',
  gatedMlp: false,
  qkvBias: true,
  attentionOutputBias: true,
  mlpBias: true,
} as const satisfies Partial<ModelShape>;

/** Expert layers: how many experts, how many of them a token visits, their width, and how many layers have them. */
export function experts(
  numExperts: number,
  expertsPerToken: number,
  intermediateSize: number,
  expertLayers: number,
  shared = { count: 0, width: intermediateSize },
): MoeShape {
  return {
    numExperts,
    expertsPerToken,
    intermediateSize,
    expertLayers,
    sharedExperts: shared.count,
    sharedIntermediateSize: shared.width,
  };
}

function sourceOf(origin: Origin, transformersClass: string): string {
  switch (origin) {
    case 'litgpt':
      return 'LitGPT at 26857050, litgpt/config.py';
    case 'recalled':
      return `published config.json as recalled, counted with the ${transformersClass} class of transformers 5.18.0`;
    case 'hub':
      return 'published config.json as recalled, with the total of the Hugging Face hub';
    case 'default':
      return `defaults of the ${transformersClass} class of transformers 5.18.0`;
  }
}
