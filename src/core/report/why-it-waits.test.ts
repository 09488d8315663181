import { expect, test } from 'vitest';
import { change, evaluate } from '../../../test/support/a-pull-request.ts';
import { sampleConfig } from '../../../test/support/sample-repository.ts';
import { renderComment } from './outputs/markdown/markdown.ts';

const policy = {
  path: '.github/scalegate.yml',
  content: {
    text: 'scalegate_policy: 1\nassumptions:\n  - files: ["**"]\n    hardware: { gpu: A100-80GB, count: 8, usd_per_gpu_hour: 2 }\n',
  },
};
const run = (tokens: string, id = 'meta-llama/Llama-3.1-8B') =>
  `scalegate: 1\nmodel: { id: ${id} }\ntraining: { sequence_length: 2048, micro_batch_size: 1, gradient_accumulation_steps: 1, tokens: ${tokens}, activation_checkpointing: full, precision: bf16-mixed, fused_loss: true }\nparallelism: { sharding: zero3 }\n`;

function commentOn(files: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}): string {
  const changes = Object.entries(files).map(([path, text]) => change(path, before[path] ?? null, text));
  return renderComment(evaluate(changes, { policy, planFiles: [] })) ?? 'no comment';
}

const titleOf = (comment: string) => comment.split('\n').find((line) => line.startsWith('###'));

test('a costly new run says what it costs, once', () => {
  const comment = commentOn({ 'a.yaml': run('100B') });
  expect(titleOf(comment)).toMatch(
    /waiting for 1 approval: a new run costs &#36;[\d,]+; above &#36;10,000 it needs an approver$/,
  );
});

test('a run that waits and may not fit says both', () => {
  const unclear = run('100B').replace('parallelism: { sharding: zero3 }\n', '');
  expect(titleOf(commentOn({ 'a.yaml': unclear }))).toMatch(
    /waiting for 1 approval: a new run .* · `a\.yaml` may not fit/,
  );
});

test('of several that wait the first is named and the others are counted', () => {
  const comment = commentOn({ 'a.yaml': run('100B'), 'b.yaml': run('300B') });
  expect(titleOf(comment)).toMatch(/: a new run costs &#36;[\d,]+; .* \(`b\.yaml` and 1 more\) · total &#36;/);
  expect(comment).toContain('**2 configs, the first:** A new run costs');
});

test('a long reason is cut after a whole figure', () => {
  const medium = sampleConfig('medium.yaml');
  const changes = [change('configs/medium.yaml', medium, medium.replace('samples: 50M', 'samples: 1B'))];
  const title = titleOf(renderComment(evaluate(changes)) ?? '');
  expect(title).toMatch(/the run takes more than the plan's Medium: GPU-hours [\d,]+ against .* \(×\d+\) … · cost/);
});

test('what cannot be known is the reason, and what to state is said once', () => {
  const comment = commentOn({ 'a.yaml': run('1B', 'acme/secret-model') });
  expect(titleOf(comment)).toMatch(/: the number of parameters and memory per GPU can't be known$/);
  const finding = comment.split('\n').find((line) => line.startsWith('- ⏳'));
  expect(finding?.match(/state its dimensions|State the model's dimensions/g)).toHaveLength(1);
  expect(comment).not.toContain('at most');
});

test('a part without model, batch or duration is a notice', () => {
  const part =
    '{ "train-data-paths": ["/data/a"], "valid-data-paths": ["/data/b"], "tokenizer-type": "HFTokenizer", "vocab-file": "v.json", "save": "/ckpt", "load": "/ckpt", "checkpoint_validation_with_forward_pass": false }\n';
  const comment = commentOn({ 'configs/local_setup.yml': part });
  expect(titleOf(comment)).toContain('✅');
  expect(comment).toContain('it is a part that other configs take in');
});

test('a model that only the names of keys tell is no such part', () => {
  const own =
    'learner:\n  policy:\n    global_batch_size: 32\n    model: { model_path: Qwen/Qwen3-8B, enable_gradient_checkpointing: true }\n    optim: { lr: 1.0e-6 }\ntrainer: { n_gpus_per_node: 8, nnodes: 1 }\n';
  const comment = commentOn({ 'configs/own.yaml': own });
  expect(comment).toContain('The format of this config is not known');
  expect(comment).not.toContain('a part that other configs take in');
});

test('another tokenizer of a model that was unknown before changes nothing that could be judged', () => {
  const levanter = (tokenizer: string) =>
    `data: { id: EleutherAI/pile, tokenizer: ${tokenizer} }\nmodel: { type: llama }\ninitialize_from_hf: true\nuse_hf_model_config: true\ntrainer: { train_batch_size: 1024, num_train_steps: 10000 }\noptimizer: { learning_rate: 1.2e-4 }\n`;
  const [before, after] = ['NousResearch/Llama-2-7b-hf', 'meta-llama/Llama-2-7b-hf'].map(levanter);
  const comment = commentOn({ 'config/continued.yaml': after ?? '' }, { 'config/continued.yaml': before ?? '' });
  expect(comment).not.toContain('waiting');
  expect(comment).toContain('So it was before this pull request');
});
