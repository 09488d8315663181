import { plainText, type Span } from '../markdown/span.ts';
import type { PlanTotal } from '../plan.ts';
import { figureOf, quantitiesIn } from './read-cell.ts';

/** The total that a sentence states: "Total: ~1.1B tokens, ~43.5 GPU-hours", "Budget: at most $8k". Null for any other. */
export function totalInSentence(span: Span): PlanTotal | null {
  if (!/\b(?:totals?|budget|ceiling|cap)\b/i.test(span.source.slice(0, 100))) return null;
  const text = plainText({ ...span, source: span.source.slice(0, 1_000) });
  if (
    !/^(?:(?:grand|overall|compute|project|the) )*(?:totals?|(?:overall |compute |total )?(?:budget|ceiling|cap))\b(?! (?:of|per)\b)/i.test(
      text,
    )
  )
    return null;
  const quantities = quantitiesIn(text).filter(({ fault, per }) => fault === null && per === null);
  const hours = quantities.find(({ unit }) => unit?.kind === 'gpu-time');
  const money = quantities.find(({ currency }) => currency !== null);
  const cell = { source: text, place: span.place };
  const gpuHours = hours?.unit?.kind === 'gpu-time' ? figureOf(hours, hours.unit.hours, text, cell) : null;
  const cost = money?.currency == null ? null : { ...figureOf(money, 1, text, cell), currency: money.currency };
  return gpuHours === null && cost === null ? null : { gpuHours, cost, place: span.place };
}
