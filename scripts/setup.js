// Runs before `npm test` and `npm run demo`, so that each works in a fresh clone: installs what the lock file names
// unless that has been done. Plain JavaScript for whatever Node the machine has; all else runs on the Node 24 it installs.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);

function installed() {
  try {
    const wanted = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')).packages;
    const present = JSON.parse(readFileSync(new URL('node_modules/.package-lock.json', root), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

if (!installed()) {
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exit(status ?? 1);
}
