import { expect, test } from 'vitest';
import { a100, aRun } from '../../../test/support/a-run.ts';
import { gibibyte } from '../units/bytes.ts';
import { memoryLimit } from './limit.ts';
import { readPolicy } from './read-policy.ts';

const h200 = { ...a100, name: 'H200', memoryBytes: 141 * gibibyte, usableMemoryBytes: 139 * gibibyte };
const l4 = { ...a100, name: 'L4', memoryBytes: 24 * gibibyte, usableMemoryBytes: 22 * gibibyte };

function limitOf(gpu: typeof a100 | null, planGpu: typeof a100 | null, limitGib?: number) {
  const rules = limitGib === undefined ? '{}' : `{ memory-limit: { limit_gib: ${limitGib} } }`;
  const { policy } = readPolicy({ path: 'p.yml', text: `{ scalegate_policy: 1, rules: ${rules} }` });
  const limit = memoryLimit(aRun({ gpu }), planGpu, policy);
  return { usableGib: limit.usableBytes / gibibyte, source: limit.source };
}

test.each([
  { gpu: a100, planGpu: a100, usableGib: 79, source: "the plan's GPU, A100-80GB" },
  { gpu: h200, planGpu: a100, usableGib: 139, source: "the run's GPU, H200; the plan's is A100-80GB" },
  { gpu: l4, planGpu: a100, usableGib: 22, source: "the run's GPU, L4; the plan's is A100-80GB" },
  { gpu: null, planGpu: a100, usableGib: 79, source: "the plan's GPU, A100-80GB" },
  { gpu: h200, planGpu: null, usableGib: 139, source: "the run's GPU, H200" },
  { gpu: h200, planGpu: a100, limitGib: 120, usableGib: 120, source: 'the policy' },
  { gpu: a100, planGpu: h200, limitGib: 120, usableGib: 79, source: "the run's GPU, A100-80GB; the plan's is H200" },
  { gpu: null, planGpu: null, limitGib: 40, usableGib: 40, source: 'the policy' },
])('$source gives $usableGib GiB', ({ gpu, planGpu, limitGib, ...expected }) => {
  expect(limitOf(gpu, planGpu, limitGib)).toEqual(expected);
});

test('a policy for files limits its own configs, and says which it is', () => {
  const { policy } = readPolicy({
    path: 'p.yml',
    text: `{ scalegate_policy: 1, policies: [{ files: [configs/*, b, c], rules: { memory-limit: { limit_gib: 40 } } }] }`,
  });
  const limit = (path: string) => memoryLimit({ ...aRun({ gpu: h200 }), path }, a100, policy);
  expect(limit('configs/a.yaml')).toMatchObject({ source: 'the policy for configs/* and 2 more' });
  expect(limit('a.yaml').usableBytes).toBe(139 * gibibyte);
});

test('where nobody names a GPU a usual one of 80 GB is assumed, and said to be', () => {
  const { policy } = readPolicy(null);
  expect(memoryLimit(aRun({ gpu: null }), null, policy)).toMatchObject({
    limitBytes: 80 * gibibyte,
    source: 'a usual GPU of 80 GB, since none is named',
    assumed: {},
  });
  expect(memoryLimit(aRun({ gpu: a100 }), null, policy).assumed).toBeUndefined();
});

test('all of a GPU counts as usable where nobody has said what is', () => {
  expect(limitOf({ ...a100, usableMemoryBytes: null }, null).usableGib).toBe(80);
});
