import type { LayerKind } from '../../run/layer-kind.ts';

/** One layer: what makes it of its kind. */
export type Layer = Omit<LayerKind, 'count'>;
