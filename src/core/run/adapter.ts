import {
  attentionMatrices,
  fusedGateUp,
  fusedQkv,
  latentMatrices,
  mlpMatrices,
  weights,
  type Matrix,
} from './matrices.ts';
import type { MixerName } from './layer-kind.ts';
import { layerStack, type Layers } from './layer-stack.ts';
import { crossAttentionMatrices } from './mixers/cross-attention.ts';
import { isRecurrence, mixerParts } from './mixers/index.ts';
import type { ModelShape, MoeShape } from './model-shape.ts';
import type { Adapter } from './training.ts';

/**
 * Trainable parameters of LoRA: rank × (inputs + outputs) for every matrix that carries an adapter, since it adds
 * an `inputs × rank` and a `rank × outputs` matrix (arXiv 2106.09685, section 4.1). Experts carry one each. DoRA adds a
 * magnitude for each output (2402.09353, section 4).
 * Llama-2-7B, rank 8, q_proj and v_proj: 32 layers · 2 · 8 · (4096 + 4096) = 4,194,304.
 */
export function adapterParameters(model: ModelShape, adapter: Adapter): number {
  const { rank, targetModules, adapters, dora = false, trainedModules = [] } = adapter;
  const targets = targetModules.map(wordsOf);
  const width = slots(model)
    .filter((slot) => isTargeted(slot, targets))
    .reduce((total, { matrix, copies }) => {
      const magnitudes = dora ? matrix.outputs : 0;
      return total + copies * (rank * (matrix.inputs + matrix.outputs) + magnitudes);
    }, 0);
  return width * adapters + wholeParameters(model, trainedModules);
}

/** Modules trained whole beside the adapters (PEFT, LoraConfig.modules_to_save): a copy of each is trained. */
function wholeParameters(model: ModelShape, modules: readonly string[]): number {
  const targets = modules.map(wordsOf);
  return slots(model)
    .filter((slot) => isTargeted(slot, targets))
    .reduce((total, { matrix, copies }) => total + copies * weights(matrix), 0);
}

/** The target modules that name no matrix of the model: an adapter on them would be counted as nothing. */
export function unmatchedTargets(model: ModelShape, targetModules: readonly string[]): string[] {
  const places = slots(model);
  return targetModules.filter((target) => !places.some((slot) => isTargeted(slot, [wordsOf(target)])));
}

/** A place for an adapter: a matrix that the model has `copies` times. */
interface Slot {
  readonly matrix: Matrix;
  readonly copies: number;
  /** Belongs to `all-linear`: every projection but the head (PEFT, LoraConfig.target_modules). */
  readonly isLinear?: boolean;
  readonly isShared?: boolean;
  /** For matrices kept as one: their names apart. A model has them one way or the other. */
  readonly parts?: readonly string[];
}

function slots(model: ModelShape): Slot[] {
  const { hiddenSize, vocabSize } = model;
  return [
    ...layerStack(model).flatMap(layerSlots),
    outside(['embed_tokens', 'wte', 'word_embeddings', 'tok_embeddings', 'embed_in'], vocabSize, hiddenSize),
    outside(['lm_head', 'embed_out'], hiddenSize, vocabSize),
  ];
}

function layerSlots({ count, mixers, mlp, shape }: Layers): Slot[] {
  return [
    ...mixers.flatMap((mixer) => mixerSlots(shape, mixer, count)),
    ...(mlp === 'dense' ? mlpSlots(shape, shape.intermediateSize, count) : []),
    ...(mlp === 'experts' && shape.moe !== null ? expertSlots(shape, shape.moe, count) : []),
  ];
}

function mixerSlots(model: ModelShape, mixer: MixerName, copies: number): Slot[] {
  if (isRecurrence(mixer)) {
    return mixerParts(model, mixer).matrices.map((matrix) => ({ matrix, copies, isLinear: true }));
  }
  if (mixer === 'cross_attention') {
    const cross = model.crossAttention ?? { sourceSize: model.hiddenSize, isGated: false };
    return crossAttentionMatrices(model, cross).map((matrix) => ({ matrix, copies, isLinear: true }));
  }
  return attentionSlots(model, copies);
}

function attentionSlots(model: ModelShape, copies: number): Slot[] {
  const { latentAttention } = model;
  if (latentAttention !== undefined) {
    const { down, up, output } = latentMatrices(model, latentAttention);
    return [...down, ...up, output].map((matrix) => ({ matrix, copies, isLinear: true }));
  }
  const attention = attentionMatrices(model);
  return [
    ...attention.map((matrix) => ({ matrix, copies, isLinear: true })),
    fused(fusedQkv(model), copies, attention.slice(0, 3)),
  ];
}

function expertSlots(model: ModelShape, moe: MoeShape, expertLayers: number): Slot[] {
  const { numExperts, sharedExperts, sharedIntermediateSize } = moe;
  const router = { names: ['gate', 'router'], inputs: model.hiddenSize, outputs: numExperts, bias: false };
  const shared = mlpSlots(model, sharedExperts * sharedIntermediateSize, sharedExperts === 0 ? 0 : expertLayers);
  return [
    { matrix: router, copies: expertLayers, isLinear: true },
    ...mlpSlots(model, moe.intermediateSize, expertLayers * numExperts),
    ...shared.map((slot) => ({ ...slot, isShared: true })),
  ];
}

function mlpSlots(model: ModelShape, width: number, copies: number): Slot[] {
  const matrices = mlpMatrices(model, width);
  const gateUp = fusedGateUp(model, width);
  return [
    ...matrices.map((matrix) => ({ matrix, copies, isLinear: true })),
    ...(gateUp === null ? [] : [fused(gateUp, copies, matrices.slice(0, 2))]),
  ];
}

function fused(matrix: Matrix, copies: number, parts: readonly Matrix[]): Slot {
  return { matrix, copies, parts: parts.flatMap(({ names }) => names) };
}

function outside(names: readonly string[], inputs: number, outputs: number): Slot {
  return { matrix: { names, inputs, outputs, bias: false }, copies: 1 };
}

function isTargeted(slot: Slot, targets: readonly ReadonlySet<string>[]): boolean {
  const { matrix, isLinear = false, isShared = false, parts = [] } = slot;
  const isNamed = (names: readonly string[], words: ReadonlySet<string>) => names.some((name) => words.has(name));
  if (targets.some((words) => isNamed(parts, words))) return false;
  return targets.some((words) => {
    if (isLinear && words.has('all-linear')) return true;
    return isNamed(matrix.names, words) && (isShared || !isNamed(['shared_expert', 'shared_experts'], words));
  });
}

/**
 * The words of a target module as PEFT reads it: a name (`q_proj`), the end of a path (`shared_expert.up_proj`) or a
 * regular expression (`.*\.(q|v)_proj`), whose alternatives are spelled out.
 */
function wordsOf(target: string): ReadonlySet<string> {
  const spelledOut = target
    .toLowerCase()
    .replace(/\((?:\?:)?([\w|]+)\)(\w*)/g, (_, alternatives: string, ending: string) =>
      alternatives
        .split('|')
        .map((alternative) => alternative + ending)
        .join(' '),
    );
  return new Set(spelledOut.split(/[^a-z0-9_-]+/));
}
