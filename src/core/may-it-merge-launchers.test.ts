import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { headlineOf } from './report/headline.ts';
import { OpenedFiles } from './reading/opened-files.ts';
import type { ChangedFile } from './change.ts';

type Files = Readonly<Record<string, string>>;

const recipe = `model_name_or_path: mistralai/Mistral-7B-v0.1
per_device_train_batch_size: 8
learning_rate: 2.0e-5
max_seq_length: 2048
gradient_checkpointing: true
bf16: true
num_train_epochs: 1
packing: true
output_dir: out
`;
const zero3 =
  'distributed_type: DEEPSPEED\ndeepspeed_config: { zero_stage: 3 }\nmixed_precision: bf16\nnum_processes: 8\n';
const launcher = (flags = '', gpus = 8) =>
  `accelerate launch --config_file acc/zero3.yaml --num_processes ${gpus} train_sft.py recipes/sft.yaml ${flags}\n`;
const repository = { 'recipes/sft.yaml': recipe, 'acc/zero3.yaml': zero3, 'launch.sh': launcher() };
const policy = {
  path: '.github/scalegate.yml',
  content: {
    text: 'scalegate_policy: 1\nassumptions:\n  - files: ["**"]\n    hardware: { gpu: A100-80GB, usd_per_gpu_hour: 2 }\n    training: { dataset_tokens: 1B }\n',
  },
};

/** A pull request on files of which all that name a changed one are known. */
function merge(before: Files, after: Files, moved: Readonly<Record<string, string>> = {}) {
  const from = new Set(Object.values(moved));
  const changes: ChangedFile[] = [
    ...Object.keys(after)
      .filter((path) => before[path] !== after[path])
      .map((path) => {
        const previousPath = moved[path] ?? null;
        const isNew = before[previousPath ?? path] === undefined;
        return { path, previousPath, status: isNew ? ('added' as const) : ('modified' as const) };
      }),
    ...Object.keys(before)
      .filter((path) => after[path] === undefined && !from.has(path))
      .map((path) => ({ path, previousPath: null, status: 'removed' as const })),
  ];
  const through = changes.flatMap(({ path, previousPath }) => [path, previousPath ?? path]);
  const dependents = Object.keys(after)
    .filter((path) => before[path] === after[path])
    .map((path) => ({ path, through }));
  const files = (side: Files) => new OpenedFiles(Object.entries(side).map(([path, text]) => [path, { text }]));
  const sides = { base: files(before), head: files(after) };
  const evaluation = check({ changes, dependents, sides, policy, planFiles: [], changedGuards: [] });
  const { verdict, pairs, findings } = evaluation;
  const plain = (text: string): string => text;
  return {
    verdict,
    pairs,
    title: headlineOf(evaluation, { code: plain, plain }).title,
    rows: pairs.map(({ path }) => path),
    says: findings.map(({ level, rule, message }) => `${level} ${rule}: ${message}`),
  };
}

const gib = (bytes: number | undefined) => Math.round((bytes ?? 0) / 2 ** 30);

describe('a recipe with its launcher is one run', () => {
  test.each([
    ['the recipe', { 'recipes/sft.yaml': `${recipe}seed: 1\n` }],
    ['the launcher', { 'launch.sh': launcher('--seed 1') }],
    ['both', { 'recipes/sft.yaml': `${recipe}seed: 1\n`, 'launch.sh': launcher('--seed 1') }],
  ])('whichever changes: %s', (_, edit) => {
    const { pairs, verdict } = merge(repository, { ...repository, ...edit });
    expect(pairs).toHaveLength(1);
    const [pair] = pairs;
    expect(pair).toMatchObject({ path: 'recipes/sft.yaml', launcher: 'launch.sh' });
    expect(pair?.head?.run.parallelism.sharding).toBe('zero3');
    expect(gib(pair?.head?.estimate.memory?.peakBytes)).toBeGreaterThan(30);
    expect(gib(pair?.head?.estimate.memory?.peakBytes)).toBeLessThan(45);
    expect(pair?.head?.estimate.cost?.usd).toBeCloseTo(pair?.base?.estimate.cost?.usd ?? NaN);
    expect(verdict).toBe('pass');
  });

  test('what the command says is stronger than the file, and each fact keeps its place', () => {
    const { pairs } = merge(repository, {
      ...repository,
      'launch.sh': launcher('--per_device_train_batch_size 2'),
    });
    const { 'training.micro_batch_size': micro, 'parallelism.sharding': sharding } = pairs[0]?.head?.run.facts ?? {};
    expect(micro).toMatchObject({
      value: 2,
      place: { path: 'launch.sh', line: 1 },
      replaces: { value: 8, place: { path: 'recipes/sft.yaml', line: 2 } },
    });
    expect(sharding?.place).toMatchObject({ path: 'acc/zero3.yaml', line: 2 });
    expect(pairs[0]?.through).toEqual(['launch.sh']);
  });

  test('that grows by its launcher alone waits', () => {
    const { verdict, says } = merge(repository, { ...repository, 'launch.sh': launcher('', 64) });
    expect(verdict).toBe('waiting');
    expect(says.join('\n')).toContain('approval scale-jump: The run grows: GPUs 8 to 64 (×8)');
  });

  test('that grows by its accelerate file is told once', () => {
    const fsdp = zero3.replace('zero_stage: 3', 'zero_stage: 0');
    const { rows } = merge(repository, { ...repository, 'acc/zero3.yaml': fsdp });
    expect(rows).toEqual(['recipes/sft.yaml']);
  });

  test('that starts another recipe is compared with what it started before', () => {
    const large = recipe.replace('mistralai/Mistral-7B-v0.1', 'mistralai/Mixtral-8x7B-v0.1');
    const before = { ...repository, 'recipes/moe.yaml': large };
    const { pairs, verdict } = merge(before, { ...before, 'launch.sh': launcher().replace('sft.yaml', 'moe.yaml') });
    expect(pairs).toMatchObject([{ path: 'recipes/moe.yaml', previousPath: 'recipes/sft.yaml' }]);
    expect(verdict).not.toBe('pass');
  });
});

