import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, syntaxOf } from '../document/parse-document.ts';
import { formats, looksLikeConfig, readRun, referencesOf } from './index.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const examples: Readonly<Record<string, string>> = {
  'deepspeed-chat': 'deepspeed main.py --model_name_or_path a/b --per_device_train_batch_size 4 --zero_stage 3',
  'huggingface-cli':
    'torchrun --nproc_per_node 8 train.py --model_name_or_path a/b --per_device_train_batch_size 4 --learning_rate 1e-5',
  'megatron-lm': 'python pretrain_gpt.py --num-layers 2 --hidden-size 64 --seq-length 512 --micro-batch-size 4',
  'ms-swift': 'NPROC_PER_NODE=8 swift sft --model a/b --per_device_train_batch_size 1 --deepspeed zero3',
  nanogpt: 'batch_size = 12\nblock_size = 1024\nmax_iters = 100\neval_iters = 200\n',
  'open-clip': 'python -m open_clip_train.main --train-data a --model ViT-B-32 --batch-size 4',
  openrlhf: 'deepspeed --module openrlhf.cli.train_sft --pretrain a/b --micro_train_batch_size 4 --zero_stage 3',
  xtuner:
    "model = dict(type=A, llm=dict(type=B))\noptim_wrapper = dict(dtype='float16')\ntrain_cfg = dict(max_epochs=1)\n",
  verl: 'python3 -m verl.trainer.main_ppo actor_rollout_ref.model.path=a/b actor_rollout_ref.actor.optim.lr=1e-6',
  'huggingface-model': '{\n"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2 }',
  'huggingface-trainer': '{\n"model_name_or_path": "org/name", "learning_rate": 1, "per_device_train_batch_size": 4 }',
  scalegate: '{\n"scalegate": 1, "model": { "hidden_size": 64, "num_layers": 2 }, "hardware": { "count": 8 } }',
};

const pathOf = (name: string) =>
  examples[name]!.startsWith('{')
    ? 'runs/example.json'
    : examples[name]!.includes(' = ')
      ? 'runs/example.py'
      : 'runs/example.sh';

test('every folder is in the list, in the order of the alphabet', () => {
  expect(formats.map(({ name }) => name)).toEqual(folders);
});

describe.each(folders)('%s', (name) => {
  const file = (child: string) => join(import.meta.dirname, name, child);

  test('has its code, test and readme', () => {
    for (const child of ['index.ts', `${name}.test.ts`, 'readme.md']) expect(existsSync(file(child)), child).toBe(true);
  });

  test('has a readme with its name and the three headings', () => {
    const lines = readFileSync(file('readme.md'), 'utf8').split('\n');
    expect(lines[0]).toBe(`# ${name}`);
    expect(lines.filter((line) => line.startsWith('## '))).toEqual(['## Example', '## Fields read', '## Not read']);
  });

  test('reads the example of its readme', () => {
    const [, syntax = '', example = ''] =
      /^```(\w+)\n([^]*?)^```$/m.exec(readFileSync(file('readme.md'), 'utf8')) ?? [];
    expect(readRun(`example.${syntax}`, example, new Map())).toMatchObject({ format: { name }, problems: [] });
  });

  test('recognizes its own files, and no other dialect does', () => {
    const path = pathOf(name);
    const { format, run, problems } = readRun(path, examples[name]!, new Map());
    expect(problems).toEqual([]);
    expect(format?.name).toBe(name);
    expect(run).toMatchObject({ path, dialect: name, name: 'example' });
    const { document } = parseDocument(path, examples[name]!);
    expect(
      formats.filter((other) => other.syntaxes.includes(syntaxOf(path)!) && other.recognize(document!)),
    ).toHaveLength(1);
  });

  test.runIf(examples[name]!.startsWith('{'))('is told by its signature when the file does not parse', () => {
    const broken = examples[name]!.replace(/\}\s*$/, '');
    expect(looksLikeConfig('a.json', broken)?.name).toBe(name);
    expect(readRun('a.json', broken, new Map())).toMatchObject({
      format: { name },
      run: null,
      problems: [{ code: 'invalid-json' }],
    });
  });
});

