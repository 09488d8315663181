import type { MixerName } from '../../run/layer-kind.ts';
import { layerStack } from '../../run/layer-stack.ts';
import { isRecurrence, mixerParts } from '../../run/mixers/index.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { LineItem } from '../line-item.ts';
import { layerActivations, type LayerActivations } from './layer-activations.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the forward pass keeps for the backward pass: per layer, token and micro batch in flight, after checkpointing,
 * and while going backwards the one layer that is recomputed or worked on.
 */
export function activations(snapshot: Snapshot): LineItem {
  const { gpu, training, phase } = snapshot;
  const tokens = tokensOf(snapshot);
  const kinds = snapshot.layers.map(({ count, activations: layer }) => ({
    count,
    kept: keptPerToken(snapshot, layer),
  }));
  const keptOfAll = kinds.reduce((sum, { count, kept }) => sum + count * kept, 0);
  // Offloaded activations leave two layers behind: one on its way out, one on its way in.
  const inTransit = Math.min(2, gpu.layers) * Math.max(...kinds.map(({ kept }) => kept));
  const kept = training.activationOffload ? inTransit : keptOfAll * gpu.microBatchesInFlight;
  const working = atWorkPerToken(snapshot);
  const perToken = {
    forward: kept + edgePerToken(snapshot),
    loss: kept + edgePerToken(snapshot),
    backward: kept + edgePerToken(snapshot) + working,
    'end-of-backward': working,
    'optimizer-step': 0,
  }[phase];
  const keptShare = phase === 'end-of-backward' || phase === 'optimizer-step' ? 0 : kept;
  return {
    id: 'activations',
    label: 'Activations',
    bytes: perToken * tokens,
    formula: '(k·L·m + r)·T',
    quantities: [
      ['k', keptShare / (gpu.layers * gpu.microBatchesInFlight)],
      ['L', gpu.layers],
      ['m', gpu.microBatchesInFlight],
      ['r', perToken - keptShare],
      ['T', tokens],
    ],
    source: source[training.activationCheckpointing],
  };
}

const source = {
  none: 'saved tensors by operator; cf. arXiv 2205.05198 §4.1',
  selective:
    'saved tensors by operator without those recomputed; torchtitan selective checkpointing, arXiv 2205.05198 §5',
  full: 'a layer keeps its input and is recomputed whole; arXiv 1604.06174 §3, 2205.05198 §5',
};

/** Bytes of the one layer that goes backwards: what of it was not kept, and what it makes; at the end all that it has. */
export function layerAtWorkBytes(snapshot: Snapshot): number {
  return atWorkPerToken(snapshot) * tokensOf(snapshot);
}

function atWorkPerToken(snapshot: Snapshot): number {
  const { gpu, training, phase, layers } = snapshot;
  const live = Math.max(...layers.map(({ activations: { all } }) => all));
  if (phase === 'end-of-backward') return live + workingPerToken(snapshot);
  const recomputed = {
    none: 0,
    // Of the layer at work, only what was not kept comes back.
    selective: Math.max(...layers.map(({ activations: layer }) => layer.all - keptPerToken(snapshot, layer))),
    full: Math.min(training.checkpointLayers, gpu.layers) * live,
  }[training.activationCheckpointing];
  return recomputed + workingPerToken(snapshot);
}

/** Tokens of a micro batch that the longest batch really has. */
export function tokensOf({ gpu, circumstances }: Snapshot): number {
  return gpu.tokens * circumstances.fill;
}

/** A stage has its share of each kind of layer; modules that predict further tokens have one more of the last, with the head. */
export function stageLayers(snapshot: Omit<Snapshot, 'phase' | 'layers'>): Snapshot['layers'] {
  const { gpu, model, training, parallelism, circumstances, numerics } = snapshot;
  const stack = layerStack(model);
  const more = gpu.stage === 'first' ? 0 : (model.extraPredictions ?? 0);
  return stack.map(({ count, shape, mixers, mlp }, index) => ({
    count: (count * gpu.layers) / model.numLayers + (index === stack.length - 1 ? more : 0),
    activations: layerActivations({
      model: shape,
      training,
      circumstances,
      tensor: parallelism.tensor,
      sequenceParallel: parallelism.sequenceParallel,
      numerics,
      hasExperts: mlp === 'experts',
      mixers,
      hasMlp: mlp !== 'none',
    }),
  }));
}

