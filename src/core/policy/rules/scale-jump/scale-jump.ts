import { z } from 'zod';
import type { Plan } from '../../../plan/plan.ts';
import { formatCount } from '../../../units/count.ts';
import { formatUsd } from '../../../units/money.ts';
import { causeOf } from '../../cause.ts';
import { growthsOf, type Growth } from '../../growth.ts';
import { growthFactorOf, isAboveSmallest, jumpOf, scaleName } from '../../jump.ts';
import { defineRule, type EstimatedRun, type Remarks, type RunPair } from '../../rule.ts';

const factor = z.number().gt(1).max(1_000);

export const ScaleJumpOptions = z.strictObject({
  growth_factor: factor
    .optional()
    .describe("Growth of any figure that counts as a jump; the plan's recommendation by default, else 2"),
  parameters_factor: factor.optional().describe('The same for parameters; growth_factor by default'),
  tokens_factor: factor.optional().describe('The same for the tokens of the training; growth_factor by default'),
  gpu_hours_factor: factor.optional().describe('The same for GPU-hours; growth_factor by default'),
  cost_factor: factor.optional().describe('The same for the cost; growth_factor by default'),
  gpus_factor: factor.optional().describe('The same for the number of GPUs; growth_factor by default'),
  min_gpu_hours: z
    .number()
    .min(0)
    .max(1e12)
    .default(10)
    .describe('A run of fewer GPU-hours may grow in tokens, GPU-hours and GPUs'),
  min_cost_usd: z.number().min(0).max(1e12).default(100).describe('A run that costs less may grow in cost'),
  new_run_cost_usd: z
    .number()
    .gt(0)
    .max(1e12)
    .default(10_000)
    .describe('Most that a new run may cost where the plan has no row with a cost for it, in US dollars'),
});

type Options = z.output<typeof ScaleJumpOptions>;

export const scaleJump = defineRule({
  name: 'scale-jump',
  summary: 'The run does not climb to a higher scale, and nothing that it costs multiplies.',
  level: 'approval',
  comparesSides: true,
  options: ScaleJumpOptions,
  checkPair(pair, options, { plan }) {
    const { head } = pair;
    if (head === null) return [];
    const factors = factorsOf(options, plan);
    const jump = jumpOf(pair, factors.parameters);
    const action = 'Ask an approver to approve the jump, or take a smaller step.';
    const complaint = { cause: 'jump', action };
    if (jump === 'new') return newRun(pair, head, options);
    const grown = growthsOf(pair).filter(
      ({ figure, factor: by }) => by >= factors[figure] && isWorthAsking(figure, head, options),
    );
    const climbed = jump === 'climb' ? climbOf(pair) : null;
    const [first] = grown;
    const said =
      climbed === null && first === undefined
        ? []
        : [
            {
              ...complaint,
              place: causeOf(pair, climbed === null ? (first?.moved ?? 'parameters') : 'parameters'),
              message: describe(climbed, climbed === null ? grown : withParameters(grown, pair)),
            },
          ];
    return jump === 'unknown' ? [{ unknown: 'parameters' }, ...said] : said;
  },
});

function factorsOf(options: Options, plan: Plan | null): Readonly<Record<Growth['figure'], number>> {
  const usual = options.growth_factor ?? growthFactorOf(plan);
  return {
    parameters: options.parameters_factor ?? usual,
    tokens: options.tokens_factor ?? usual,
    'GPU-hours': options.gpu_hours_factor ?? usual,
    cost: options.cost_factor ?? usual,
    GPUs: options.gpus_factor ?? usual,
  };
}

/** Twice of next to nothing is next to nothing; an unknown amount may be any. */
function isWorthAsking(figure: Growth['figure'], { estimate }: EstimatedRun, options: Options): boolean {
  if (figure === 'parameters') return true;
  if (figure === 'cost') return (estimate.cost?.usd ?? Infinity) >= options.min_cost_usd;
  return (estimate.compute?.gpuHours ?? Infinity) >= options.min_gpu_hours;
}

function newRun(pair: RunPair, head: EstimatedRun, options: Options): Remarks {
  const action = 'Ask an approver to approve the run, or start smaller.';
  if (isAboveSmallest(head.scale)) {
    const message = `A new run of ${sizeOf(head)} starts above the smallest scale of the plan.`;
    return [{ cause: 'jump', place: causeOf(pair, 'parameters'), message, action }];
  }
  const usd = head.estimate.cost?.usd ?? null;
  const isPlanned = head.scale?.kind === 'scale' && head.scale.scale.costUsd !== null;
  if (usd === null || usd <= options.new_run_cost_usd || isPlanned) return [];
  const message = `A new run costs ${formatUsd(usd)}; above ${formatUsd(options.new_run_cost_usd)} it needs an approver.`;
  return [{ cause: 'jump', place: causeOf(pair, 'costUsd'), message, action }];
}

interface Climb {
  readonly from: string;
  readonly to: string;
}

function climbOf({ base, head }: RunPair): Climb | null {
  if (base === null || head?.scale == null) return null;
  return { from: base.scale === null ? 'no scale' : scaleName(base.scale), to: scaleName(head.scale) };
}

/** A climb names the parameters, however little they grew. */
function withParameters(grown: readonly Growth[], pair: RunPair): readonly Growth[] {
  const parameters = growthsOf(pair).filter(({ figure }) => figure === 'parameters');
  return [...parameters, ...grown.filter(({ figure }) => figure !== 'parameters')];
}

/** `The run climbs from Large to XL: 1.1B to 2.9B parameters (× 2.7), cost $10,300 to $78,900 (× 7.7).` */
function describe(climb: Climb | null, growths: readonly Growth[]): string {
  const what = climb === null ? 'The run grows' : `The run climbs from ${climb.from} to ${climb.to}`;
  return `${what}: ${growths.map(describeGrowth).join(', ')}.`;
}

function describeGrowth({ figure, factor: by, fromTo }: Growth): string {
  const times = `×${by.toLocaleString('en-US', { maximumFractionDigits: by < 10 ? 1 : 0 })}`;
  return fromTo === null ? `${figure} ${times}` : `${figure} ${fromTo} (${times})`;
}

/** `1.0B parameters (Large)`. */
function sizeOf({ estimate, scale }: EstimatedRun): string {
  const parameters = `${formatCount(estimate.parameters?.total ?? 0)} parameters`;
  return scale === null ? parameters : `${parameters} (${scaleName(scale)})`;
}
