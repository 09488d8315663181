import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../core/check.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { runOf } from '../core/reading/read-run.ts';
import { gatherPullRequest } from './gather.ts';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';

type Files = Record<string, string>;

const keys = ['num_layers', 'hidden_size', 'num_moe_experts', 'micro_batch_size', 'encoder_seq_length', 'jobs', 'x'];
const values = fc
  .dictionary(fc.constantFrom(...keys), fc.constantFrom(2, 4, 8), { maxKeys: 3 })
  .map((map) => Object.entries(map).map(([key, value]) => `${key}: ${value}\n`));

const names = ['a', 'b', 'c'];
const group = fc.constantFrom('model', 'size@model', 'moe@model.moe');
const name = fc.constantFrom(...names);
const entry = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(group, name).map(([key, option]) => `{${key}: ${option}}`) },
  { weight: 2, arbitrary: name.map((option) => `base_${option}`) },
  { weight: 1, arbitrary: name.map((option) => `../more/base_${option}.yaml`) },
  { weight: 1, arbitrary: name.map((option) => `{override /model: ${option}}`) },
  { weight: 1, arbitrary: fc.constant('{optim@model.optim: "${model}_adam"}') },
  { weight: 1, arbitrary: fc.constant('_self_') },
);
const defaults = fc.oneof(
  fc.constant(''),
  fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries) => `defaults: [${entries.join(', ')}]\n`),
);

const part = fc.tuple(defaults, values).map(([list, lines]) => list + lines.join(''));
const plainPart = values.map((lines) => lines.join('') || '{}\n');
const run = fc
  .tuple(defaults, values, fc.boolean())
  .map(([list, lines, isWhole]) =>
    `${list}trainer: {devices: 8, precision: bf16}\nmodel:\n  micro_batch_size: 1\n  optim: {name: adam}\n${isWhole ? '  num_layers: 2\n' : ''}${lines.map((line) => `  ${line}`).join('')}`.replace(
      /( {2}micro_batch_size: 1\n)([^]*) {2}micro_batch_size: \d\n/,
      '$1$2',
    ),
  );

const pathsOf = (pattern: (name: string) => string) => names.map(pattern);
const texts: [readonly string[], fc.Arbitrary<string>][] = [
  [pathsOf((one) => `conf/run_${one}.yaml`), run],
  [pathsOf((one) => `conf/base_${one}.yaml`), part],
  [pathsOf((one) => `more/base_${one}.yaml`), part],
  [pathsOf((one) => `conf/model/${one}.yaml`), part],
  [pathsOf((one) => `conf/size/${one}.yaml`), plainPart],
  [pathsOf((one) => `conf/moe/${one}.yaml`), plainPart],
  [pathsOf((one) => `conf/optim/${one}_adam.yaml`), plainPart],
];
const file = fc.oneof(
  ...texts.flatMap(([paths, text]) => paths.map((path) => text.map((content) => [path, content] as const))),
);
const repository = fc
  .tuple(...texts.flatMap(([paths, text]) => paths.map((path) => text.map((content) => [path, content] as const))))
  .map((entries): Files => Object.fromEntries(entries));
const edits = fc.uniqueArray(file, { minLength: 1, maxLength: 2, selector: ([path]) => path });

/** What every file says as a run, put together with all that there is. */
function runs(files: Files): Map<string, string> {
  const opened = new OpenedFiles(Object.entries(files).map(([path, text]) => [path, { text }]));
  return new Map(
    Object.keys(files).flatMap((path) => {
      const { run: stated } = runOf(path, opened);
      const facts = Object.entries(stated?.facts ?? {}).map(([field, fact]) => [
        field,
        (fact as { value: unknown }).value,
      ]);
      return stated === null ? [] : [[path, JSON.stringify(facts.sort())]];
    }),
  );
}

test.each(['', 'configs: ["conf/run_*.yaml"]\n', 'ignore: ["more/**"]\n'])(
  'nothing changes without being evaluated, whatever includes what; policy: %j',
  async (policy) => {
    await fc.assert(
      fc.asyncProperty(repository, edits, async (before, edited) => {
        const after = { ...before, ...Object.fromEntries(edited) };
        const guard = policy === '' ? {} : { '.github/scalegate.yml': `scalegate_policy: 1\n${policy}` };
        const [base, head] = [inMemoryWorkspace({ ...before, ...guard }), inMemoryWorkspace({ ...after, ...guard })];
        const changedFiles = edited
          .filter(([path, text]) => before[path] !== text)
          .map(([path]) => ({ path, previousPath: null, status: 'modified' as const }));
        const { pairs } = check(await gatherPullRequest({ base, head, changedFiles, guards: await findGuards(base) }));
        const evaluated = new Set(pairs.map(({ path }) => path));
        const [was, is] = [runs(before), runs(after)];
        for (const path of ['a', 'b', 'c'].map((one) => `conf/run_${one}.yaml`)) {
          if (was.get(path) !== is.get(path)) expect([...evaluated]).toContain(path);
        }
      }),
      { numRuns: 60 },
    );
  },
);
