import type { MixerName } from '../layer-kind.ts';
import type { ModelShape } from '../model-shape.ts';
import { gatedRecurrence } from './gated-recurrence.ts';
import { linearAttention } from './linear-attention.ts';
import { mamba, mamba2 } from './mamba.ts';
import type { MixerParts } from './mixer-parts.ts';
import { shortConvolution } from './short-convolution.ts';

export type { MixerParts } from './mixer-parts.ts';

/** The mixers that are no softmax attention. */
export type Recurrence = Exclude<MixerName, 'attention' | 'cross_attention'>;

/** The parts of a mixer, from the dimensions that the model has for it. */
export function mixerParts(model: ModelShape, name: Recurrence): MixerParts {
  const { hiddenSize } = model;
  switch (name) {
    case 'mamba':
      return mamba(hiddenSize, needed(model.mamba, name));
    case 'mamba2':
      return mamba2(hiddenSize, needed(model.mamba, name));
    case 'linear_attention':
      return linearAttention(hiddenSize, needed(model.linearAttention, name));
    case 'short_convolution':
      return shortConvolution(hiddenSize, needed(model.shortConvolution, name));
    case 'gated_recurrence':
      return gatedRecurrence(hiddenSize, needed(model.gatedRecurrence, name));
  }
}

export function isRecurrence(name: MixerName): name is Recurrence {
  return name !== 'attention' && name !== 'cross_attention';
}

/** A model that names a mixer has its dimensions: whoever resolves it sees to that. */
function needed<Shape>(shape: Shape | undefined, name: MixerName): Shape {
  if (shape === undefined) throw new Error(`The model has layers of ${name} and no dimensions of it`);
  return shape;
}
