import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aBallot } from '../../test/support/an-approval.ts';
import { check, withApprovals, type ChangedFile, type CheckInput } from './check.ts';
import { OpenedFiles } from './reading/opened-files.ts';
import type { FileContent } from './source-file.ts';

const example = (path: string) => readFileSync(`examples/${path}`, 'utf8');
const large = example('configs/large.yaml');
const xl = example('configs/xl.yaml');
const plan = { path: 'docs/plan.md', content: { text: example('model-scaling-estimates.md') } };

interface Change extends ChangedFile {
  readonly base: FileContent | null;
  readonly head: FileContent | null;
}

function change(path: string, base: string | null, head: string | FileContent | null): Change {
  const content = (file: string | FileContent | null) => (typeof file === 'string' ? { text: file } : file);
  const status = base === null ? 'added' : head === null ? 'removed' : 'modified';
  return { path, previousPath: null, status, base: content(base), head: content(head) };
}

function evaluate(changes: readonly Change[], rest: Partial<CheckInput> = {}) {
  const sides = { base: new OpenedFiles(), head: new OpenedFiles() };
  for (const { path, previousPath, base, head } of changes) {
    sides.base.add(previousPath ?? path, base);
    sides.head.add(path, head);
  }
  return check({ changes, sides, policy: null, plan, changedGuards: [], ...rest });
}

function policy(text: string) {
  return { path: '.github/scalegate.yml', content: { text: `scalegate_policy: 1\n${text}` } };
}

const rulesOf = ({ findings }: ReturnType<typeof check>) => findings.map(({ rule, level }) => `${rule}: ${level}`);

describe('a pull request', () => {
  test('that moves Large to XL waits: the plan records no validated scale', () => {
    const evaluation = evaluate([change('configs/large.yaml', large, xl)]);
    expect(evaluation.verdict).toBe('waiting');
    expect(rulesOf(evaluation)).toEqual([
      'plan-deviation: approval',
      'previous-scale-validated: approval',
      'scale-jump: approval',
      'plan-deviation: notice',
    ]);
  });

  test('that moves Large to XL fails where Large is not validated though others are', () => {
    const evidence = '\n| Scale | Run | Date |\n| - | - | - |\n| Tiny | [run](https://example.org/1) | 2026-10-03 |\n';
    const validated = { path: plan.path, content: { text: plan.content.text + evidence } };
    const evaluation = evaluate([change('configs/large.yaml', large, xl)], { plan: validated });
    expect(evaluation.verdict).toBe('fail');
    expect(rulesOf(evaluation)).toContain('previous-scale-validated: error');
  });

  test('that no longer fits the GPU fails, on the line that caused it', () => {
    const checkpointing = 'activation_checkpointing: full';
    const evaluation = evaluate([
      change('configs/large.yaml', large, large.replace(checkpointing, 'activation_checkpointing: none')),
    ]);
    expect(evaluation.verdict).toBe('fail');
    const line = large.split('\n').findIndex((text) => text.includes(checkpointing)) + 1;
    expect(evaluation.findings[0]).toMatchObject({ rule: 'memory-limit', level: 'error', place: { line } });
  });

  test('that edits a comment passes', () => {
    const evaluation = evaluate([change('configs/large.yaml', large, `# a word\n${large}`)]);
    expect(evaluation.verdict).toBe('pass');
  });

  test('that deletes a config passes, and lists it', () => {
    const evaluation = evaluate([change('configs/xl.yaml', xl, null)]);
    expect(evaluation).toMatchObject({ verdict: 'pass', pairs: [{ path: 'configs/xl.yaml', head: null }] });
  });

  test('that touches no config has nothing to report', () => {
    const evaluation = evaluate([
      change('package.json', '{}', '{"name": "x"}'),
      change('data.yaml', null, 'a: [1, 2]\n'),
    ]);
    expect(evaluation).toMatchObject({ verdict: 'pass', pairs: [], findings: [], problems: [] });
  });
});

