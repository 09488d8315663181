import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../src/core/policy/read-policy.ts';
import { readRun } from '../../src/core/reading/read-run.ts';
import { runCli } from './run-cli.ts';
import { scratchRepository } from './scratch-folder.ts';

const own = `net: { d_model: 2560, n_layer: 32, n_head: 32, vocab_size: 50304, ctx_len: 2048 }
train:
  batch_size: 8
  dtype: bfloat16
  max_lr: 3e-4
  total_steps: 200000
  optimizer: torch.optim.AdamW
cluster: { gpus_per_node: 8, num_nodes: 4 }
`;

/** The facts of a config, without who says so. */
function valuesOf(text: string, policy: string): unknown {
  const { formats } = readPolicy({ path: '.github/scalegate.yml', text: policy }).policy;
  const { run } = readRun('conf/run.yaml', text, new Map(), new Map(), formats);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

describe('map', () => {
  test('prints the mapping as the policy states it, with what is missing', async () => {
    const repository = scratchRepository({ 'conf/run.yaml': own });
    const { out, err, status } = await runCli(repository.path, 'map conf/run.yaml');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('files: ["conf/*.yaml"]\n');
    expect(out).toContain('      model.hidden_size: net.d_model # 2560\n');
    expect(out).toContain(
      '      training.micro_batch_size: { key: train.batch_size, unit: per_gpu } # 8; or unit: global\n',
    );
    expect(out).toContain(
      '      training.precision: { key: train.dtype, values: { bfloat16: bf16-mixed } } # bfloat16\n',
    );
    expect(out).toContain('      # parallelism.sharding: # What data parallel ranks divide');
  });

  test('what it prints is a policy under which the same is read', async () => {
    const repository = scratchRepository({ 'conf/run.yaml': own });
    const { out } = await runCli(repository.path, 'map conf/run.yaml');
    const policy = `scalegate_policy: 1\n${out}`;
    expect(readPolicy({ path: 'policy.yml', text: policy }).problems).toEqual([]);
    const guessed = valuesOf(own, 'scalegate_policy: 1\n') as object;
    expect(valuesOf(own, policy)).toEqual({ ...guessed, 'training.trainer': 'pytorch' });
  });

  test('says where no mapping is needed', async () => {
    const repository = scratchRepository({ 'run.yaml': 'scalegate: 1\nmodel: { hidden_size: 64 }\n' });
    const { err, status } = await runCli(repository.path, 'map run.yaml');
    expect(err).toContain('run.yaml is read as scalegate: it needs no mapping.');
    expect(status).toBe(0);
  });

  test('shows everything as missing where no key has a usual name', async () => {
    const repository = scratchRepository({ 'run.yaml': 'breite: 512\n' });
    const { out } = await runCli(repository.path, 'map run.yaml');
    expect(out).toContain('      # model.hidden_size: # Width of the residual stream\n');
  });

  test('a file that does not parse is told with its line', async () => {
    const repository = scratchRepository({ 'run.yaml': 'a: [1\n' });
    const { err, status } = await runCli(repository.path, 'map run.yaml');
    expect(err).toContain('run.yaml:2');
    expect(status).toBe(2);
  });

  test('init writes the mapping of each kind of own config', async () => {
    const repository = scratchRepository({ 'conf/a.yaml': own, 'conf/b.yaml': own.replace('2560', '1280') });
    await runCli(repository.path, 'init');
    const text = repository.read('.github/scalegate.yml');
    expect(text).toContain('    files: ["conf/a.yaml", "conf/b.yaml"]\n');
    expect(readPolicy({ path: 'policy.yml', text }).problems).toEqual([]);
    const { out } = await runCli(repository.path, 'estimate conf/a.yaml --json');
    expect(JSON.parse(out)).toMatchObject({ run: { dialect: expect.not.stringMatching('generic') as string } });
  });

  test('a model that grows is never passed over', async () => {
    const repository = scratchRepository({ 'conf/run.yaml': own });
    repository.commit();
    repository.write({ 'conf/run.yaml': own.replace('n_layer: 32', 'n_layer: 96') });
    const { out } = await runCli(repository.path, 'diff HEAD');
    expect(out).not.toMatch(/no training config changed/i);
    expect(out).toContain('guessed-config');
    expect(out).toContain('scale-jump');
  });
});
