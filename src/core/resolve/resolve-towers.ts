import type { RunField } from '../run/fields.ts';
import type { Tower } from '../run/tower.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Ledger } from './ledger.ts';

/** The model with the towers that its training freezes marked as frozen; nothing is frozen unless somebody says so. */
export function withFrozenTowers(ledger: Ledger, model: ModelShape): ModelShape {
  if (model.towers === undefined) return model;
  const towers = model.towers.map((tower) => ({
    ...tower,
    frozen: tower.frozen ?? (tower.name !== 'encoder' && isFrozen(ledger, 'training.freeze_vision_tower', tower)),
    projectorFrozen: tower.projectorFrozen ?? isFrozen(ledger, 'training.freeze_projector', tower),
  }));
  return { ...model, towers };
}

function isFrozen(ledger: Ledger, field: RunField & `training.freeze_${string}`, { name }: Tower): boolean {
  if (name === 'encoder') return false;
  return ledger.value(field, false, 'not stated; trained with the rest');
}