describe('the edits of a config', () => {
  const edit = (text: string, edits: Readonly<Record<string, string>>) =>
    Object.entries(edits).reduce((edited, [from, to]) => edited.replace(from, to), text);
  const edited = edit(large, {
    'micro_batch_size: 32': 'micro_batch_size: 40',
    'samples: 100M': 'samples: 300M',
    'checkpoint_every: 10%': 'checkpoint_every: 5%',
  });

  test('are named as they are written, at their lines', () => {
    const [pair] = evaluate([change('configs/large.yaml', large, edited)]).pairs;
    const lineOf = (text: string) => edited.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(pair?.edits.map(({ key, from, to, place }) => [key, from, to, place.line])).toEqual([
      ['checkpoint_every', '10%', '5%', lineOf('checkpoint_every')],
      ['micro_batch_size', '32', '40', lineOf('micro_batch_size')],
      ['samples', '100M', '300M', lineOf('samples')],
    ]);
  });

  test('say what each does, and add up to the difference', () => {
    const [pair] = evaluate([change('configs/large.yaml', large, edited)]).pairs;
    const { memory, cost } = pair!.head!.estimate;
    const shares = pair!.edits.map(({ share }) => share);
    const sum = (figure: 'memoryBytes' | 'costUsd') => shares.reduce((total, share) => total + share[figure]!, 0);
    expect(sum('memoryBytes')).toBeCloseTo(memory!.peakBytes - pair!.base!.estimate.memory!.peakBytes, 0);
    expect(sum('costUsd')).toBeCloseTo(cost!.usd! - pair!.base!.estimate.cost!.usd!, 3);
    expect(shares.map(({ memoryBytes }) => memoryBytes! > 0)).toEqual([false, true, false]);
  });

  test('are none where a comment or a line is all that changes, or the config is new', () => {
    expect(evaluate([change('a.yaml', large, `# a word\n${large}`)]).pairs[0]?.edits).toEqual([]);
    expect(evaluate([change('a.yaml', null, large)]).pairs[0]?.edits).toEqual([]);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['is no YAML any more', large.replace('model:', 'model: [')],
    ['is no config any more', 'just: text\n'],
    ['has become a symbolic link', { unreadable: 'is a symbolic link, which scalegate does not follow' }],
  ])('a config that %s fails, and the others are still reported', (_, head) => {
    const other = change('configs/small.yaml', example('configs/small.yaml'), example('configs/small.yaml'));
    const evaluation = evaluate([change('configs/large.yaml', large, head), other]);
    expect(evaluation.verdict).toBe('fail');
    expect(rulesOf(evaluation)).toContain('unreadable-config: error');
    expect(evaluation.pairs.find(({ path }) => path === other.path)?.head?.estimate.memory).not.toBeNull();
  });

  test('a new file that only looks like nothing is left alone, unless the policy names it', () => {
    const changes = [change('configs/notes.yaml', null, 'just: text\n')];
    expect(evaluate(changes).pairs).toEqual([]);
    const named = evaluate(changes, { policy: policy('configs: ["configs/**"]\n') });
    expect(named.verdict).toBe('fail');
    expect(named.pairs[0]?.problems[0]?.code).toBe('unknown-dialect');
  });

  test('a typo in a new config names the key and what was meant', () => {
    const evaluation = evaluate([change('configs/new.yaml', null, large.replace('num_layers', 'num_layer'))]);
    expect(evaluation.pairs[0]?.problems[0]).toMatchObject({
      key: 'model.num_layer',
      place: { path: 'configs/new.yaml', line: 5 },
    });
  });

  test('a broken policy fails pull requests that touch configs, and none that only mends it', () => {
    const broken = policy('rules: { no-such-rule: error }\n');
    expect(evaluate([change('configs/large.yaml', large, large)], { policy: broken }).verdict).toBe('fail');
    const mending = evaluate([], { policy: broken, changedGuards: [policy('')] });
    expect(mending.verdict).toBe('waiting');
    expect(rulesOf(mending)).toEqual(['plan-change: approval']);
  });
});

describe('what would make it fit', () => {
  const tooBig = xl.replace('activation_checkpointing: full', 'activation_checkpointing: none');

  test('is looked for where the memory fails, and only there', () => {
    const failing = evaluate([change('configs/xl.yaml', xl, tooBig), change('configs/large.yaml', large, large)]);
    expect(failing.fits.map(({ path }) => path)).toEqual(['configs/xl.yaml']);
    expect(failing.fits[0]!.fits.length).toBeGreaterThan(0);
    expect(evaluate([change('configs/large.yaml', large, large)]).fits).toEqual([]);
  });

  test('is looked for in three configs, however many fail', () => {
    const changes = ['a', 'b', 'c', 'd', 'e'].map((name) => change(`configs/${name}.yaml`, null, tooBig));
    expect(evaluate(changes).fits).toHaveLength(3);
  });
});

