// Compiles src to lib and bundles the entry points to dist, one file each with the licences of what is inside.
// `node scripts/build.ts [OUT]`: OUT is dist by default; the test of dist builds to a folder of its own and compares.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const out = resolve(root, process.argv[2] ?? 'dist');
const entries = ['action', 'cli'];

// Always the same folder: the bundler numbers modules by their paths, and equal sources are to give equal bytes.
const lib = join(root, 'lib');
rmSync(lib, { recursive: true, force: true });
run('tsc', ['-p', 'tsconfig.build.json']);
for (const entry of entries) {
  rmSync(join(out, entry), { recursive: true, force: true });
  run('ncc', ['build', join(lib, entry, 'index.js'), '-m', '-q', '--license', 'licenses.txt', '-o', join(out, entry)]);
}

function run(command: string, args: readonly string[]): void {
  execFileSync(join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
