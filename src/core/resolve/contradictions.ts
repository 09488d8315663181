import type { RunField } from '../run/fields.ts';
import { positionsBeyond } from '../run/positions-beyond.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Parallelism } from '../run/parallelism.ts';
import type { Training } from '../run/training.ts';
import type { Ledger } from './ledger.ts';

/** A parallel size, and what it has to divide. */
interface Division {
  readonly field: RunField;
  readonly size: number;
  readonly what: string;
  /** Where the other number is stated, or follows from. */
  readonly other: RunField;
  readonly whole: number;
}

/** Names what the trainer would refuse when it starts: parallel sizes that divide nothing evenly, and missing positions. */
export function nameContradictions(
  ledger: Ledger,
  model: ModelShape | null,
  parallelism: Parallelism,
  training: Training,
): void {
  const { tensor, context, expert } = parallelism;
  const { sequenceLength } = training;
  if (!padsSequences.has(ledger.dialect)) {
    const sequence = {
      what: 'tokens of a sequence',
      other: 'training.sequence_length',
      whole: sequenceLength,
    } as const;
    nameUneven(ledger, { field: 'parallelism.context', size: context, ...sequence });
  }
  if (model === null) return;
  if (model.moe !== null && model.moe.expertLayers > 0) {
    const experts = { what: 'experts', other: 'model.moe.num_experts', whole: model.moe.numExperts } as const;
    nameUneven(ledger, { field: 'parallelism.expert', size: expert, ...experts });
  }
  if (hasAttention(model)) nameUnevenHeads(ledger, model, tensor);
  if (needsEvenStages(ledger)) nameUnevenStages(ledger, model, parallelism);
  namePositions(ledger, model, sequenceLength);
}

/** Dialects whose trainer pads sequences until the context ranks divide them. */
const padsSequences: ReadonlySet<string> = new Set(['ms-swift', 'axolotl', 'llama-factory', 'verl', 'openrlhf']);

/** Dimensions may come with the model that the config names; everything else the config has to say itself. */
function isSure(ledger: Ledger, field: RunField): boolean {
  return field.startsWith('model.') ? ledger.isCertain(field) : ledger.isFromConfig(field);
}

function hasAttention({ layers }: ModelShape): boolean {
  return layers?.some(({ mixers = ['attention'] }) => mixers.includes('attention')) !== false;
}

/** Heads are whole on a rank; fewer key and value heads than ranks are copied, each to as many ranks as the others. */
function nameUnevenHeads(ledger: Ledger, model: ModelShape, tensor: number): void {
  const { numAttentionHeads, numKeyValueHeads } = model;
  const heads = { what: 'attention heads', other: 'model.num_attention_heads', whole: numAttentionHeads } as const;
  nameUneven(ledger, { field: 'parallelism.tensor', size: tensor, ...heads });
  if (model.latentAttention !== undefined || tensor % numKeyValueHeads === 0 || numAttentionHeads % tensor !== 0)
    return;
  const shared = { what: 'key and value heads', other: 'model.num_key_value_heads', whole: numKeyValueHeads } as const;
  nameUneven(ledger, { field: 'parallelism.tensor', size: tensor, ...shared });
}

/**
 * Trainers that give every stage as many layers as the others, unless they are told how many each has (Megatron-LM,
 * megatron/core/transformer/transformer_block.py, `get_num_layers_to_build`); others spread the rest.
 */
const evenStages: ReadonlySet<string | null> = new Set(['megatron-lm', 'megatron-bridge', 'nemo']);

function needsEvenStages(ledger: Ledger): boolean {
  return evenStages.has(ledger.stated('training.trainer')) && ledger.stated('parallelism.uneven_stages') !== true;
}

function nameUnevenStages(ledger: Ledger, model: ModelShape, { pipeline, virtualPipeline }: Parallelism): void {
  if (pipeline === 1) return;
  const layers = { what: 'layers', other: 'model.num_layers', whole: model.numLayers } as const;
  if (model.numLayers % pipeline !== 0)
    nameUneven(ledger, { field: 'parallelism.pipeline', size: pipeline, ...layers });
  else {
    const perStage = { ...layers, what: 'layers of a stage', whole: model.numLayers / pipeline };
    nameUneven(ledger, { field: 'parallelism.virtual_pipeline', size: virtualPipeline, ...perStage });
  }
}

function nameUneven(ledger: Ledger, { field, size, what, other, whole }: Division): void {
  if (size === 1 || whole % size === 0 || !ledger.isFromConfig(field) || !isSure(ledger, other)) return;
  const fitting = [below(whole, size), above(whole, size)].filter((one) => one !== null);
  ledger.problem(
    'contradiction',
    field,
    `${size} does not divide the ${whole} ${what}${source(ledger, other)}.`,
    `Use ${fitting.join(' or ')}, or make the ${what} a multiple of ${size}.`,
  );
}

function below(whole: number, size: number): number | null {
  for (let divisor = Math.min(size - 1, whole); divisor > 0; divisor -= 1) if (whole % divisor === 0) return divisor;
  return null;
}

function above(whole: number, size: number): number | null {
  const limit = Math.min(whole, 2 * size);
  for (let divisor = size + 1; divisor <= limit; divisor += 1) if (whole % divisor === 0) return divisor;
  return null;
}

function source(ledger: Ledger, field: RunField): string {
  const place = ledger.facts[field]?.place;
  if (place != null) return ` (${place.path}:${place.line})`;
  const id = ledger.stated('model.id');
  return id === null || !field.startsWith('model.') ? '' : ` of ${id}`;
}

/** A learned position past the last has no row; a rotary one has only never been trained. */
function namePositions(ledger: Ledger, { learnedPositions }: ModelShape, sequenceLength: number): void {
  if (!ledger.isFromConfig('training.sequence_length')) return;
  const positions = ledger.facts['model.max_position_embeddings']?.value ?? learnedPositions;
  const from = source(ledger, 'model.max_position_embeddings');
  if (learnedPositions > 0 && sequenceLength > positions) {
    if (!ledger.isCertain('model.max_position_embeddings')) return;
    ledger.problem(
      'contradiction',
      'training.sequence_length',
      `${sequenceLength} tokens are more than the ${positions} learned positions${from}.`,
      `State at most ${positions}, or a model with more positions.`,
    );
  } else if (learnedPositions === 0 && positionsBeyond(ledger.facts, sequenceLength) !== null) {
    const reason = `longer than the ${positions} positions${from} that the model knows, and no rope scaling is stated`;
    ledger.assume('training.sequence_length', sequenceLength, reason);
  }
}
