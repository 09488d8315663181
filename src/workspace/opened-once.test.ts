import { expect, test } from 'vitest';
import { check } from '../core/check.ts';
import { parseDocument } from '../core/document/parse-document.ts';
import { ParsedTexts } from '../core/reading/opened-files.ts';
import { gatherPullRequest } from './gather.ts';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';

/** How often the pipeline parses which files of a pull request that changes some. */
async function parses(before: Record<string, string>, edits: Record<string, string>) {
  const counts: Record<string, number> = {};
  const parsed = new ParsedTexts((path, text) => {
    counts[path] = (counts[path] ?? 0) + 1;
    return parseDocument(path, text);
  });
  const base = inMemoryWorkspace(before);
  const head = inMemoryWorkspace({ ...before, ...edits });
  const changedFiles = Object.keys(edits).map((path) => ({ path, previousPath: null, status: 'modified' as const }));
  const guards = await findGuards(base);
  const { pairs } = check(await gatherPullRequest({ base, head, changedFiles, guards, parsed }));
  return { paths: pairs.map(({ path }) => path), counts };
}

const recipe = (batch: number) =>
  `base_model: NousResearch/Llama-3.2-1B\nsequence_len: 512\nmicro_batch_size: ${batch}\ndeepspeed: ds/zero3.json\n`;

test('a changed config is parsed once a side, what it names once, and bystanders never', async () => {
  const files = {
    'train.yaml': recipe(1),
    'ds/zero3.json': '{"zero_optimization": {"stage": 3}}',
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`other/${index}.yaml`, recipe(index + 1)])),
  };
  const { paths, counts } = await parses(files, { 'train.yaml': recipe(2) });
  expect(paths).toEqual(['train.yaml']);
  expect(counts).toEqual({ 'train.yaml': 2, 'ds/zero3.json': 1 });
});

test('configs that include a changed file are parsed once for both sides, and so is what they include besides', async () => {
  const files = {
    'conf/a.yaml': 'defaults: [base, {model: small}]\npolicy: {}\n',
    'conf/b.yaml': 'defaults: [base]\npolicy: {}\n',
    'conf/base.yaml':
      'policy: { model_name: meta-llama/Llama-3.2-1B, train_micro_batch_size: 1, train_global_batch_size: 32 }\nsft: { max_num_steps: 60 }\ncluster: { gpus_per_node: 8, num_nodes: 1 }\n',
    'conf/model/small.yaml': 'layers: 2\n',
    'run.sh': 'python examples/run_sft.py --config conf/a.yaml\n',
  };
  const edit = files['conf/base.yaml'].replace('train_micro_batch_size: 1', 'train_micro_batch_size: 2');
  const { paths, counts } = await parses(files, { 'conf/base.yaml': edit });
  expect(paths.sort()).toEqual(expect.arrayContaining(['conf/a.yaml', 'conf/b.yaml', 'conf/base.yaml']));
  expect(counts).toEqual({
    'conf/a.yaml': 1,
    'conf/b.yaml': 1,
    'conf/base.yaml': 2,
    'conf/model/small.yaml': 1,
    'run.sh': 1,
  });
});

test('a file of many recipes is parsed once a side', async () => {
  const recipes = (batch: number) =>
    Array.from(
      { length: 10 },
      (_, index) =>
        `def llama3_8b_${index}():\n    return Trainer.Config(model_spec=model_registry("8B"), training=TrainingConfig(local_batch_size=${batch}, seq_len=8192), optimizer=OptimizersContainer.Config(lr=3e-4))\n`,
    ).join('\n');
  const { counts } = await parses(
    { 'llama3/config_registry.py': recipes(1) },
    { 'llama3/config_registry.py': recipes(2) },
  );
  expect(counts).toEqual({ 'llama3/config_registry.py': 2 });
});
