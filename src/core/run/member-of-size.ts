import type { ModelShape } from './model-shape.ts';
import { countParameters } from './parameters.ts';

/** A model of a family, and its parameters. */
export interface FamilyMember {
  readonly model: ModelShape;
  readonly parameters: number;
}

/** Parameters that are wanted, and the bounds within which they have to be. */
export interface WantedSize {
  readonly size: number;
  readonly above?: number;
  readonly atMost?: number;
}

/**
 * The model of a family that is nearest to a size: more or fewer heads of the same size, a width and MLP in proportion to
 * them, more or fewer layers; vocabulary, experts and all else as they are. So families are made: Llama holds heads
 * of 128, and width over depth between 102 and 128, from 7B to 65B (arXiv 2302.13971, table 2), GPT-3 between 64 and 128
 * from 760M on (arXiv 2005.14165, table 2.1). Size comes first, then the family's width over depth: the loss depends on the
 * size, and hardly on the shape (arXiv 2001.08361 §3.1). Null where no model is within the bounds.
 */
export function memberOfSize(family: ModelShape, wanted: WantedSize): FamilyMember | null {
  const { size, above = 0, atMost = Infinity } = wanted;
  const distance = ({ model, parameters }: FamilyMember): number =>
    sizeOverShape * Math.abs(Math.log(parameters / size)) + Math.abs(Math.log(aspect(model) / aspect(family)));
  return membersAround(family, size)
    .filter(({ parameters }) => parameters > above && parameters <= atMost)
    .reduce<FamilyMember | null>((best, one) => (best === null || distance(one) < distance(best) ? one : best), null);
}

/** A tenth in size weighs as much as a factor of 2.6 in width over depth. */
const sizeOverShape = 10;

function aspect({ hiddenSize, numLayers }: ModelShape): number {
  return hiddenSize / numLayers;
}

/** For each width, the two depths with which a model is nearest to the size. */
function membersAround(family: ModelShape, size: number): readonly FamilyMember[] {
  // Layers × width² is the size: twice its cube root leaves room for every shape, and no smaller model is wider or deeper
  const times = Math.max(
    1,
    2 * Math.cbrt(size / memberAt(family, family.numKeyValueHeads, family.numLayers).parameters),
  );
  const queriesPerKey = family.numAttentionHeads / family.numKeyValueHeads;
  const heads = spread(Math.ceil(times * family.numKeyValueHeads)).filter((count) =>
    Number.isInteger(count * queriesPerKey),
  );
  const deepest = Math.ceil(times * family.numLayers);
  return heads.flatMap((count) => {
    const one = memberAt(family, count, 1).parameters;
    const layer = (memberAt(family, count, deepest + 1).parameters - one) / deepest;
    const depth = Math.min(Math.max(Math.floor(1 + (size - one) / layer), 1), deepest);
    return [depth, depth + 1].map((layers) => memberAt(family, count, layers));
  });
}

/** Widths that are tried at most. */
const mostWidths = 128;

/** 1 to `most`, or as many values between them as are tried. */
function spread(most: number): readonly number[] {
  const count = Math.min(most, mostWidths);
  return Array.from({ length: count }, (_, index) => Math.round(((index + 1) * most) / count));
}

/** MLPs are as wide as a multiple of this: what matrix units work on at once. */
const tile = 64;

function memberAt(family: ModelShape, numKeyValueHeads: number, numLayers: number): FamilyMember {
  const share = numKeyValueHeads / family.numKeyValueHeads;
  const scaled = (width: number): number =>
    share === 1 ? width : Math.max(tile, Math.round((share * width) / tile) * tile);
  const { moe } = family;
  const model = {
    ...family,
    hiddenSize: Math.round(share * family.hiddenSize),
    numLayers,
    numAttentionHeads: share * family.numAttentionHeads,
    numKeyValueHeads,
    intermediateSize: scaled(family.intermediateSize),
    moe: moe && {
      ...moe,
      intermediateSize: scaled(moe.intermediateSize),
      sharedIntermediateSize: scaled(moe.sharedIntermediateSize),
      expertLayers: Math.max(1, Math.round((moe.expertLayers * numLayers) / family.numLayers)),
    },
  };
  return { model, parameters: countParameters(model, { method: 'full', adapter: null }).total };
}

/** What a model has that none of its family follows from, in words; null for one that can be scaled. */
export function whyNotScaled(model: ModelShape): string | null {
  const parts: readonly (readonly [unknown, string])[] = [
    [model.layers, 'layers of several kinds'],
    [model.towers, 'towers beside its decoder'],
    [model.mamba, 'state spaces'],
    [model.linearAttention, 'linear attention'],
    [model.shortConvolution, 'short convolutions'],
    [model.gatedRecurrence, 'gated recurrences'],
    [model.crossAttention, 'cross attention'],
    [model.embeddingSize, 'an embedding narrower than its layers'],
    [model.otherParameters, 'parameters that no field describes'],
  ];
  return parts.find(([part]) => part !== undefined)?.[1] ?? null;
}