test.each([
  ['package.json', '{ "name": "x", "architectures": ["x64"], "dependencies": {} }'],
  ['axolotl.yaml', 'base_model: org/name\nmodel_type: LlamaForCausalLM\nmicro_batch_size: 2\nsequence_len: 2048\n'],
  [
    'llama-factory.yaml',
    'model_name_or_path: a/b\nstage: sft\nfinetuning_type: lora\nper_device_train_batch_size: 1\n',
  ],
  ['accelerate.yaml', 'distributed_type: FSDP\nnum_processes: 8\nmixed_precision: bf16\n'],
  ['ds_config.json', '{ "zero_optimization": { "stage": 3 }, "train_micro_batch_size_per_gpu": 1 }'],
  ['oumi.yaml', 'model:\n  model_name: a/b\ntraining:\n  trainer_type: TRL_SFT\n  per_device_train_batch_size: 2\n'],
  ['torchtitan.toml', '[model]\nname = "llama3"\nflavor = "8B"\n[training]\nseq_len = 8192\n'],
  ['adapter_config.json', '{ "peft_type": "LORA", "r": 16, "base_model_name_or_path": "a/b" }'],
  ['eval.yaml', 'model_name_or_path: a/b\ntasks: [mmlu]\noutput_dir: out\n'],
  ['workflow.yml', 'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n'],
  ['list.json', '[1, 2]'],
  ['install.sh', 'set -e\nmodel_name_or_path=a/b\npip install -r requirements.txt\n'],
  ['echo.sh', 'echo swift sft --model a/b\n'],
  ['empty.yaml', ''],
])('%s is no config of these dialects', (path, text) => {
  expect(readRun(path, text, new Map())).toEqual({ format: null, run: null, problems: [] });
});

test('a broken file that is like no config says why it can not be read, and claims no dialect', () => {
  expect(looksLikeConfig('a.yml', 'on: [push\n')).toBeNull();
  expect(readRun('a.yml', 'on: [push\n', new Map())).toMatchObject({
    format: null,
    problems: [{ code: 'invalid-yaml' }],
  });
});

test('a key that only mentions a signature is no sign of a config', () => {
  expect(looksLikeConfig('a.yml', '# scalegate: see the docs\nuses: scalegate/scalegate@v1\n')).toBeNull();
});

test('comments are a problem where the framework reads strict JSON', () => {
  const commented = (name: string) => examples[name]!.replace('{\n', '{ // sizes\n');
  expect(readRun('a.json', commented('scalegate'), new Map()).problems).toEqual([]);
  expect(readRun('config.json', commented('huggingface-model'), new Map())).toMatchObject({
    run: null,
    problems: [{ code: 'json-comment', place: { line: 1, column: 3 } }],
  });
});

describe('whatever the text, a file is read or has problems', () => {
  const texts = Object.values(examples);
  const mutated = fc
    .tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat(20),
      fc.oneof(fc.string(), fc.constantFrom('null', '-1', '1e999', '[]', '"__proto__": 1,')),
    )
    .map(([text, at, length, inserted]) => {
      const start = at % text.length;
      return text.slice(0, start) + inserted + text.slice(start + length);
    });
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(null, -1, 0, 1e300, '', '../../..', [], {}));
  const keys = fc.constantFrom(
    ...['scalegate', 'model', 'training', 'hardware', 'architectures', 'model_type', 'hidden_size', 'num_experts'],
    ...['model_name_or_path', 'per_device_train_batch_size', 'optim', 'deepspeed', 'fsdp', 'save_steps', '__proto__'],
  );
  const documents = fc
    .array(fc.tuple(keys, values))
    .map(
      (entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')}}`,
    );

  test.each(['a.json', 'a.yaml', 'a.toml', 'a.sh', 'a.py'])('%s', (path) => {
    fc.assert(
      fc.property(fc.oneof(mutated, documents, fc.string()), (text) => {
        const { format, run, problems } = readRun(path, text, new Map([['config.json', text]]));
        expect(run !== null && problems.length > 0).toBe(false);
        if (format !== null && run === null) expect(problems).not.toEqual([]);
        for (const reference of referencesOf(path, text)) expect(reference).not.toMatch(/^\/|\.\./);
      }),
      { numRuns: 500 },
    );
  });
});
