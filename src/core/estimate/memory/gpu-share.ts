import { parameterGroups, type LayerGroups, type ParameterGroups } from '../../run/parameters.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import type { DescribedRun } from '../described-run.ts';
import { microBatchesInFlight } from './micro-batches.ts';
import { stateRanks, type StateRanks } from './sharding.ts';
import type { Stage } from './stage.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';

/** What of the model and of a micro batch one GPU holds, before states are sharded over data parallel ranks. */
export interface GpuShare {
  readonly stage: Stage;
  /** Layers of this pipeline stage. */
  readonly layers: number;
  /** Of these, layers with experts; a fraction where stages differ. */
  readonly expertLayers: number;
  /** Micro batches whose activations are alive at once; a fraction where chunks of a stage are interleaved. */
  readonly microBatchesInFlight: number;
  /** Tokens of one micro batch on one context parallel rank. */
  readonly tokens: number;
  /** Rows of embedding and head, padding included. */
  readonly vocabSize: number;
  /** Parameters that data and context parallel ranks repeat: all but the routed experts. */
  readonly denseParameters: number;
  readonly expertParameters: number;
  /** Of both, those outside the layers: embedding, positions, head, final norm. */
  readonly outerParameters: number;
  /** Output matrix, or the embedding where they are one; 0 where the stage has no head. */
  readonly headParameters: number;
  /** The largest layer. */
  readonly layerParameters: number;
  /** Trained parameters: all of them, or the adapters'. */
  readonly trainedDense: number;
  readonly trainedExperts: number;
  readonly denseRanks: StateRanks;
  readonly expertRanks: StateRanks;
}

/**
 * The share of a GPU of one pipeline stage. Tensor parallel ranks divide projections, MLP, embedding and head, and repeat
 * norms and routers; key and value projections stop at one head a rank (Megatron-LM, arXiv 1909.08053 §3). Dense weights
 * are repeated by data × context ranks, experts by what expert parallelism leaves of those (Megatron Core, MoE docs).
 */
export function gpuShare(run: DescribedRun, traits: TrainerTraits, stage: Stage): GpuShare {
  const { model, parameters, training, parallelism } = run;
  const { tensor, pipeline, pipelineSchedule, context } = parallelism;
  const groups = parameterGroups(padded(model, tensor, traits));
  const layers = layersOf(stage, model.numLayers, pipeline);

  const embedding = groups.embedding / tensor;
  const ownHead = groups.head > 0 ? groups.head / tensor : embedding;
  const repeats = (parallelism.data ?? 1) * context;
  const numExperts = Math.max(...groups.layers.map((layer) => layer.numExperts));
  const expertWays = expertDivision(parallelism, repeats, numExperts);
  // A stage has its share of each kind of layer.
  const share = layers / model.numLayers;
  const kinds = groups.layers.map((layer) => ({
    count: share * layer.count,
    isExpert: layer.numExperts > 0,
    dense: denseLayer(layer, tensor, model.numKeyValueHeads),
    experts: (layer.numExperts * layer.expert) / expertWays,
  }));

  // The first stage holds the embedding, the last the head, and tied models a copy on both (arXiv 2104.04473 §2.2).
  const hasEmbedding = stage === 'only' || stage === 'first';
  const hasHead = stage === 'only' || stage === 'last';
  const first = hasEmbedding ? embedding + groups.positions : 0;
  const lastHead = stage === 'only' ? groups.head / tensor : ownHead;
  const last = hasHead ? lastHead + groups.outerNorms : 0;
  const beside = besideLayers(groups, { hasEmbedding, hasHead }, tensor);
  const denseParameters = first + last + sumOf(kinds, ({ count, dense }) => count * dense) + beside.held;
  const expertParameters = sumOf(kinds, ({ count, experts }) => count * experts);
  const isFull = training.method === 'full';
  const trainsDecoder = isFull && training.frozenDecoder !== true;
  const sequences = training.microBatchSize * (training.pairedSamples ? 2 : 1);
  // DualPipe runs the pipeline from both ends, so that each GPU holds two stages (arXiv 2412.19437 §3.2.1).
  const copies = pipelineSchedule === 'dualpipe' && pipeline > 1 ? 2 : 1;
  return {
    stage,
    layers,
    expertLayers: sumOf(kinds, ({ count, isExpert }) => (isExpert ? count : 0)),
    microBatchesInFlight: microBatchesInFlight(run, stage),
    tokens: Math.ceil((sequences * training.sequenceLength) / context),
    vocabSize: padded(model, tensor, traits).vocabSize,
    denseParameters: copies * denseParameters,
    expertParameters: copies * expertParameters,
    outerParameters: first + last,
    headParameters: hasHead ? ownHead : 0,
    layerParameters: Math.max(...kinds.map(({ dense, experts }) => dense + experts)),
    trainedDense: trainsDecoder
      ? copies * (denseParameters - beside.frozen)
      : isFull
        ? beside.held - beside.frozen
        : parameters.trainable / pipeline,
    trainedExperts: trainsDecoder ? copies * expertParameters : 0,
    denseRanks: stateRanks(parallelism, repeats, traits),
    expertRanks: stateRanks(parallelism, Math.max(1, (repeats * tensor) / expertWays), traits),
  };
}