describe('two launchers of one recipe', () => {
  const edited = { 'recipes/sft.yaml': recipe.replace('size: 8', 'size: 4') };

  test('that say the same are one run', () => {
    const before = { ...repository, 'again.sh': launcher('--output_dir elsewhere') };
    expect(merge(before, { ...before, ...edited }).rows).toEqual(['recipes/sft.yaml']);
  });

  test('that differ are two, and each is counted', () => {
    const before = { ...repository, 'small.sh': launcher('', 2) };
    const { rows } = merge(before, { ...before, ...edited });
    expect(rows.toSorted()).toEqual(['recipes/sft.yaml::launch.sh', 'recipes/sft.yaml::small.sh']);
  });

  test('of which one is new count the recipe once at the base', () => {
    const before = { 'recipes/sft.yaml': recipe, 'acc/zero3.yaml': zero3 };
    const { pairs } = merge(before, { ...repository, 'small.sh': launcher('', 2) });
    expect(pairs.filter(({ base }) => base !== null)).toHaveLength(1);
  });

  test('within one script are two as well', () => {
    const twice = `${launcher('', 8)}${launcher('', 2)}`;
    const { rows } = merge({ ...repository, 'launch.sh': twice }, { ...repository, ...edited, 'launch.sh': twice });
    expect(rows.toSorted()).toEqual(['recipes/sft.yaml::launch.sh', 'recipes/sft.yaml::launch.sh#2']);
  });
});

describe('a file that launchers and recipes name', () => {
  const without = { 'acc/zero3.yaml': zero3, 'launch.sh': launcher() };

  test('and that is deleted is an error with their names', () => {
    const { verdict, title, says, rows } = merge(repository, without);
    expect(verdict).toBe('fail');
    expect(title).toBe('sft.yaml is gone, and other files still name it');
    expect(rows).toEqual(['recipes/sft.yaml']);
    expect(says).toContainEqual(
      expect.stringMatching(
        /^error unreadable-config: .*this file is deleted, and a file still names it: launch\.sh\./,
      ),
    );
  });

  test('and that is moved is one as well, unless they follow', () => {
    const moved = { ...without, 'recipes/new.yaml': recipe };
    const from = { 'recipes/new.yaml': 'recipes/sft.yaml' };
    expect(merge(repository, moved, from).says.join('\n')).toContain(
      'this file is moved to recipes/new.yaml, and a file still names it: launch.sh.',
    );
    const followed = { ...moved, 'launch.sh': launcher().replace('sft.yaml', 'new.yaml') };
    const { verdict, rows, pairs } = merge(repository, followed, from);
    expect(verdict).toBe('pass');
    expect(rows).toEqual(['recipes/new.yaml']);
    expect(pairs[0]?.previousPath).toBe('recipes/sft.yaml');
  });

  test('of DeepSpeed is one, too', () => {
    const before = { 'a.yaml': `${recipe}deepspeed: ds.json\n`, 'ds.json': '{"zero_optimization": {"stage": 3}}' };
    const { says, verdict } = merge(before, { 'a.yaml': before['a.yaml'] });
    expect(verdict).toBe('fail');
    expect(says.join('\n')).toContain('this file is deleted, and a file still names it: a.yaml.');
  });

  test('and that goes with all that name it is no error', () => {
    expect(merge(repository, {}).verdict).toBe('pass');
  });
});

test('a launcher of a recipe that is elsewhere is a run of its own where it says what it trains', () => {
  const own = (batch: number) =>
    `torchrun --nproc_per_node 8 train.py --config elsewhere.yaml --model_name_or_path gpt2 --learning_rate 1e-4 --per_device_train_batch_size ${batch}\n`;
  expect(merge({ 'run.sh': own(4) }, { 'run.sh': own(8) }).rows).toEqual(['run.sh']);
});
