import type { LayerKind, MixerName } from '../run/layer-kind.ts';
import type { LinearAttentionShape, MambaShape } from '../run/mixer-shapes.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Ledger } from './ledger.ts';

/**
 * Dimensions of the mixers that the layers name. What is left out of a state space is as its first implementation has it
 * (state-spaces/mamba, Mamba and Mamba2); null where a dimension is missing that has no usual value.
 */
export function mixersOf(
  ledger: Ledger,
  layers: readonly LayerKind[],
  { hiddenSize, numAttentionHeads }: { readonly hiddenSize: number; readonly numAttentionHeads: number },
): Partial<ModelShape> | null {
  const names = new Set(layers.flatMap(({ mixers = ['attention'] }): readonly MixerName[] => mixers));
  const linearAttention = names.has('linear_attention') ? linearAttentionOf(ledger) : undefined;
  if (linearAttention === null) return null;
  return {
    ...(names.has('mamba') || names.has('mamba2') ? { mamba: mambaOf(ledger, hiddenSize, names.has('mamba2')) } : {}),
    ...(linearAttention === undefined ? {} : { linearAttention }),
    ...(names.has('short_convolution') ? { shortConvolution: shortConvolutionOf(ledger) } : {}),
    ...(names.has('gated_recurrence')
      ? {
          gatedRecurrence: {
            width: ledger.valueOr('model.gated_recurrence.width', hiddenSize),
            convKernel: ledger.valueOr('model.gated_recurrence.conv_kernel', 4),
            numHeads: ledger.valueOr('model.gated_recurrence.num_heads', numAttentionHeads),
          },
        }
      : {}),
    ...(names.has('cross_attention')
      ? {
          crossAttention: {
            sourceSize: ledger.valueOr('model.cross_attention.source_size', hiddenSize),
            isGated: ledger.valueOr('model.cross_attention.gated', false),
          },
        }
      : {}),
  };
}

function mambaOf(ledger: Ledger, hiddenSize: number, isSecond: boolean): MambaShape {
  const reason = 'not stated; as the first implementation has it';
  const innerSize = ledger.value('model.mamba.d_inner', 2 * hiddenSize, reason);
  return {
    innerSize,
    stateSize: ledger.value('model.mamba.d_state', isSecond ? 128 : 16, reason),
    convKernel: ledger.valueOr('model.mamba.d_conv', 4),
    convBias: ledger.valueOr('model.mamba.conv_bias', true),
    projectionBias: ledger.valueOr('model.mamba.proj_bias', false),
    stepRank: ledger.valueOr('model.mamba.dt_rank', Math.ceil(hiddenSize / 16)),
    innerNorms: ledger.valueOr('model.mamba.inner_norms', false),
    numHeads: isSecond ? ledger.value('model.mamba.n_heads', Math.max(1, Math.floor(innerSize / 64)), reason) : 1,
    numGroups: ledger.valueOr('model.mamba.n_groups', 1),
    chunkSize: ledger.valueOr('model.mamba.chunk_size', 256),
    outputNorm: ledger.valueOr('model.mamba.output_norm', true),
  };
}

function linearAttentionOf(ledger: Ledger): LinearAttentionShape | null {
  const kind = ledger.stated('model.linear_attention.kind');
  const numKeyHeads = ledger.stated('model.linear_attention.num_key_heads');
  const keyHeadDim = ledger.stated('model.linear_attention.key_head_dim');
  if (kind === null || numKeyHeads === null || keyHeadDim === null) {
    ledger.cannotKnow(
      'parameters',
      'layers of linear_attention need model.linear_attention.kind, num_key_heads and key_head_dim',
    );
    return null;
  }
  return {
    kind,
    numKeyHeads,
    keyHeadDim,
    numValueHeads: ledger.valueOr('model.linear_attention.num_value_heads', numKeyHeads),
    valueHeadDim: ledger.valueOr('model.linear_attention.value_head_dim', keyHeadDim),
    convKernel: ledger.valueOr('model.linear_attention.conv_kernel', 4),
  };
}

function shortConvolutionOf(ledger: Ledger): NonNullable<ModelShape['shortConvolution']> {
  return {
    kernel: ledger.value('model.short_convolution.kernel', 3, 'not stated; as in LFM2'),
    bias: ledger.valueOr('model.short_convolution.bias', false),
  };
}