/** Layers that are recomputed in groups keep one input a group; where one of n is, the others keep everything. */
export function keptPerToken({ training, traits, gpu, parallelism }: Snapshot, layer: LayerActivations): number {
  const { activationCheckpointing, checkpointLayers, recomputeLayers } = training;
  switch (activationCheckpointing) {
    case 'none':
      return layer.all;
    case 'full': {
      if (recomputeLayers === undefined) return layer.input / checkpointLayers;
      // Of each chunk the first layers alone (Megatron Core, `TransformerBlock._checkpointed_forward`, block).
      const recomputed = Math.min(1, recomputeLayers / (gpu.layers / parallelism.virtualPipeline));
      return recomputed * layer.input + (1 - recomputed) * layer.all;
    }
    case 'selective':
      if (checkpointLayers > 1) return layer.all - (layer.all - layer.input) / checkpointLayers;
      return traits.selectivePolicy === 'all-but-scores' || training.recomputeModules.length > 0
        ? layer.allButScores
        : layer.everySecondMatmul;
  }
}

/** Input and output of the final norm, on the stage that has the head. */
function edgePerToken(snapshot: Snapshot): number {
  const { gpu, model, training, parallelism, numerics, circumstances } = snapshot;
  if (gpu.stage === 'first' || gpu.stage === 'second') return 0;
  // The head's input is the norm's output; a frozen head keeps it where frozen matrices do, beside what its norm reads.
  const ofHead = training.method !== 'full' && circumstances.keepsFrozenInputs ? numerics.compute : 0;
  const bytes = (numerics.normInput + numerics.compute + ofHead) * model.hiddenSize;
  return parallelism.sequenceParallel ? bytes / parallelism.tensor : bytes;
}

/**
 * What one layer that goes backwards makes beyond what it keeps, since each operator gives back what it has used. Behind the
 * down projection the gradient of the product takes the product's place, and those of activation and up come on top; where
 * attention goes backwards the MLP is gone, and its gradients are there with the fp32 accumulator of the queries' one
 * (FlashAttention-2, arXiv 2307.08691 §3.1); and what comes into the layer and leaves it.
 */
function workingPerToken({ model, training, parallelism, circumstances, numerics }: Snapshot): number {
  const x = numerics.compute;
  const hasDense = layerStack(model).some(({ mlp }) => mlp === 'dense');
  const width = Math.max(
    hasDense && training.tiledMlp !== true ? model.intermediateSize : 0,
    model.moe === null ? 0 : model.moe.expertsPerToken * model.moe.intermediateSize,
  );
  // Gradients of what experts take in and give out, permuted, and the fp32 one of their weighted sum.
  const weighted = circumstances.fusedWeighting ? 0 : 4;
  const permuted = model.moe === null ? 0 : (2 * x + weighted) * model.moe.expertsPerToken * model.hiddenSize;
  // Without flash attention the gradient of the softmax and that of the scores, the probabilities' place being free again.
  const ofScores = 2 * x;
  const scores = training.flashAttention ? 0 : ofScores * model.numAttentionHeads * training.sequenceLength;
  const mixing = Math.max(...mixersOf(model).map((name) => mixingBytes(model, name, x)), scores);
  const gone = (model.gatedMlp ? 4 : 2) * numerics.output * width;
  // Compiled, the gradients are made at once, and the product is still there. A kernel that writes them over gate and up
  // makes the product's gradient alone (Liger-Kernel, ops/swiglu.py, `_swiglu_backward_kernel`).
  const made = (model.gatedMlp && !circumstances.gatedInPlace ? 2 : 1) + (training.compile ? 1 : 0);
  const ofMlp = made * numerics.output * width + permuted;
  const inner = Math.max(ofMlp, mixing - gone);
  return circumstances.workingShare * (inner / parallelism.tensor + 2 * numerics.residual * model.hiddenSize);
}

function mixersOf(model: ModelShape): MixerName[] {
  return [...new Set(layerStack(model).flatMap(({ mixers }) => mixers))];
}

/** Attention's, or the gradients of half of what another mixer keeps, and the states of its chunks. */
function mixingBytes(model: ModelShape, name: MixerName, x: number): number {
  if (!isRecurrence(name)) return (4 + 4 * x) * model.numAttentionHeads * model.headDim;
  const { keptValues, workingFp32Values } = mixerParts(model, name);
  return (x * keptValues) / 2 + 4 * workingFp32Values;
}
