import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, syntaxOf } from '../document/parse-document.ts';
import { formats } from './index.ts';
import { looksLikeConfig } from '../reading/recognize.ts';
import { readRun, referencesOf } from '../reading/read-run.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const extensions: Readonly<Record<string, string>> = { bash: 'sh', shell: 'sh', python: 'py' };

/** The example in the readme of a dialect, as a file of its syntax. */
function exampleOf(name: string): { path: string; text: string } {
  const readme = readFileSync(join(import.meta.dirname, name, 'readme.md'), 'utf8');
  const [, syntax = '', text = ''] = /^```(\w+)\n([^]*?)^```$/m.exec(readme) ?? [];
  return { path: `runs/example.${extensions[syntax] ?? syntax}`, text };
}

/** A text that its parser refuses, and that still looks like what it was. */
function broken({ path, text }: { path: string; text: string }): string {
  if (path.endsWith('.json')) return text.replace(/\}\s*$/, '');
  return `${text}\n[`;
}

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

  test('reads the example of its readme, which no other dialect takes for its own', () => {
    const { path, text } = exampleOf(name);
    const { format, run, problems } = readRun(path, text, new Map());
    expect(problems).toEqual([]);
    expect(format?.name).toBe(name);
    expect(run).toMatchObject({ path, dialect: name });
    const { document } = parseDocument(path, text);
    const others = formats.filter((other) => other.guesses !== true || other.name === name);
    const ofSyntax = others.filter((other) => other.syntaxes.some((syntax) => syntax.startsWith(syntaxOf(path)!)));
    expect(ofSyntax.filter((other) => other.recognize(document!)).map((other) => other.name)).toEqual([name]);
  });

  const isScript = formats.some((format) => format.name === name && format.signature.length === 0);

  test(`is told by ${isScript ? 'nothing, being a script,' : 'its signature'} when the file does not parse`, () => {
    const example = exampleOf(name);
    expect(looksLikeConfig(example.path, broken(example))?.name).toBe(isScript ? undefined : name);
    if (isScript) return;
    const { format, run, problems } = readRun(example.path, broken(example), new Map());
    expect({ format: format?.name, run, problems: problems.length > 0 }).toEqual({
      format: name,
      run: null,
      problems: true,
    });
  });
});

test.each([
  ['package.json', '{ "name": "x", "architectures": ["x64"], "dependencies": {} }'],
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
  expect(readRun('a.json', '{ // sizes\n"scalegate": 1 }', new Map()).problems).toEqual([]);
  expect(readRun('config.json', '{ // sizes\n"model_type": "llama", "hidden_size": 64 }', new Map())).toMatchObject({
    run: null,
    problems: [{ code: 'json-comment', place: { line: 1, column: 3 } }],
  });
});

describe('whatever the text, a file is read or has problems', () => {
  const texts = folders.map((name) => exampleOf(name).text);
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
    ...['base_model', 'zero_optimization', 'distributed_type', 'finetuning_type', 'resources', 'train', 'tokenizer'],
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
