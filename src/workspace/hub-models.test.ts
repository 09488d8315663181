import { expect, test } from 'vitest';
import { estimateConfig } from '../core/estimate-config.ts';
import { hubConfigUrl } from '../core/hub-model.ts';
import { readGuards } from '../core/guards.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { openAround } from './collect.ts';
import { inMemoryWorkspace } from './in-memory.ts';
import type { Hub } from '../hub/hugging-face.ts';

const recipe = (model: string) =>
  `model_name_or_path: ${model}\nlearning_rate: 1.0e-5\nper_device_train_batch_size: 1\nmax_length: 512\n`;

const config = JSON.stringify({
  model_type: 'llama',
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  vocab_size: 100,
});

async function read(
  text: string,
  { policy = 'hugging_face_hub: true', answer = { text: config } as Awaited<ReturnType<Hub>> },
) {
  const asked: string[] = [];
  const hub: Hub = (url) => {
    asked.push(url);
    return Promise.resolve(answer);
  };
  const path = 'train.yaml';
  const files = new OpenedFiles([[path, { text }]]);
  const guards = readGuards({ path: 'policy.yml', content: { text: `scalegate_policy: 1\n${policy}\n` } });
  const workspace = inMemoryWorkspace({});
  await openAround(workspace, files, [path], guards.policy, hub);
  const { estimated, problems } = estimateConfig(path, files, guards);
  expect([...guards.problems, ...problems]).toEqual([]);
  return { asked, ...estimated!.estimate };
}

const url = 'https://huggingface.co/acme/new-model/resolve/main/config.json';

test('a model that nothing describes is looked up, and the answer is listed as an assumption', async () => {
  const { asked, parameters, assumptions } = await read(recipe('acme/new-model'), {});
  expect(asked).toEqual([url]);
  expect(parameters?.total).toBe(2 * (4 * 64 * 64 + 3 * 64 * 128 + 2 * 64) + 64 + 2 * 64 * 100);
  expect(assumptions).toContainEqual({ field: 'model.id', value: 'acme/new-model', reason: `dimensions from ${url}` });
});

test.each([
  ['the policy does not allow it', recipe('acme/new-model'), ''],
  ['the catalog knows the model', recipe('meta-llama/Llama-3.1-8B'), 'hugging_face_hub: true'],
  ['the name is no id', recipe('"acme/x?y=1#z"'), 'hugging_face_hub: true'],
  ['the name is a path', recipe('/models/llama'), 'hugging_face_hub: true'],
])('nothing is asked where %s', async (_, text, policy) => {
  expect((await read(text, { policy })).asked).toEqual([]);
});

test.each([
  [{ unreadable: 'is gated, private, or does not exist' }, `${url} is gated, private, or does not exist`],
  [{ text: 'not json' }, url],
  [{ text: '[]' }, url],
  [{ text: '{}' }, url],
])('what the Hub does not say is unknown, with its answer: %j', async (answer, reason) => {
  const { parameters, unknown } = await read(recipe('acme/new-model'), { answer });
  expect(parameters).toBeNull();
  expect(unknown.find(({ field }) => field === 'parameters')?.reason).toContain(reason);
});

test('what the policy assumes of the model comes before the Hub', async () => {
  const policy = `hugging_face_hub: true
assumptions:
  - files: ['**']
    model: { hidden_size: 8, num_layers: 1, num_attention_heads: 1, vocab_size: 10, intermediate_size: 8 }`;
  const { parameters } = await read(recipe('acme/new-model'), { policy });
  expect(parameters!.total).toBeLessThan(1000);
});

test('a change that names many models has ten of them looked up', async () => {
  const asked: string[] = [];
  const hub: Hub = (address) => {
    asked.push(address);
    return Promise.resolve({ text: config });
  };
  const models = Array.from({ length: 30 }, (_, index) => `acme/model-${index}`);
  const files = new OpenedFiles(models.map((model, index) => [`${index}.yaml`, { text: recipe(model) }]));
  const configs = models.map((_, index) => `${index}.yaml`);
  await openAround(inMemoryWorkspace({}), files, configs, { huggingFaceHub: true }, hub);
  expect(asked).toHaveLength(10);
  const answers = models.map((model) => files.content(hubConfigUrl(model)!)!);
  expect(answers.filter((content) => 'unreadable' in content)).toHaveLength(20);
});