describe('policy and plan', () => {
  test('facts that configs never hold come from the policy, by glob, the last match first', () => {
    const bare = large.replace(/hardware:[\s\S]*/, '');
    const evaluation = evaluate([change('configs/large.yaml', bare, bare)], {
      policy: policy(`assumptions:
  - files: ["**"]
    hardware: { gpu: A100-80GB, count: 8 }
  - files: ["configs/**"]
    hardware: { count: 16, usd_per_gpu_hour: 1.25 }
`),
    });
    const head = evaluation.pairs[0]?.head;
    expect(head?.run.hardware).toMatchObject({ count: 16, usdPerGpuHour: 1.25 });
    expect(head?.estimate.cost?.usdPerGpuHour).toBe(1.25);
  });

  test('a config cannot set its own price', () => {
    const priced = large.replace('count: 64', 'count: 64\n  usd_per_gpu_hour: 0.01');
    const evaluation = evaluate([change('configs/large.yaml', large, priced)]);
    expect(evaluation.pairs[0]?.problems[0]).toMatchObject({ code: 'unknown-key', key: 'hardware.usd_per_gpu_hour' });
  });

  test('what fits only because the config names a bigger GPU than the plan has waits for approval', () => {
    const head = large.replace('A100-80GB', 'H200').replace('checkpointing: full', 'checkpointing: none');
    const evaluation = evaluate([change('configs/large.yaml', large, head)]);
    expect(evaluation.verdict).toBe('waiting');
    expect(evaluation.findings.find(({ cause }) => cause === 'another GPU than the plan')?.message).toMatch(
      /^The run needs [\d.]+ GiB per GPU: more than the plan's A100-SXM4-80GB has. It states H200/,
    );
  });

  test('the policy may state another GPU than the plan, for some files', () => {
    const text = large.replace(/hardware:[^]*$/, '').replace('checkpointing: full', 'checkpointing: none');
    const files = "policies: [{ files: ['configs/**'], assumptions: { hardware: { gpu: H200, count: 64 } } }]\n";
    const { findings, pairs } = evaluate([change('configs/large.yaml', null, text)], { policy: policy(files) });
    expect(pairs[0]?.head?.limit?.source).toMatch(/^the run's GPU, H200.*; the plan's is A100-SXM4-80GB$/);
    expect(findings.map(({ cause }) => cause)).not.toContain('another GPU than the plan');
  });
});

describe('approval', () => {
  const evaluation = evaluate([change('configs/large.yaml', large, xl)]);
  const approval = aBallot({ login: 'lead', roleName: 'maintain', scope: evaluation.scope });
  const contributors = { logins: ['engineer'], unlinked: [], complete: true };

  test('by somebody who may lets it pass', () => {
    expect(withApprovals(evaluation, [approval], contributors).verdict).toBe('pass');
  });

  test('of a smaller change does not cover a larger one', () => {
    const smaller = evaluate([change('configs/large.yaml', large, xl.replace('num_layers: 36', 'num_layers: 34'))]);
    const approved = withApprovals(evaluation, [{ ...approval, scope: smaller.scope }], contributors);
    expect(approved).toMatchObject({ verdict: 'waiting', approval: { given: [], ignored: [{ by: 'lead' }] } });
  });

  test('of one edit of the plan does not cover another', () => {
    const edited = (text: string) => evaluate([], { changedGuards: [{ path: plan.path, content: { text } }] });
    const approved = withApprovals(edited('two'), [{ ...approval, scope: edited('one').scope }], contributors);
    expect(approved.verdict).toBe('waiting');
  });

  test('never turns a failure into a pass', () => {
    const failing = evaluate([
      change('configs/large.yaml', large, xl.replace('checkpointing: full', 'checkpointing: none')),
    ]);
    expect(withApprovals(failing, [{ ...approval, scope: failing.scope }], contributors).verdict).toBe('fail');
  });
});

test('whatever stands in the files, there is a verdict', () => {
  const line = fc.oneof(
    fc.constantFrom(...large.split('\n')),
    fc.string({ unit: 'binary' }),
    fc.constant('__proto__: {}'),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(line).map((lines) => lines.join('\n')),
  );
  const path = fc.constantFrom('a.yaml', 'b.json', 'c.toml', 'configs/large.yaml');
  fc.assert(
    fc.property(path, fc.option(text), fc.option(text), text, text, (where, base, head, policyText, planText) => {
      const evaluation = evaluate([change(where, base, head)], {
        policy: { path: '.github/scalegate.yml', content: { text: policyText } },
        plan: { path: 'plan.md', content: { text: planText } },
      });
      expect(['pass', 'waiting', 'fail']).toContain(evaluation.verdict);
    }),
    { numRuns: 300 },
  );
});

describe('a file of several recipes', () => {
  const recipe = (name: string, tokens: string) => `def ${name}():
    return Trainer.Config(
        model_spec=model_registry("8B"),
        training=TrainingConfig(num_tokens_per_microbatch_per_dp_rank=${tokens}, max_context_length=4096, steps=10),
    )
`;
  const path = 'models/llama3/config_registry.py';
  const before = recipe('small', '4096') + recipe('large', '8192');

  test('is a config of each, at its own path', () => {
    const { pairs } = evaluate([change(path, before, before.replace('8192', '8 * 4096'))]);
    expect(
      pairs.map((pair) => [pair.path, pair.base?.run.training.microBatchSize, pair.head?.run.training.microBatchSize]),
    ).toEqual(
      expect.arrayContaining([
        [`${path}::small`, 1, 1],
        [`${path}::large`, 2, 8],
      ]),
    );
  });

  test('points with what it finds at the line in the file', () => {
    const { findings } = evaluate([change(path, null, before)]);
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ place }) => place.path))).toEqual(new Set([path]));
  });

  test('that gains a recipe adds a config', () => {
    const { pairs } = evaluate([change(path, recipe('small', '4096'), before)]);
    const large = pairs.find((pair) => pair.path === `${path}::large`);
    expect(pairs).toHaveLength(2);
    expect(large?.base).toBeNull();
    expect(large?.head?.run.name).toBe('large');
  });
});
