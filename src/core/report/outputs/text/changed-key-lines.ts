import { changedKeysOf, effectsOf, valueChange } from '../../changed-keys.ts';
import { cleanLine } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { counted } from '../../counted.ts';
import { alignColumns, widthOf } from './table.ts';
import type { Palette } from './terminal.ts';

/** More edits than this nobody compares. */
const most = 15;

const heads = ['Changed', 'Memory', 'GPU-hours', 'Cost', 'Where'];

/** Each changed key with what it alone does to memory, GPU-hours and dollars. */
export function changedKeyLines({ pairs }: Evaluation, paint: Palette, width: number): string[] {
  const keys = changedKeysOf(pairs);
  if (keys.length === 0) return [];
  const rows = keys.slice(0, most).map((changed) => {
    const { memory, gpuHours, cost } = effectsOf(changed);
    const { key, place } = changed.edit;
    const configs = changed.configs.length > 1 ? `, in ${counted(changed.configs.length, 'config')}` : '';
    return [
      cleanLine(`${key} ${valueChange(changed.edit)}`, 60),
      memory ?? '–',
      gpuHours ?? '–',
      cost ?? '–',
      `${cleanLine(place.path, 60)}:${place.line}${configs}`,
    ];
  });
  const [head = '', ...lines] = alignColumns([heads, ...rows], [1, 2, 3]).map((row) => row.join('  ').trimEnd());
  const isWide = [head, ...lines].every((line) => widthOf(line) <= width);
  const shown = isWide ? [paint.strong(head), ...lines] : rows.flatMap(stacked);
  const left = keys.length - rows.length;
  return [...shown, ...(left > 0 ? [`and ${counted(left, 'more key')}`] : [])];
}

/** For a narrow terminal. */
function stacked([key = '', memory = '', gpuHours = '', cost = '', where = '']: readonly string[]): string[] {
  return [key, `  ${where}`, `  ${memory}, ${gpuHours}, ${cost}`];
}