/** Of one layer, what is no routed expert. */
function denseLayer(layer: LayerGroups, tensor: number, keyValueHeads: number): number {
  const divided = (layer.queryOutput + layer.denseMlp + layer.sharedExperts) / tensor;
  return divided + layer.keyValue / Math.min(tensor, keyValueHeads) + layer.latent + layer.norms + layer.router;
}

/** Towers stand with the embedding, modules that predict further tokens with the head; tensor ranks divide both. */
function besideLayers(
  groups: ParameterGroups,
  { hasEmbedding, hasHead }: { readonly hasEmbedding: boolean; readonly hasHead: boolean },
  tensor: number,
): { held: number; frozen: number } {
  const predictions = hasHead ? groups.extraPredictions : 0;
  const towers = hasEmbedding ? groups.towers : [];
  const held = sumOf(towers, ({ layers, projector }) => layers + projector);
  const trained = sumOf(towers, (tower) => tower.trained);
  return { held: (predictions + held) / tensor, frozen: (held - trained) / tensor };
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}

/**
 * Layers that do not divide are dealt out with embedding and head counting as a layer each, where that divides (Llama 3,
 * arXiv 2407.21783 §3.3.2; torchtitan, `generate_llm_fqn_per_model_part`); else the fullest stage counts.
 */
function layersOf(stage: Stage, layers: number, pipeline: number): number {
  const withEnds = (layers + 2) / pipeline;
  const isUneven = pipeline > 1 && layers % pipeline !== 0 && Number.isInteger(withEnds);
  if (!isUneven) return Math.ceil(layers / pipeline);
  return stage === 'second' ? withEnds : Math.max(1, withEnds - 1);
}

/** Megatron pads the vocabulary to a multiple of 128 for each tensor rank (`--make-vocab-size-divisible-by`). */
function padded(model: ModelShape, tensor: number, { states }: TrainerTraits): ModelShape {
  if (states !== 'megatron') return model;
  const multiple = 128 * tensor;
  return { ...model, vocabSize: Math.ceil(model.vocabSize / multiple) * multiple };
}

/**
 * Ways in which one layer's experts are divided: expert × their tensor ranks, or expert ranks alone where these reach
 * into the tensor ranks for want of data parallel ones.
 */
function expertDivision(
  { expert, tensor, expertTensor, data }: Parallelism,
  repeats: number,
  numExperts: number,
): number {
  const ranks = Math.min(expert, Math.max(1, numExperts));
  if (expertTensor !== null) return Math.min(ranks * expertTensor, Math.max(expertTensor, repeats * tensor));
  if (data === null || ranks <= repeats) return ranks * tensor;
  return Math.min(ranks, repeats * tensor);
}
