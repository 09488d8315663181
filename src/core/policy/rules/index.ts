import type { Rule } from '../rule.ts';
import { beyondPlan } from './beyond-plan/beyond-plan.ts';
import { beyondPositions } from './beyond-positions/beyond-positions.ts';
import { budget } from './budget/budget.ts';
import { checkpointInterval } from './checkpoint-interval/checkpoint-interval.ts';
import { dataRequirement } from './data-requirement/data-requirement.ts';
import { guessedConfig } from './guessed-config/guessed-config.ts';
import { hostMemory } from './host-memory/host-memory.ts';
import { memoryLimit } from './memory-limit/memory-limit.ts';
import { monitoring } from './monitoring/monitoring.ts';
import { planChange } from './plan-change/plan-change.ts';
import { planDeviation } from './plan-deviation/plan-deviation.ts';
import { planTotal } from './plan-total/plan-total.ts';
import { previousScaleValidated } from './previous-scale-validated/previous-scale-validated.ts';
import { pullRequestBudget } from './pull-request-budget/pull-request-budget.ts';
import { scaleJump } from './scale-jump/scale-jump.ts';
import { startSmall } from './start-small/start-small.ts';
import { unknown } from './unknown/unknown.ts';
import { unreadablePolicy } from './unreadable-policy/unreadable-policy.ts';
import { unreadableConfig } from './unreadable-config/unreadable-config.ts';

/** All rules, in alphabetical order. */
export const rules: readonly Rule[] = [
  beyondPlan,
  beyondPositions,
  budget,
  checkpointInterval,
  dataRequirement,
  guessedConfig,
  hostMemory,
  memoryLimit,
  monitoring,
  planChange,
  planDeviation,
  planTotal,
  previousScaleValidated,
  pullRequestBudget,
  scaleJump,
  startSmall,
  unknown,
  unreadableConfig,
  unreadablePolicy,
];
