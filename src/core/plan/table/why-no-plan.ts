import type { Column } from './column.ts';
import type { Meaning } from './meaning.ts';
import { isWorkTitle } from './name-column.ts';
import { normalize } from './normalize-header.ts';
import type { TableRow } from './table-row.ts';

/** Hours, cost and steps are budgets by themselves; tokens and samples are where parameters or steps stand beside them. */
const budgets: readonly Meaning[] = ['gpuHours', 'nodeHours', 'wallClock', 'cost', 'unclear'];
const amounts: readonly Meaning[] = ['tokens', 'samples', 'steps'];
/** What tables of models, benchmarks and hardware are headed. */
const productTitle =
  /^(?:models?|methods?|backbones?|arch(?:itecture)?|systems?|frameworks?|librar(?:y|ies)|datasets?|sources?|providers?|name|gpus?|hardware|instance|team|service|task)$/;

/** What keeps a table from being a plan, in words that follow "it"; null for a table of planned work. */
export function whyNoPlan(columns: readonly Column[], rows: readonly TableRow[]): string | null {
  const has = (...meanings: readonly Meaning[]): boolean =>
    columns.some(({ meaning }) => meaning !== null && meanings.includes(meaning));
  const nameColumn = columns.find(({ meaning }) => meaning === 'name');
  const first = columns[0];
  if (nameColumn === undefined && first?.meaning !== 'parameters') return 'has no column of names';
  const title = nameColumn?.title ?? '';
  const isProduct = productTitle.test(normalize(title));
  const isBudgeted =
    has(...budgets) &&
    rows.some(
      ({ figures, cost, alternatives }) =>
        cost !== null ||
        alternatives.length > 0 ||
        figures.has('gpuHours') ||
        figures.has('wallClock') ||
        figures.has('nodeHours') ||
        has('unclear'),
    );
  if (rows.length === 0) return 'has no rows of work';
  if (has('listing') && !isWorkTitle(title)) return 'lists models, hardware or services, which are no planned work';
  if (isBudgeted) {
    const isComputed = has('parameters') && has('tokens');
    if (isProduct && has('score')) return 'compares scores';
    if (has('speed') && !isWorkTitle(title) && !isComputed) return 'compares speeds';
    if (isProduct && has('rate')) return 'lists prices and use by the day or hour';
    return null;
  }
  // A plan whose budgets are still to be filled in
  if (has(...budgets) && isWorkTitle(title) && rows.every(({ figures }) => figures.has('parameters'))) return null;
  if (has('listing')) return 'lists models, hardware or services, which are no planned work';
  if (has('score')) return 'compares scores, and has no hours and no cost';
  if (has('speed') && !has('tokens')) return 'compares speeds, and has no hours and no cost';
  const isCounted = amounts.some((meaning) => has(meaning));
  if (
    isCounted &&
    (has('parameters') || rows.some(({ figures }) => figures.has('parameters')) || (isWorkTitle(title) && !isProduct))
  )
    return null;
  // A ladder may leave its budgets to other tables; factors of enlargement are no scales
  const isLadder = /\bscale\b/i.test(title) && has('parameters');
  if (isLadder && !rows.every(({ name }) => /^\d+x$/i.test(name))) return null;
  return 'has no GPU-hours, time, cost, tokens, samples or steps';
}
