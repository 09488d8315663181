import type { LatentAttention } from './mixer-shapes.ts';
import type { ModelShape, Peculiarity } from './model-shape.ts';

/** A linear layer of the model: `inputs × outputs` weights, and `outputs` biases where it has them. */
export interface Matrix {
  /** What implementations call it: the last part of its module name, in lower case. */
  readonly names: readonly string[];
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
  /** Holds what other matrices of the list hold, in a model that keeps them as one. */
  readonly isFusion?: boolean;
}

/** Query, key, value and output projections of one layer. */
export function attentionMatrices(
  model: ModelShape,
): readonly [query: Matrix, key: Matrix, value: Matrix, output: Matrix] {
  const { hiddenSize, qkvBias } = model;
  const { query, keyValue } = attentionWidths(model);
  const gated = has(model, 'attention-gate') ? 2 : 1;
  return [
    { names: ['q_proj', 'wq'], inputs: hiddenSize, outputs: gated * query, bias: qkvBias },
    { names: ['k_proj', 'wk'], inputs: hiddenSize, outputs: keyValue, bias: qkvBias && !has(model, 'unbiased-keys') },
    { names: ['v_proj', 'wv'], inputs: hiddenSize, outputs: keyValue, bias: qkvBias },
    {
      names: ['o_proj', 'wo', 'out_proj', 'output_proj', 'linear_proj', 'dense', 'c_proj'],
      inputs: query,
      outputs: hiddenSize,
      bias: model.attentionOutputBias,
    },
  ];
}

/** The matrices of multi-head latent attention: those that compress, which ranks repeat, and those they divide. */
export function latentMatrices(
  { hiddenSize, numAttentionHeads: heads, qkvBias, attentionOutputBias }: ModelShape,
  { queryRank, keyValueRank, plainHeadDim, ropeHeadDim, valueHeadDim, indexer }: LatentAttention,
): {
  readonly down: readonly Matrix[];
  readonly up: readonly Matrix[];
  readonly output: Matrix;
  readonly indexer: readonly Matrix[];
} {
  const query = heads * (plainHeadDim + ropeHeadDim);
  const keyValue = heads * (plainHeadDim + valueHeadDim);
  const latent = { names: ['kv_a_proj_with_mqa', 'wkv_a'], inputs: hiddenSize, bias: qkvBias };
  const expanded = { names: ['kv_b_proj', 'wkv_b'], inputs: keyValueRank, outputs: keyValue, bias: false };
  return {
    down: [
      ...(queryRank === 0
        ? []
        : [{ names: ['q_a_proj', 'wq_a'], inputs: hiddenSize, outputs: queryRank, bias: qkvBias }]),
      { ...latent, outputs: keyValueRank + ropeHeadDim },
    ],
    up: [
      queryRank === 0
        ? { names: ['q_proj', 'wq'], inputs: hiddenSize, outputs: query, bias: false }
        : { names: ['q_b_proj', 'wq_b'], inputs: queryRank, outputs: query, bias: false },
      expanded,
    ],
    output: { names: ['o_proj', 'wo'], inputs: heads * valueHeadDim, outputs: hiddenSize, bias: attentionOutputBias },
    indexer: indexer === undefined ? [] : indexerMatrices(hiddenSize, queryRank, indexer),
  };
}

/** Queries of all its heads, one key, a weight a head (DeepSeek-V3.2, arXiv 2512.02556 §2.1 and its released code). */
function indexerMatrices(
  hiddenSize: number,
  queryRank: number,
  { heads, headDim }: NonNullable<LatentAttention['indexer']>,
): readonly Matrix[] {
  return [
    { names: ['indexer_q'], inputs: queryRank, outputs: heads * headDim, bias: false },
    { names: ['indexer_k'], inputs: hiddenSize, outputs: headDim, bias: false },
    { names: ['indexer_weights'], inputs: hiddenSize, outputs: heads, bias: false },
  ];
}

/** The two or three matrices of an MLP `width` wide: a dense layer's, an expert's, or the shared experts' together. */
export function mlpMatrices(model: ModelShape, width: number): readonly Matrix[] {
  const { hiddenSize, gatedMlp, mlpBias: bias } = model;
  const up = gatedMlp ? ['up_proj', 'w3'] : ['up_proj', 'w3', ...plainUpNames];
  const down = ['down_proj', 'w2', 'fc2', 'fc_out', 'dense_4h_to_h', 'linear_fc2', 'c_proj'];
  return [
    ...(gatedMlp ? [{ names: ['gate_proj', 'w1'], inputs: hiddenSize, outputs: width, bias }] : []),
    { names: up, inputs: hiddenSize, outputs: width, bias },
    { names: down, inputs: width, outputs: hiddenSize, bias },
  ];
}

/** Names of the first MLP matrix where there is one; in a gated MLP they mean gate and up in one matrix. */
const plainUpNames = ['fc1', 'fc_in', 'dense_h_to_4h', 'linear_fc1', 'c_fc'];

/** Query, key and value in one matrix, as GPT-2, GPT-NeoX and Phi-3 keep them. */
export function fusedQkv(model: ModelShape): Matrix {
  const { query, keyValue } = attentionWidths(model);
  return {
    names: ['query_key_value', 'qkv_proj', 'c_attn', 'wqkv', 'w_pack', 'linear_qkv'],
    inputs: model.hiddenSize,
    outputs: query + 2 * keyValue,
    bias: model.qkvBias,
    isFusion: true,
  };
}

/** Gate and up in one matrix, as Phi-3 and Megatron keep them; null for an MLP without a gate. */
export function fusedGateUp(model: ModelShape, width: number): Matrix | null {
  if (!model.gatedMlp) return null;
  return {
    names: ['gate_up_proj', ...plainUpNames],
    inputs: model.hiddenSize,
    outputs: 2 * width,
    bias: model.mlpBias,
    isFusion: true,
  };
}

/** Widths of all query heads and of all key (or value) heads: heads × head size, which need not be the hidden size. */
export function attentionWidths(model: ModelShape): { query: number; keyValue: number } {
  return { query: model.numAttentionHeads * model.headDim, keyValue: model.numKeyValueHeads * model.headDim };
}

export function has(model: ModelShape, peculiarity: Peculiarity): boolean {
  return model.peculiarities?.includes(peculiarity) ?? false;
}

export function weights({ inputs, outputs, bias }: Matrix): number {
  return inputs * outputs + (bias ? outputs : 0);
}
