// `npm run release`: makes the artefacts of the version in package.json, tries each as a user would install it, and
// publishes them. `npm run release -- --dry-run` does all of it but publish, and prints the commands that would.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeNpmPackage } from './release/npm-package.ts';
import { publishCommands } from './release/publish-commands.ts';
import { tryNpmPackage, tryWheel } from './release/try-artefacts.ts';
import { versionProblems } from './release/version-problems.ts';
import { makeWheel } from './release/wheel.ts';

const root = resolve(import.meta.dirname, '..');
const isDryRun = process.argv.includes('--dry-run');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const problems = versionProblems(root, version);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`Version ${version}: package, program, lock file, changelog, docs, schemas and workflow agree.`);

const out = join(root, 'release');
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const artefacts = { npmPackage: makeNpmPackage(root, out), wheel: makeWheel(root, out) };
console.log(`npm package: ${tryNpmPackage(artefacts.npmPackage, version)}`);
console.log(`wheel: ${tryWheel(artefacts.wheel, version)}`);

for (const [program, ...args] of publishCommands(version, artefacts)) {
  console.log(`${isDryRun ? 'would run' : 'run'}: ${[program, ...args].join(' ')}`);
  if (!isDryRun) execFileSync(program, args, { cwd: root, stdio: 'inherit' });
}
