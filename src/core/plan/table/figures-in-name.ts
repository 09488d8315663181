import { cut, plainText, type Span } from '../markdown/span.ts';
import type { Figure } from '../plan.ts';
import type { Column } from './column.ts';
import type { FigureMeaning } from './meaning.ts';
import { figureOf, quantitiesIn } from './read-cell.ts';
import { isSize, sizeInName } from './size-in-name.ts';

/** Parameters and tokens that stand in the name: `Base (85M)`, `SFT pass (0.6B, QLoRA)`. Served models are not trained. */
export function addFromName(
  cell: Span,
  columns: readonly Column[],
  keep: (meaning: FigureMeaning, figure: Figure | null) => void,
): void {
  const name = plainText(cell);
  if (isSize(name)) {
    const quantity = quantitiesIn(name)[0];
    if (quantity !== undefined) keep('parameters', figureOf(quantity, 1, name, cell));
    return;
  }
  if (columns.some(({ meaning }) => meaning === 'parameters')) return;
  if (/\b(?:served?|serving|inference|teacher|judge|eval\w*|generat\w+|data|label\w*)\b/i.test(name)) return;
  const size = sizeInName(name);
  if (size === null) return;
  const at = cell.source.indexOf(size.text);
  keep('parameters', { ...size, place: at === -1 ? cell.place : cut(cell, at, at + size.text.length).place });
}
