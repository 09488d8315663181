import type { DescribedRun } from '../estimate/described-run.ts';
import { estimateRun } from '../estimate/estimate-run.ts';
import { matchScale, scaleTolerance, type Plan, type Scale } from '../plan/plan.ts';
import type { LargestStep } from '../policy/largest-step.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { ModelShape } from '../run/model-shape.ts';
import { formatCount } from '../units/count.ts';
import { memberOfSize, whyNotScaled, type FamilyMember } from '../run/member-of-size.ts';
import type { LadderStep, Proposal } from './ladder.ts';
import { onSmallerModel } from './smaller-run.ts';

/** Steps of a ladder at most: with more of them the factor is no plan. */
const mostSteps = 40;

/**
 * The way up from the largest validated scale of the plan, else from its smallest, to a run: models of its family, each at
 * most so many times the one before, with as many tokens a parameter as the run has.
 */
export function proposeLadder(plan: Plan, wanted: EstimatedRun, largestStep: LargestStep): Proposal {
  const described = describedOf(wanted);
  if (typeof described === 'string') return { kind: 'impossible', reason: described };
  const from = plan.scales.findLast(({ validation }) => validation !== null) ?? plan.scales[0];
  if (from === undefined)
    return {
      kind: 'impossible',
      reason: `${plan.path} has no scale with parameters, from which the way up could start`,
    };
  const size = described.parameters.total;
  if (size <= from.parameters.value * scaleTolerance)
    return { kind: 'nothing to climb', reason: whyNothing(size, from) };
  const models = modelsUpTo(described, from, largestStep.factor);
  if (typeof models === 'string') return { kind: 'impossible', reason: models };
  const { tokens } = described.training;
  const tokensPerParameter = tokens === null ? null : tokens / size;
  const smaller = models.map(({ model }) => onSmallerModel(described, model, tokensPerParameter));
  const steps = [...smaller, described].map((run, index, runs): LadderStep => {
    const before = runs[index - 1]?.parameters.total ?? (from.validation === null ? null : from.parameters.value);
    return stepOf(plan, wanted, run, before);
  });
  return { kind: 'ladder', ladder: { from, wanted, largestStep, tokensPerParameter, steps } };
}

/** At the price of the wanted run, which has the same GPUs. */
function stepOf(plan: Plan, wanted: EstimatedRun, run: DescribedRun, before: number | null): LadderStep {
  const { cost } = wanted.estimate;
  const price = cost && { usdPerGpuHour: cost.usdPerGpuHour, source: cost.priceSource };
  const estimate = estimateRun(run, { plan: price, list: null });
  const { total } = run.parameters;
  const { memory } = estimate;
  return {
    run,
    estimate,
    scale: matchScale(plan, total),
    growth: before === null ? null : total / before,
    fits: memory === null || wanted.limit === null ? null : memory.peakBytes <= wanted.limit.usableBytes,
  };
}

/** The run where its model can be scaled, else why not. */
function describedOf({ run, subject, estimate }: EstimatedRun): DescribedRun | string {
  const { model, parameters } = run;
  if (subject !== 'run') return 'the file describes no training that is estimated';
  if (model === null || parameters === null)
    return `its model is unknown: ${estimate.unknown[0]?.reason ?? 'state its dimensions'}`;
  if (run.training.method !== 'full')
    return 'it trains adapters on a finished model, of which no smaller one follows; name a config that trains all weights';
  const part = whyNotScaled(model);
  if (part !== null) return `its model has ${part}: what a smaller one of its family has is not known`;
  return { ...run, model, parameters };
}

function whyNothing(size: number, { name, parameters, validation }: Scale): string {
  const what = validation === null ? 'the smallest scale of the plan' : 'the largest validated scale';
  return `its ${formatCount(size)} parameters are within ${name} (${parameters.text}), ${what}`;
}

/** The models below the wanted one: as few as the factor allows, with steps of about the same size. */
function modelsUpTo(
  { model, parameters }: DescribedRun,
  from: Scale,
  factor: number,
): readonly FamilyMember[] | string {
  const ratio = parameters.total / from.parameters.value;
  const fewest = Math.ceil(Math.log(ratio) / Math.log(factor) - 1e-9);
  const tooMany = `steps of ×${factor} are more than ${mostSteps} from ${from.name} to it; allow larger ones`;
  if (fewest > mostSteps) return tooMany;
  // The sizes of a family are not dense: a step that none of them divides small enough takes one more
  for (let count = fewest; count <= Math.min(mostSteps, fewest + mostExtra); count += 1) {
    const models = modelsIn(count, { model, total: parameters.total, from, factor });
    if (models !== null) return models;
  }
  return `no models of its family between ${from.name} and it are within steps of ×${factor}; allow larger ones`;
}

/** Steps that are added at most so that each is small enough. */
const mostExtra = 8;

interface Climb {
  readonly model: ModelShape;
  readonly total: number;
  readonly from: Scale;
  readonly factor: number;
}

function modelsIn(count: number, { model, total, from, factor }: Climb): readonly FamilyMember[] | null {
  const models: FamilyMember[] = [];
  const largest = total - 1;
  let before = from.parameters.value;
  if (from.validation === null) {
    const first = memberOfSize(model, { size: before, atMost: before * scaleTolerance });
    if (first === null) return null;
    models.push(first);
    before = first.parameters;
  }
  for (let left = count; left > 1; left -= 1) {
    const size = before * (total / before) ** (1 / left);
    const next = memberOfSize(model, { size, above: before, atMost: Math.min(before * factor, largest) });
    if (next === null) return null;
    models.push(next);
    before = next.parameters;
  }
  return total / before <= factor ? models : null;
}
