import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every place that names the version, and does not name `version` or its major tag: one sentence each. */
export function versionProblems(root: string, version: string): string[] {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const major = `v${version.split('.')[0] ?? ''}`;
  const named = [
    ['src/core/version.ts', `export const version = '${version}';`],
    ['package-lock.json', `"version": "${version}"`],
    ['CHANGELOG.md', `## ${version}`],
    ['.github/workflows/release.yml', 'npm run release'],
  ] as const;
  const missing = named.flatMap(([path, text]) => (read(path).includes(text) ? [] : [`${path}: found no ${text}`]));
  const pages = [
    'README.md',
    'SECURITY.md',
    ...filesBelow(root, 'docs', '.md'),
    ...filesBelow(root, 'schemas', '.json'),
  ];
  const others = pages.flatMap((path) =>
    [...read(path).matchAll(/scalegate\/scalegate(?:@|\/)(v\d[\w.]*)/g)].flatMap(([text, tag]) =>
      tag === major ? [] : [`${path}: found ${text}, expected the tag ${major}, which a release moves`],
    ),
  );
  return [...missing, ...others];
}

function filesBelow(root: string, folder: string, ending: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((path) => path.endsWith(ending)).map((path) => join(folder, path));
}
