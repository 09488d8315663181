import { cellCode, inlineCode, plainText } from '../../escape.ts';
import { changedKeysOf, effectsOf, valueChange, type ChangedKey } from '../../changed-keys.ts';
import type { Evaluation } from '../../evaluation.ts';
import { counted } from '../../counted.ts';
import type { Section } from './fit.ts';

/** More edits than this nobody compares. */
const mostRows = 10;

/** Each changed key with what it alone does to memory, GPU-hours and dollars. */
export function changedKeyTable(rank: number, { pairs }: Evaluation): Section {
  const keys = changedKeysOf(pairs);
  const shown = keys.slice(0, mostRows);
  const isOne = pairs.length === 1;
  return {
    rank,
    opening: '| What changed | Memory | GPU-hours<br>Cost |\n| :-- | --: | --: |\n',
    items: shown.map((key) => () => row(key, isOne ? pairs[0]?.path : undefined)),
    closing: (left) => {
      const more = left + keys.length - shown.length;
      const note =
        keys.length > 1 ? '\n<sub>Each edit by itself, the others in place: they need not add up.</sub>\n' : '';
      return `${more === 0 ? '' : `\nand ${counted(more, 'more key')}\n`}${note}\n`;
    },
  };
}

function row(changed: ChangedKey, config: string | undefined): string {
  const { memory, gpuHours, cost } = effectsOf(changed);
  const work = [...new Set([gpuHours, cost])].filter((text) => text !== null).map((text) => plainText(text));
  return `| ${what(changed, config)} | ${memory ?? '–'} | ${work.join('<br>') || '–'} |\n`;
}

/** `micro_batch_size` 8 → 16, and in small where. */
function what({ edit, configs }: ChangedKey, config: string | undefined): string {
  const { key, place } = edit;
  const value = valueChange(edit);
  const line = place.path === config ? `line ${place.line}` : inlineCode(`${place.path}:${place.line}`, 120);
  const many = configs.length > 1 ? `${counted(configs.length, 'config')}, first ` : '';
  return `${cellCode(key, 80)} ${plainText(value, 120)} <sub>${many}${line}</sub>`;
}
