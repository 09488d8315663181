import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const ground = ['core/without-end', 'core/units', 'core/problem', 'core/recipe-path', 'core/glob', 'core/document'];
const facts = ['core/run', ...ground];

/** Who may import whom, besides itself: docs/design.md, "Floors". */
const mayImport: Record<string, readonly string[]> = {
  'core/problem': ['core/recipe-path'],
  'core/recipe-path': [],
  'core/glob': ['core/recipe-path'],
  'core/version': [],
  'core/without-end': [],
  'core/units': [],
  'core/document': ['core/without-end', 'core/problem', 'core/recipe-path', 'core/units'],
  'core/compose': ['core/without-end', 'core/problem', 'core/document'],
  'core/run': ground,
  'core/catalog': facts,
  'core/formats': ['core/compose', ...facts],
  'core/reading': ['core/source-file', 'core/formats', 'core/compose', ...facts],
  'core/estimate': ['core/catalog', ...facts],
  'core/plan': facts,
  'core/resolve': ['core/catalog', 'core/plan', ...facts],
  'core/attribution': ['core/estimate', ...facts],
  'core/policy': ['core/attribution', 'core/estimate', 'core/plan', ...facts],
  'core/report': ['core/attribution', 'core/fit', 'core/policy', 'core/plan', 'core/estimate', ...facts],
  'core/plan-lint': ['core/resolve', 'core/estimate', 'core/catalog', 'core/plan', ...facts],
  'core/plan-propose': ['core/policy', 'core/plan', 'core/estimate', ...facts],
  'core/source-file': ['core/problem'],
  'core/guards': ['core/source-file', 'core/policy', 'core/plan', 'core/catalog', ...facts],
  'core/hub-model': ['core/source-file', 'core/formats', 'core/reading', 'core/catalog', ...facts],
  'core/launchers': ['core/source-file', 'core/formats', 'core/reading', ...facts],
  'core/gpu-prices': ['core/guards', 'core/policy', 'core/plan', 'core/estimate', 'core/catalog', ...facts],
  'core/estimate-config': [
    'core/gpu-prices',
    'core/launchers',
    'core/guards',
    'core/hub-model',
    'core/source-file',
    'core/policy',
    'core/resolve',
    'core/plan',
    'core/estimate',
    'core/reading',
    'core/formats',
    'core/catalog',
    ...facts,
  ],
  'core/fit': [
    'core/gpu-prices',
    'core/launchers',
    'core/estimate-config',
    'core/guards',
    'core/source-file',
    'core/policy',
    'core/estimate',
    'core/reading',
    'core/formats',
    'core/catalog',
    ...facts,
  ],
  'core/change': ['core/source-file', 'core/formats', 'core/reading', ...facts],
  'core/check': [
    'core/attribution',
    'core/launchers',
    'core/change',
    'core/fit',
    'core/estimate-config',
    'core/guards',
    'core/source-file',
    'core/report',
    'core/policy',
    'core/resolve',
    'core/plan',
    'core/estimate',
    'core/reading',
    'core/formats',
    'core/catalog',
    ...facts,
  ],
  hub: ['core/source-file', 'core/without-end'],
  workspace: [
    'hub',
    'core/hub-model',
    'core/change',
    'core/check',
    'core/launchers',
    'core/guards',
    'core/source-file',
    'core/reading',
    'core/formats',
    'core/policy',
    'core/plan',
    ...ground,
  ],
  github: [
    'workspace',
    'core/change',
    'core/check',
    'core/source-file',
    'core/version',
    'core/report',
    'core/policy',
    ...ground,
  ],
  action: ['github', 'workspace', 'core'],
  app: ['github', 'workspace', 'core'],
  // doctor asks GitHub about the settings there
  cli: ['workspace', 'github', 'core'],
};

/** Folders whose members register in an index.ts that they must not import themselves. */
const memberFolders = [
  'src/core/formats',
  'src/core/policy/rules',
  'src/core/report/outputs',
  'src/core/catalog/gpus',
  'src/core/estimate/trainers',
];

const importPath = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => join('src', file));

/** `src/core/run/batch.ts` → `core/run`, `src/cli/main.ts` → `cli`. */
function floorOf(file: string): string {
  const [, floor, folder] = file.replace(/\.ts$/, '').split('/');
  return floor === 'core' ? `core/${folder!}` : floor!;
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(importPath)].map((match) => normalize(join(dirname(file), match[1]!)));
}

test.each(files)('%s imports only from floors below', (file) => {
  const floor = floorOf(file);
  const allowed = [floor, ...(mayImport[floor] ?? [])];
  for (const target of importsOf(file)) {
    const named = floorOf(target);
    const permitted = allowed.includes(named) || (named.startsWith('core/') && allowed.includes('core'));
    expect(permitted, `${file} → ${target}`).toBe(true);
  }
});

describe('members import the contract, never the list', () => {
  test.each(memberFolders)('%s', (folder) => {
    expect(files).toContain(`${folder}/index.ts`);
    for (const file of files.filter((path) => path.startsWith(`${folder}/`) && path !== `${folder}/index.ts`)) {
      expect(importsOf(file), file).not.toContain(`${folder}/index.ts`);
    }
  });
});

test('no two files import each other, even through others', () => {
  const finished = new Set<string>();
  function visit(file: string, trail: readonly string[]): void {
    expect(trail, [...trail, file].join(' → ')).not.toContain(file);
    if (finished.has(file)) return;
    for (const target of importsOf(file)) visit(target, [...trail, file]);
    finished.add(file);
  }
  for (const file of files) visit(file, []);
});
