import type { ModelShape } from '../run/model-shape.ts';
import { countParameters } from '../run/parameters.ts';

/** A smaller model of a family, and its parameters. */
export interface FamilyMember {
  readonly model: ModelShape;
  readonly parameters: number;
}

/** Widths, and depths, that are tried at most: they are spread evenly over a larger model's. */
const mostValues = 128;

/**
 * The smaller models of a model's family: fewer heads of the same size, a width and MLP in proportion to them, fewer
 * layers; vocabulary, experts and all else as they are. So families are made: Llama holds heads of 128, and width
 * over depth between 102 and 128, from 7B to 65B (arXiv 2302.13971, table 2), GPT-3 between 64 and 128 from 760M on
 * (arXiv 2005.14165, table 2.1).
 */
export function smallerMembers(model: ModelShape): readonly FamilyMember[] {
  const { numAttentionHeads, numKeyValueHeads, numLayers } = model;
  const queriesPerKey = numAttentionHeads / numKeyValueHeads;
  const keyHeads = spread(numKeyValueHeads).filter((heads) => Number.isInteger(heads * queriesPerKey));
  return keyHeads.flatMap((heads) =>
    spread(numLayers).map((layers): FamilyMember => {
      const smaller = member(model, heads, layers);
      return { model: smaller, parameters: countParameters(smaller, { method: 'full', adapter: null }).total };
    }),
  );
}

/** 1 to `most`, or as many values between them as are tried. */
function spread(most: number): readonly number[] {
  const count = Math.min(most, mostValues);
  return Array.from({ length: count }, (_, index) => Math.round(((index + 1) * most) / count));
}

/** MLPs are as wide as a multiple of this: what matrix units work on at once. */
const tile = 64;

function member(model: ModelShape, keyValueHeads: number, numLayers: number): ModelShape {
  const share = keyValueHeads / model.numKeyValueHeads;
  const narrowed = (width: number): number =>
    share === 1 ? width : Math.max(tile, Math.round((share * width) / tile) * tile);
  const { moe } = model;
  const expertLayers = moe === null ? 0 : Math.max(1, Math.round((moe.expertLayers * numLayers) / model.numLayers));
  return {
    ...model,
    hiddenSize: Math.round(share * model.hiddenSize),
    numLayers,
    numAttentionHeads: share * model.numAttentionHeads,
    numKeyValueHeads: keyValueHeads,
    intermediateSize: narrowed(model.intermediateSize),
    moe: moe && {
      ...moe,
      intermediateSize: narrowed(moe.intermediateSize),
      sharedIntermediateSize: narrowed(moe.sharedIntermediateSize),
      expertLayers,
    },
  };
}

/**
 * The member nearest to a size whose width over depth is near the family's. Size comes first: the loss depends on it, and
 * hardly on the shape (arXiv 2001.08361 §3.1). Null where none is within the bounds.
 */
export function nearestMember(
  members: readonly FamilyMember[],
  family: ModelShape,
  { size, above, atMost }: { readonly size: number; readonly above: number; readonly atMost: number },
): FamilyMember | null {
  const aspect = (model: ModelShape): number => model.hiddenSize / model.numLayers;
  const distance = ({ model, parameters }: FamilyMember): number =>
    sizeOverShape * Math.abs(Math.log(parameters / size)) + Math.abs(Math.log(aspect(model) / aspect(family)));
  const allowed = members.filter(({ parameters }) => parameters > above && parameters <= atMost);
  return allowed.reduce<FamilyMember | null>(
    (best, one) => (best === null || distance(one) < distance(best) ? one : best),
    null,
  );
}

/** A tenth in size weighs as much as a factor of 2.6 in width over depth. */
const sizeOverShape = 10;

/** What a smaller member of the family would have is not known of these; in words, null for a family that is scaled. */
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
