import type { Document } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';
import { plainInclude, type Include, type Part } from './include.ts';
import { folderOf, pathFrom } from './paths.ts';
import { withoutEnd } from '../without-end.ts';

/** Keys under which configs name the files that they change: mmengine, PaddlePaddle, MaxText, and what others call it. */
const keysOfBases = ['_base_', '_BASE_', 'inherit_from', 'base_config'];

/** Bases of one file; a hostile one could name a hundred thousand. */
const mostBases = 50;

/**
 * The files that a config changes, weakest first, each relative to it, or from the root of the repository; null where
 * it names none.
 */
export function baseFiles(document: Document, text: string): Part[] | null {
  const key = keysOfBases.find((name) => isNamed(valueAt(document.value, [name])));
  const named = key === undefined ? [] : namedUnder(key, document);
  const imported = document.path.endsWith('.py') ? importedBases(document, text) : [];
  const bases = [...imported, ...named].slice(0, mostBases);
  return bases.length === 0 ? null : [...bases, { kind: 'self' }];
}

function isNamed(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value]).some(isFile);
}

function isFile(name: unknown): name is string {
  return typeof name === 'string' && /\.(?:ya?ml|json|toml|py)$/.test(name);
}

function namedUnder(key: string, document: Document): Include[] {
  const value = valueAt(document.value, [key]);
  return (Array.isArray(value) ? value : [value]).flatMap((written, index) => {
    if (!isFile(written)) return [];
    const keys = Array.isArray(value) ? [key, index] : [key];
    const beside = pathFrom(folderOf(document.path), written);
    const fromRoot = beside === null || written.startsWith('.') ? null : pathFrom('', written);
    return [plainInclude(written, [beside, fromRoot], keys)];
  });
}

/** `with read_base(): from .base import *` (mmengine, "A pure Python style configuration file"). */
function importedBases(document: Document, text: string): Include[] {
  const imports = importsIn(text).slice(0, mostBases);
  return imports.flatMap(([module, listed]) => {
    const path = module.replace(/^\.*/, '');
    const dots = module.length - path.length;
    const folder = dots === 0 ? '' : folderOf(document.path);
    const written = `${'../'.repeat(Math.max(0, dots - 1))}${path.replaceAll('.', '/')}.py`;
    const names = listed.split(',').map((name) => name.trim().split(/\s/)[0] ?? '');
    return {
      ...plainInclude(module, [pathFrom(folder, written)], []),
      names: names.includes('*') ? null : names.filter((name) => name !== ''),
    };
  });
}

/** The modules of the imports in blocks of `with read_base():`, each with the names that it lists. */
function importsIn(text: string): [module: string, names: string][] {
  const imports: [string, string][] = [];
  let isInside = false;
  let open: [string, string] | null = null;
  for (const line of text.split('\n')) {
    const code = (line.split('#', 1)[0] ?? '').trim();
    if (open !== null) {
      // A list in parentheses goes over several lines
      open[1] += ` ${withoutEnd(code, ')')}`;
      if (code.endsWith(')')) open = null;
      continue;
    }
    if (code !== '' && !/^[ \t]/.test(line)) isInside = /^with\s{1,9}read_base\(\)\s{0,9}:$/.test(code);
    const match = isInside ? /^from\s{1,9}([\w.]{1,200})\s{1,9}import\s(.*)$/.exec(code) : null;
    if (match === null) continue;
    const [, module = '', names = ''] = match;
    const listed = names.trim();
    const found: [string, string] = [module, withoutEnd(listed.replace(/^\(/, ''), ')')];
    imports.push(found);
    if (listed.startsWith('(') && !listed.endsWith(')')) open = found;
  }
  return imports;
}
