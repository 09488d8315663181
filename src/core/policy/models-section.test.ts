import { expect, test } from 'vitest';
import { estimateConfig } from '../estimate-config.ts';
import { readGuards } from '../guards.ts';
import { OpenedFiles } from '../reading/opened-files.ts';

const path = 'a.yaml';
const text = 'base_model: our-org/our-model\nsequence_len: 2048\nmicro_batch_size: 1\nlearning_rate: 1e-5\n';

function guardsOf(policy: string) {
  return readGuards({ path: '.github/scalegate.yml', content: { text: `scalegate_policy: 1\n${policy}` } });
}

function estimate(policy: string) {
  return estimateConfig(path, new OpenedFiles([[path, { text }]]), guardsOf(policy)).estimated!;
}

test("a team's own model has the dimensions of the one that the policy names, which the chain of the fact says", () => {
  expect(estimate('').estimate.parameters).toBeNull();
  const { run, estimate: figures } = estimate('models:\n  our-org/our-model: meta-llama/Llama-3.1-8B\n');
  expect(figures.parameters?.total).toBe(8_030_261_248);
  expect(run.facts['model.id']).toMatchObject({
    value: 'meta-llama/Llama-3.1-8B',
    authority: 'policy',
    place: { path: '.github/scalegate.yml', line: 3 },
    replaces: { value: 'our-org/our-model', place: { path, line: 1 } },
  });
});

test('a mistake in the section is a problem on its line', () => {
  const { problems } = guardsOf('models:\n  our-org/our-model: 8\n');
  expect(problems).toMatchObject([{ place: { path: '.github/scalegate.yml', line: 3 } }]);
});
