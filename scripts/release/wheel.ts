import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The wheel that pyproject.toml describes, built as `pip install` of a clone builds it. */
export function makeWheel(root: string, out: string): string {
  execFileSync('python3', ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', out, '.'], { cwd: root });
  const wheel = readdirSync(out).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip wheel: made no wheel');
  return join(out, wheel);
}
