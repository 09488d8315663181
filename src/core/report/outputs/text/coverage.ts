import { counted } from '../../counted.ts';
import { alignColumns } from './table.ts';

/** How much is known of one config. */
export interface Coverage {
  /** null where not even that could be told. */
  readonly dialect: string | null;
  /** All figures, some of them, or none: the config could not be read. */
  readonly known: 'all' | 'part' | 'nothing';
}

/**
 * How many configs were estimated, in a sentence; by dialect in a table where there are several, or not all is known.
 * `otherFiles` have the ending of a config and are none.
 */
export function renderCoverage(configs: readonly Coverage[], otherFiles: number): string {
  const dialects = [...new Set(configs.map(({ dialect }) => dialect ?? '(unknown)'))].sort();
  const isPlain = dialects.length <= 1 && configs.every(({ known }) => known !== 'part');
  return [...(isPlain ? [] : [dialectTable(configs, dialects), '']), sentence(configs, otherFiles)].join('\n');
}

function dialectTable(configs: readonly Coverage[], dialects: readonly string[]): string {
  const rows = dialects.map((name) => {
    const own = configs.filter(({ dialect }) => (dialect ?? '(unknown)') === name);
    return [name, ...counts(own).map(String)];
  });
  const heads = ['Dialect', 'Estimated', 'Partly known', 'Unreadable'];
  return alignColumns([heads, ...rows], [1, 2, 3])
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
}

function sentence(configs: readonly Coverage[], otherFiles: number): string {
  const [all = 0, part = 0, nothing = 0] = counts(configs);
  const others = otherFiles === 1 ? 'is no training config' : 'are no training configs';
  const parts = [
    `${counted(all, 'config')} estimated`,
    ...(part === 0 ? [] : [`${part} in part`]),
    ...(nothing === 0 ? [] : [`${nothing} could not be read`]),
  ];
  return `${parts.join(', ')}.${otherFiles === 0 ? '' : ` ${counted(otherFiles, 'other file')} ${others}.`}`;
}

function counts(configs: readonly Coverage[]): number[] {
  return (['all', 'part', 'nothing'] as const).map((known) => configs.filter((one) => one.known === known).length);
}
