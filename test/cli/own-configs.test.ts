import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../src/core/policy/read-policy.ts';
import { runCli } from './run-cli.ts';
import { scratchRepository, type ScratchFolder } from './scratch-folder.ts';

const example = resolve(import.meta.dirname, '../../examples/own-configs');

/** The example as a repository of its own. */
function ownConfigs(): ScratchFolder {
  const paths = readdirSync(example, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = paths.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(example.length + 1), readFileSync(path, 'utf8')] as const;
  });
  const repository = scratchRepository(Object.fromEntries(files));
  repository.commit();
  return repository;
}

/** A change of one line, and what `diff` says of it. */
async function diffOf(repository: ScratchFolder, path: string, before: string, after: string): Promise<string> {
  repository.write({ [path]: repository.read(path).replace(before, after) });
  const { out } = await runCli(repository.path, 'diff HEAD');
  return out;
}

describe('a repository with configs of its own', () => {
  test('every config of it is read', async () => {
    const { out, err } = await runCli(ownConfigs().path, 'estimate .');
    expect(err).toBe('');
    for (const path of [
      'conf/pretrain.yaml',
      'conf/flat.yaml',
      'conf/config.yaml',
      'src/train.py',
      'lightning/gpt.yaml',
    ]) {
      expect(out, path).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')} +\\S+ +\\d\\S+ +\\d`, 'm'));
    }
    expect(out).toContain('slurm/sft.sbatch');
  });

  test('init writes a policy that maps its kinds, under which they are no guesses', async () => {
    const repository = ownConfigs();
    await runCli(repository.path, 'init');
    const text = repository.read('.github/scalegate.yml');
    const { policy, problems } = readPolicy({ path: '.github/scalegate.yml', text });
    expect(problems).toEqual([]);
    expect(policy.formats.flatMap(({ files }) => files).sort()).toEqual([
      'conf/config.yaml',
      'conf/flat.yaml',
      'conf/pretrain.yaml',
      'src/train.py',
    ]);
    const { out } = await runCli(repository.path, 'estimate conf/pretrain.yaml --json');
    const { assumptions } = JSON.parse(out) as { assumptions: { field: string; reason: string }[] };
    expect(assumptions.filter(({ reason }) => reason.includes('told by the name'))).toEqual([]);
  });

  test('map proposes the mapping of one file', async () => {
    const { out } = await runCli(ownConfigs().path, 'map src/train.py');
    expect(out).toContain('      model.num_layers: ModelConfig.n_layer # 12\n');
    expect(out).toContain('      training.steps: max_steps # 50000\n');
  });

  test.each([
    ['conf/pretrain.yaml', 'n_layer: 24', 'n_layer: 96'],
    ['conf/flat.yaml', 'n_embd: 768', 'n_embd: 6144'],
    ['conf/config.yaml', 'model: small', 'model: large'],
    ['conf/model/small.yaml', 'd_model: 768', 'd_model: 3072'],
    ['src/train.py', 'n_layer: int = 12', 'n_layer: int = 96'],
    ['lightning/gpt.yaml', 'n_layer: 24', 'n_layer: 96'],
    ['slurm/sft.sbatch', '--nodes=2', '--nodes=16'],
    ['accelerate/zero3.yaml', 'zero_stage: 3', 'zero_stage: 1'],
  ])('%s: %s → %s is no silence', async (path, before, after) => {
    const out = await diffOf(ownConfigs(), path, before, after);
    expect(out).not.toMatch(/no training config changed/i);
    expect(out).toMatch(/scale-jump|memory-limit|GiB/);
  });

  test('of a run with rollouts the title says that only its training is counted', async () => {
    const text =
      'model_name_or_path: Qwen/Qwen2.5-7B\nper_device_train_batch_size: 1\nnum_generations: 8\nmax_steps: 10\n';
    const repository = scratchRepository({ 'grpo.yaml': text });
    repository.commit();
    const out = await diffOf(repository, 'grpo.yaml', 'batch_size: 1', 'batch_size: 2');
    expect(out).toContain('training step only');
  });

  test('a model that grows waits for an approval', async () => {
    const out = await diffOf(ownConfigs(), 'conf/pretrain.yaml', 'n_layer: 24', 'n_layer: 96');
    expect(out).toContain('waiting for 1 approval');
    expect(out).toMatch(/scalegate\s+map conf\/pretrain.yaml/);
  });
});
