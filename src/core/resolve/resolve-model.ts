import { findModel } from '../catalog/model.ts';
import { findNamesake } from '../catalog/namesake.ts';
import type { RunField } from '../run/fields.ts';
import type { LayerKind } from '../run/layer-kind.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Ledger } from './ledger.ts';
import { shapeOf } from './resolve-shape.ts';
import { withFrozenTowers } from './resolve-towers.ts';
import { resolveVocabulary } from './resolve-vocabulary.ts';

/** What a decoder cannot be counted without. */
const needed = [
  'model.hidden_size',
  'model.num_layers',
  'model.num_attention_heads',
  'model.vocab_size',
] as const satisfies readonly RunField[];

/** The model's dimensions: those the config states, else the catalog's for the model that it names; null when neither. */
export function resolveModel(ledger: Ledger): ModelShape | null {
  const model = dimensionsOf(ledger);
  return model === null ? null : withFrozenTowers(ledger, model);
}

function dimensionsOf(ledger: Ledger): ModelShape | null {
  const id = ledger.stated('model.id');
  const layers = ledger.stated('model.layers');
  const lacking = () => needed.filter((field) => ledger.facts[field] === undefined && !followsFrom(layers, field));
  if (lacking().join() === 'model.vocab_size') resolveVocabulary(ledger);
  const missing = lacking();
  if (missing.length === 0) return isUndescribed(ledger, layers) ? null : shapeOf(ledger, layers);
  if (id !== null && missing.length === needed.length) return lookUp(id, ledger);
  ledger.cannotKnow(
    'parameters',
    id === null && missing.length === needed.length && !hasDimensions(ledger)
      ? 'the config describes no model; state model dimensions or model.id'
      : `the config states no ${missing.join(', ')}`,
  );
  return null;
}

/** Something of the model is stated: then what is missing is named, instead of the model as a whole. */
function hasDimensions({ facts }: Ledger): boolean {
  return Object.keys(facts).some((field) => field.startsWith('model.') && field !== 'model.tokenizer');
}

/** An MLP of two matrices instead of three is a third less: of a type that nobody has described it is not assumed. */
function isUndescribed(ledger: Ledger, layers: readonly LayerKind[] | null): boolean {
  const type = ledger.stated('model.unknown_type');
  if (type === null || layers?.every(({ mlp }) => mlp === 'none') === true) return false;
  const missing = (['model.gated_mlp', 'model.intermediate_size'] as const).filter((field) => {
    return ledger.facts[field] === undefined;
  });
  if (missing.length === 0) return false;
  ledger.cannotKnow(
    'parameters',
    `the model type ${type} is not known, and its config does not tell ${missing.join(', ')}; state that under policy assumptions`,
  );
  return true;
}

/** Layers that are listed add up, and need no heads where none of them has attention. */
function followsFrom(layers: readonly LayerKind[] | null, field: (typeof needed)[number]): boolean {
  if (layers === null) return false;
  if (field === 'model.num_layers') return true;
  const heads = layers.every(({ mixers = ['attention'], numAttentionHeads }) => {
    return (
      numAttentionHeads !== undefined || !mixers.some((name) => name === 'attention' || name === 'cross_attention')
    );
  });
  return field === 'model.num_attention_heads' && heads;
}

function lookUp(id: string, ledger: Ledger): ModelShape | null {
  const known = findModel(id);
  if (known !== null) return known.shape;
  const namesake = findNamesake(id);
  if (namesake !== null) {
    ledger.assume(
      'model.id',
      namesake.id,
      `the catalog does not know ${id}, which by its name is a copy of this model`,
    );
    return namesake.shape;
  }
  ledger.cannotKnow(
    'parameters',
    `the catalog does not know the model ${id}; state its dimensions under policy assumptions, or commit its config.json`,
  );
  return null;
}
