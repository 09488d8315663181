import { plainText } from '../markdown/span.ts';
import { isNotGiven } from '../markdown/not-given.ts';
import type { Column } from './column.ts';
import type { Meaning } from './meaning.ts';
import { normalize } from './normalize-header.ts';
import { quantitiesIn } from './read-cell.ts';
import { sizeInName } from './size-in-name.ts';
import type { Table } from './table.ts';

/** Columns whose header leaves open what they hold, by what their cells hold. */
export function resolveColumns(columns: readonly Column[], table: Table): readonly Column[] {
  return columns.map((column, index) => {
    if (column.meaning !== 'open' && column.meaning !== null) return column;
    const texts = table.rows.slice(0, 200).flatMap(({ cells }) => {
      const text = cells[index] === undefined ? '' : plainText(cells[index]);
      return isNotGiven(text) ? [] : [text];
    });
    return { ...column, meaning: column.meaning === null ? byUnits(texts) : byTitle(column, texts, table) };
  });
}

function byTitle(column: Column, texts: readonly string[], { context, rows }: Table): Meaning | null {
  const key = normalize(column.title);
  if (/\b(?:model|size|stack|arch|architecture|backbone)\b/.test(key)) {
    return isMost(texts, (text) => sizeInName(text) !== null) ? 'parameters' : null;
  }
  const byUnit = byUnits(texts);
  if (byUnit !== null) return byUnit;
  const isCounted = isMost(texts, (text) => /^[~≈]?\s*\d/.test(text) && quantitiesIn(text)[0]?.unit == null);
  if (/\bdata\b/.test(key)) {
    if (isMost(texts, (text) => quantitiesIn(text)[0]?.unit?.kind === 'time')) return 'dataHours';
    if (!isCounted) return null;
    const names = rows.slice(0, 200).flatMap(({ cells }) => (cells[0] === undefined ? [] : [plainText(cells[0])]));
    return isOnMedia([...context, ...names]) ? 'samples' : 'unclear';
  }
  if (column.currency !== null && isCounted) return 'cost';
  if (column.hours !== null && isCounted) return 'gpuHours';
  return isCounted ? 'unclear' : null;
}

/** What most cells are by their own units; null where they have none that a budget is in. */
function byUnits(texts: readonly string[]): Meaning | null {
  const units: readonly (readonly [Meaning, (quantity: ReturnType<typeof quantitiesIn>[number]) => boolean])[] = [
    ['gpuHours', ({ unit, per }) => unit?.kind === 'gpu-time' && per === null],
    ['nodeHours', ({ unit, per }) => unit?.kind === 'node-time' && per === null],
    ['cost', ({ currency, per }) => currency !== null && (per === null || per === 'run')],
    ['tokens', ({ unit }) => unit?.kind === 'tokens'],
  ];
  return (
    units.find(([, is]) =>
      isMost(texts, (text) => quantitiesIn(text).some((quantity) => !quantity.inBrackets && is(quantity))),
    )?.[0] ?? null
  );
}

function isMost(texts: readonly string[], is: (text: string) => boolean): boolean {
  return texts.length > 0 && texts.filter(is).length * 2 >= texts.length;
}

/** Data of documents on pictures, film and sound is counted in clips, not in tokens. */
function isOnMedia(texts: readonly string[]): boolean {
  return texts.some((text) => /\b(?:videos?|images?|audio|speech|clips?|pictures?|frames?)\b/i.test(text));
}
