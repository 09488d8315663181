import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The package that `npx scalegate` fetches: the bundled command line and the schemas, without a dependency. This
 * repository's own package.json has those of the App, which nobody who estimates a config needs.
 */
export function makeNpmPackage(root: string, out: string): string {
  const stage = mkdtempSync(join(tmpdir(), 'scalegate-npm-'));
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, type, repository, homepage, bin } = own;
  const published = {
    ...{ name, version, description, license, type, repository, homepage, bin },
    engines: { node: '>=20' },
    keywords: ['training', 'gpu', 'memory', 'cost', 'llm', 'ci'],
  };
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  mkdirSync(join(stage, 'dist'));
  cpSync(join(root, 'dist/cli'), join(stage, 'dist/cli'), { recursive: true });
  for (const path of ['schemas', 'README.md', 'LICENSE'])
    cpSync(join(root, path), join(stage, path), { recursive: true });
  const answer = execFileSync('npm', ['pack', '--json', '--pack-destination', out], { cwd: stage, encoding: 'utf8' });
  rmSync(stage, { recursive: true });
  const [packed] = JSON.parse(answer) as [{ filename: string }];
  return join(out, packed.filename);
}
