import { isMap } from '../compose/layers.ts';
import type { Document } from '../document/document.ts';
import { showText } from '../document/show-value.ts';
import { printPlace, type Problem } from '../problem.ts';

/** Keys that two of some documents state: an error to a loader that merges files and replaces nothing. */
export function duplicatesIn(documents: readonly Document[]): Problem[] {
  const first = new Map<string, { key: string; document: Document }>();
  const problems: Problem[] = [];
  for (const document of documents) {
    for (const key of isMap(document.value) ? Object.keys(document.value) : []) {
      const name = key.replaceAll('-', '_');
      const other = first.get(name);
      if (other === undefined) first.set(name, { key, document });
      else if (other.document.path !== document.path && problems.length < 20) {
        problems.push({
          code: 'duplicate-key',
          place: document.placeOf([key]),
          key,
          message: `${showText(key)} is already set at ${printPlace(other.document.placeOf([other.key]))}.`,
          hint: 'Expected every key in one of the files of a run.',
        });
      }
    }
  }
  return problems;
}
