import { matchScale, type Plan, type ScaleMatch } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { unmatchedTargets } from '../run/adapter.ts';
import { countParameters } from '../run/parameters.ts';
import type { Facts, StatedRun } from '../run/facts.ts';
import type { ModelShape } from '../run/model-shape.ts';
import type { Training } from '../run/training.ts';
import type { TrainingRun } from '../run/training-run.ts';
import { nameContradictions } from './contradictions.ts';
import { fittingRanks } from './fitting-ranks.ts';
import { Ledger } from './ledger.ts';
import { resolveHardware, resolveParallelism } from './resolve-hardware.ts';
import { resolveModel } from './resolve-model.ts';
import { resolveTraining } from './resolve-training.ts';

export interface ResolvedRun {
  readonly run: TrainingRun;
  /** The plan's row for the run; null without a plan, or without a parameter count. */
  readonly scale: ScaleMatch | null;
  /** Values that name nothing known, or contradict each other. */
  readonly problems: readonly Problem[];
}

/**
 * Fills in what the config leaves open. The config's own word comes first, then the policy's assumptions for its path,
 * then the plan's, then the usual defaults; each that is used is listed as an assumption.
 */
export function resolveRun(stated: StatedRun, policyFacts: Facts, plan: Plan | null): ResolvedRun {
  const ledger = new Ledger(stated);
  ledger.addWeaker(policyFacts);
  if (plan !== null && leavesModelToPlan(ledger)) ledger.addWeaker(plan.baseline);
  const model = resolveModel(ledger);
  if (plan !== null) ledger.addWeaker(plan.facts);

  const hardware = fittingRanks(ledger, resolveHardware(ledger));
  const parallelism = resolveParallelism(ledger, hardware.count);
  const parameters = model === null ? null : countParameters(model, { method: 'full', adapter: null });
  const scale = plan === null || parameters === null ? null : matchScale(plan, parameters.total);
  const training = resolveTraining(ledger, parallelism, model, scale?.kind === 'scale' ? scale.scale : null);
  nameContradictions(ledger, model, parallelism, training);
  if (model !== null) nameUnmatchedTargets(ledger, model, training);

  const run: TrainingRun = {
    path: stated.path,
    dialect: stated.dialect,
    name: stated.name,
    model,
    modelId: ledger.stated('model.id'),
    parameters: model === null ? null : countParameters(model, training),
    training,
    parallelism,
    data: { hours: ledger.stated('data.hours'), augmentation: ledger.valueOr('data.augmentation', false) },
    hardware,
    facts: ledger.facts,
    assumptions: ledger.assumptions,
    unknown: ledger.unknown,
    notRead: stated.notRead ?? [],
  };
  return { run, scale, problems: ledger.problems };
}

/** Where one of scalegate's own configs names no model and none of its dimensions, it is the one that the plan starts from. */
function leavesModelToPlan(ledger: Ledger): boolean {
  const named = [
    'model.id',
    'model.layers',
    'model.hidden_size',
    'model.num_layers',
    'model.num_attention_heads',
  ] as const;
  return ledger.dialect === 'scalegate' && named.every((field) => ledger.facts[field] === undefined);
}

/** An adapter on a module that the model has not would be counted as nothing; it is named instead. */
function nameUnmatchedTargets(ledger: Ledger, model: ModelShape, { adapter }: Training): void {
  if (adapter === null) return;
  const unmatched = unmatchedTargets(model, adapter.targetModules);
  if (unmatched.length === 0) return;
  ledger.cannotKnow('training.lora.target_modules', `the model has no module ${unmatched.join(', ')}`);
}
