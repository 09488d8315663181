import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';
import { scratchRepository } from './scratch-folder.ts';

const recipe = (name: string, batch: number) => `def ${name}():
    cfg = _pretrain_common()
    cfg.model = AutoBridge.from_hf_pretrained("meta-llama/Llama-3.1-8B").to_megatron_provider()
    cfg.train.micro_batch_size = ${batch}
    return cfg

`;
const files = { 'recipes/llama.py': recipe('llama_8b_sft', 1) + recipe('llama_8b_pretrain', 4) };

function objectsOf(out: string): { run: { path: string; name: string } }[] {
  const lines = out.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as ReturnType<typeof objectsOf>[number]);
}

test('each recipe of a Python file is estimated, under its own path and name', async () => {
  const { path } = scratchRepository(files);
  for (const target of ['recipes', 'recipes/llama.py']) {
    const { out } = await runCli(path, `estimate ${target} --json`);
    expect(objectsOf(out).map(({ run }) => [run.path, run.name])).toEqual([
      ['recipes/llama.py::llama_8b_sft', 'llama_8b_sft'],
      ['recipes/llama.py::llama_8b_pretrain', 'llama_8b_pretrain'],
    ]);
  }
});

test('one recipe is named by its path', async () => {
  const { path } = scratchRepository(files);
  const { out } = await runCli(path, 'explain recipes/llama.py::llama_8b_pretrain');
  expect(out).toContain('llama_8b_pretrain');
  expect(out).toContain('recipes/llama.py:10:5');
});
