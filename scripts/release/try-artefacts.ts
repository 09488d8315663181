import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Installs the npm package in an empty folder and uses it; says what it answered. */
export function tryNpmPackage(path: string, version: string): string {
  return inEmptyFolder((folder) => {
    execFileSync('npm', ['install', '--silent', '--prefix', folder, path], { cwd: folder });
    return tryProgram(join(folder, 'node_modules/.bin/scalegate'), folder, version);
  });
}

/** Installs the wheel in a fresh virtual environment, its Node included, and uses it; says what it answered. */
export function tryWheel(path: string, version: string): string {
  return inEmptyFolder((folder) => {
    const environment = join(folder, 'venv');
    execFileSync('python3', ['-m', 'venv', environment]);
    execFileSync(join(environment, 'bin/python'), ['-m', 'pip', 'install', '--quiet', path]);
    return tryProgram(join(environment, 'bin/scalegate'), folder, version);
  });
}

/** The version, and one estimate: a model of one layer has a number of parameters that can be counted by hand. */
function tryProgram(program: string, folder: string, version: string): string {
  const run = (...args: string[]) => execFileSync(program, args, { cwd: folder, encoding: 'utf8' }).trim();
  const answer = run('--version');
  if (answer !== version) throw new Error(`${program} --version: found ${answer}, expected ${version}`);
  writeFileSync(join(folder, 'run.yaml'), tinyRun);
  const { parameters } = JSON.parse(run('estimate', 'run.yaml', '--json')) as { parameters: { total: number } };
  if (parameters.total !== tinyParameters) throw new Error(`${program}: found ${String(parameters.total)} parameters`);
  return `answers ${answer} and counts ${String(parameters.total)} parameters`;
}

const tinyRun = `scalegate: 1
model: { hidden_size: 64, num_layers: 1, num_attention_heads: 4, intermediate_size: 256, vocab_size: 1000,
  gated_mlp: false, tie_word_embeddings: true, norm: rmsnorm, position_embedding: rope,
  attention_bias: false, mlp_bias: false }
`;
/** Embedding 1000 · 64, attention 4 · 64², MLP 2 · 64 · 256, three norms of 64. */
const tinyParameters = 64_000 + 16_384 + 32_768 + 192;

function inEmptyFolder(use: (folder: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-release-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
