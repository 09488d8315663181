import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { estimateConfig } from '../estimate-config.ts';
import { figuresOf } from '../estimate/figures.ts';
import { readGuards } from '../guards.ts';
import { largestStep } from '../policy/largest-step.ts';
import { OpenedFiles } from '../reading/opened-files.ts';
import type { Ladder, Proposal } from './ladder.ts';
import { proposeLadder } from './propose-ladder.ts';
import { sumOfSteps } from './sum-of-steps.ts';

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');
const xl = readFileSync('examples/configs/xl.yaml', 'utf8');
const validated = (scale: string): string =>
  `${reference}\n| Scale | Run | Date |\n|-|-|-|\n| ${scale} | https://x.test/1 | 2026-10-03 |\n`;

function proposalOf({ plan = reference, policy = '', config = xl } = {}): Proposal {
  const file = (path: string, text: string) => ({ path, content: { text } });
  const rules = policy === '' ? null : file('.github/scalegate.yml', `scalegate_policy: 1\n${policy}`);
  const guards = readGuards(rules, [file('plan.md', plan)]);
  expect(guards.problems).toEqual([]);
  const { estimated } = estimateConfig('xl.yaml', new OpenedFiles([['xl.yaml', { text: config }]]), guards);
  return proposeLadder(guards.plan!, estimated!, largestStep(guards.policy, guards.plan!, 'xl.yaml'));
}

function ladderOf(question: Parameters<typeof proposalOf>[0] = {}): Ladder {
  const proposal = proposalOf(question);
  return proposal.kind === 'ladder' ? proposal.ladder : expect.fail(proposal.reason);
}

function reasonOf(question: Parameters<typeof proposalOf>[0]): string {
  const proposal = proposalOf(question);
  return proposal.kind === 'ladder' ? expect.fail('a ladder was proposed') : `${proposal.kind}: ${proposal.reason}`;
}

const sizesOf = ({ steps }: Ladder): number[] => steps.map(({ run }) => run.parameters.total);

describe('from Tiny to XL', () => {
  const ladder = ladderOf();

  test('each step at most doubles the one before, the first is Tiny and the last is the wanted run', () => {
    const sizes = sizesOf(ladder);
    expect(ladder.largestStep).toEqual({ factor: 2, source: 'the plan, "Double"' });
    expect(sizes[0]).toBeLessThan(12.5e6);
    expect(sizes.at(-1)).toBe(ladder.wanted.run.parameters!.total);
    for (const [index, size] of sizes.slice(1).entries()) {
      expect(size).toBeGreaterThan(sizes[index]!);
      expect(size / sizes[index]!).toBeLessThanOrEqual(2);
    }
    expect(sizes.length).toBeLessThanOrEqual(11);
  });

  test('each step trains the tokens a parameter of the wanted run, on its GPUs and at its price', () => {
    for (const { run, estimate } of ladder.steps) {
      expect(run.training.tokens! / run.parameters.total).toBeCloseTo(ladder.tokensPerParameter!, 3);
      expect(run.hardware.count).toBe(64);
      expect(estimate.cost!.usdPerGpuHour).toBe(5);
    }
  });

  test('the sum is that of its steps, and more than the jump by less than half', () => {
    const sum = sumOfSteps(ladder);
    const jump = figuresOf(ladder.wanted);
    expect(sum.gpuHours).toBeCloseTo(ladder.steps.reduce((all, { estimate }) => all + estimate.compute!.gpuHours!, 0));
    expect(sum.costUsd! / jump.costUsd!).toBeGreaterThan(1.3);
    expect(sum.costUsd! / jump.costUsd!).toBeLessThan(1.5);
  });
});

test('a validated scale is where it starts, and no step of it', () => {
  const ladder = ladderOf({ plan: validated('Large') });
  expect(ladder.from.name).toBe('Large');
  expect(sizesOf(ladder)[0]).toBeGreaterThan(1e9);
  expect(ladder.steps[0]!.growth).toBeCloseTo(sizesOf(ladder)[0]! / 1e9);
});

test("the policy's factor counts before the plan's, and a plan without advice has the default", () => {
  const policy = 'rules: { scale-jump: { growth_factor: 3, parameters_factor: 4 } }';
  expect(ladderOf({ policy }).largestStep).toEqual({ factor: 4, source: "the policy's scale-jump" });
  expect(ladderOf({ policy }).steps.length).toBeLessThan(ladderOf().steps.length);
  const forFiles = 'policies: [{ files: [xl.yaml], rules: { scale-jump: { growth_factor: 1.5 } } }]';
  expect(ladderOf({ policy: forFiles }).largestStep.factor).toBe(1.5);
  const plan = '| Scale | Params | Tokens |\n|-|-|-|\n| S | 10M | 1B |\n| L | 3B | 60B |\n';
  expect(ladderOf({ plan }).largestStep).toEqual({ factor: 2, source: 'the default of scale-jump' });
});

test('a run that is no larger than what was trained has nothing to climb', () => {
  expect(reasonOf({ plan: validated('XL') })).toBe(
    'nothing to climb: its 2.91B parameters are within XL (3B), the largest validated scale',
  );
});

test('what the steps cannot be worked out from is said', () => {
  expect(reasonOf({ plan: '| Stage | GPU-h |\n|-|-|\n| SFT | 4 |\n' })).toContain(
    'plan.md has no scale with parameters',
  );
  expect(reasonOf({ config: xl.replace('training:\n', 'training:\n  method: lora\n') })).toContain(
    'it trains adapters',
  );
  const noModel = xl.replace(/model:\n(?: {2}.*\n)*/, 'model: { id: acme/unheard-of }\n');
  expect(reasonOf({ config: noModel })).toContain('its model is unknown');
  const policy = 'rules: { scale-jump: { growth_factor: 1.01 } }';
  expect(reasonOf({ policy })).toBe('impossible: steps of ×1.01 are more than 40 from Tiny to it; allow larger ones');
});

test('a run of unknown length has its models, and no hours', () => {
  const plan = '| Scale | Params | GPU-h |\n|-|-|-|\n| S | 10M | 1 |\n| L | 3B | 60 |\n';
  const ladder = ladderOf({ plan, config: xl.replace('  samples: 300M\n', '') });
  expect(ladder.tokensPerParameter).toBeNull();
  expect(sumOfSteps(ladder)).toEqual({ gpuHours: null, wallClockHours: null, costUsd: null });
});

test('a model that is split over heads and layers is split less where it has fewer', () => {
  const split = xl.replace('  sharding: zero3', '  sharding: zero1\n  tensor: 4\n  pipeline: 2');
  for (const { run } of ladderOf({ config: split }).steps) {
    const { tensor, pipeline, data } = run.parallelism;
    expect(run.model.numAttentionHeads % tensor).toBe(0);
    expect(run.model.numLayers % pipeline).toBe(0);
    expect(tensor * pipeline * data!).toBe(64);
  }
});
