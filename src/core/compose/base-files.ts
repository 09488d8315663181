import type { Document } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';
import { plainInclude, type Include, type Part } from './include.ts';
import { folderOf, pathFrom } from './paths.ts';

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
  const blocks = [...text.matchAll(/^with[ \t]+read_base\(\)[ \t]*:[ \t]*\n((?:[ \t]+[^\n]*\n?|[ \t]*\n)*)/gm)];
  return blocks.flatMap(([, block = '']) =>
    [...block.slice(0, 10_000).matchAll(/from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#]*))/g)].map(
      (line) => {
        const [, dots = '', module = '', listed, plain = ''] = line;
        const path = `${module.replaceAll('.', '/')}.py`;
        const folder = dots === '' ? '' : folderOf(document.path);
        const written = dots.length < 2 ? path : `${'../'.repeat(dots.length - 1)}${path}`;
        const names = (listed ?? plain).split(',').map((name) => name.trim().split(/\s+/)[0] ?? '');
        return {
          ...plainInclude(`${dots}${module}`, [pathFrom(folder, written)], []),
          names: names.includes('*') ? null : names.filter((name) => name !== ''),
        };
      },
    ),
  );
}
