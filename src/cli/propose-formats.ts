import { basename, posix } from 'node:path';
import type { CheckInput } from '../core/check.ts';
import { mappingText, type ProposedFormat } from '../core/formats/generic/mapping-text.ts';
import type { RunPair } from '../core/policy/rule.ts';
import { proposeMapping } from '../core/reading/propose-mapping.ts';
import { guessedFormat } from '../core/run/mapping.ts';

/** Formats that are proposed at once; a repository with more has no one config of its own. */
const most = 10;

/** An entry of `formats` for each kind of config that was read by guess: those with the same keys are of one kind. */
export function proposeFormats(root: string, pairs: readonly RunPair[], input: CheckInput): readonly ProposedFormat[] {
  const kinds = new Map<string, ProposedFormat>();
  for (const { path, head } of pairs) {
    if (head?.run.dialect !== guessedFormat) continue;
    const { keys } = proposeMapping(path, input.sides.head);
    const kind = JSON.stringify(keys.map(({ field, key, values, as }) => [field, key, values, as]));
    const files = [...new Set([...(kinds.get(kind)?.files ?? []), path])];
    kinds.set(kind, { name: formatName(root, kinds.size), files, keys: kinds.get(kind)?.keys ?? keys });
  }
  const kept = [...kinds.values()].slice(0, most);
  return kept.map((format, index) => ({ ...format, name: formatName(root, index), files: format.files.slice(0, 100) }));
}

/** The lines of `formats`, as they stand in the policy. */
export function formatsText(formats: readonly ProposedFormat[]): string {
  return ['formats:', ...formats.flatMap(mappingText)].join('\n');
}

/** A format is called after its repository; a second one has a number. */
export function formatName(root: string, index = 0): string {
  const name = basename(root)
    .replaceAll(/[^\w.-]/g, '-')
    .slice(0, 50);
  return `${name === '' ? 'own' : name}${index === 0 ? '' : `-${index + 1}`}`;
}

/** The files beside one that have its ending. */
export function filesLike(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? path : `${folder}/*${posix.extname(path)}`;
}
