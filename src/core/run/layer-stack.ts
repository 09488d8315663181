import type { LayerKind, MixerName } from './layer-kind.ts';
import { remembered } from './remembered.ts';
import type { ModelShape } from './model-shape.ts';

/** Layers that are alike: how many, and the model as these layers have it. */
export interface Layers {
  readonly count: number;
  readonly mixers: readonly MixerName[];
  readonly mlp: 'dense' | 'experts' | 'none';
  readonly shape: ModelShape;
  /** Tokens that attention reaches at most; null for all. */
  readonly window: number | null;
  readonly sharesKeyValues: boolean;
  readonly otherParameters: number;
}

/** The layers of a model by their kinds: those that it lists, or dense layers and layers with experts. */
export const layerStack = remembered(stackOf);

function stackOf(model: ModelShape): readonly Layers[] {
  if (model.layers !== undefined) return model.layers.map((kind) => listed(model, kind));
  const { numLayers, moe, slidingWindow } = model;
  const expertLayers = moe?.expertLayers ?? 0;
  const fullEvery = slidingWindow?.fullEvery ?? null;
  return [...plain(model, 'dense', numLayers - expertLayers), ...plain(model, 'experts', expertLayers)].flatMap(
    (layers) => {
      if (slidingWindow === undefined) return [layers];
      // Every n-th layer reads everything, wherever the experts are.
      const full = fullEvery === null ? 0 : Math.floor(layers.count / fullEvery);
      return [
        { ...layers, count: layers.count - full, window: slidingWindow.tokens },
        { ...layers, count: full },
      ].filter(({ count }) => count > 0);
    },
  );
}

function plain(shape: ModelShape, mlp: Layers['mlp'], count: number): Layers[] {
  if (count === 0) return [];
  return [{ count, mixers: ['attention'], mlp, shape, window: null, sharesKeyValues: false, otherParameters: 0 }];
}

function listed(model: ModelShape, kind: LayerKind): Layers {
  const {
    count,
    mixers = ['attention'],
    mlp = 'dense',
    attendsTo,
    sharesKeyValues,
    otherParameters,
    ...differs
  } = kind;
  return {
    count,
    mixers,
    mlp,
    shape: { ...model, ...differs },
    window: attendsTo ?? null,
    sharesKeyValues: sharesKeyValues ?? false,
    otherParameters: otherParameters ?? 0,
  };
}
