import type { Column } from './column.ts';
import { normalize } from './normalize-header.ts';

/** What teams call the rows of their tables, in lower case: the words for runs and stages, for scales, and all others. */
const stages =
  'stage|phase|runs?|run id|experiments?|exp|item|line item|component|step|bundle|task|milestone|job|activity|' +
  'work ?package|wp|month|week|quarter|arm|ablation|track|study|étape';
const scales = 'scale|tier|rung|preset|depth|recipe';
const others =
  'level|model|variant|config(?:uration)?|name|size|scenario|option|what|category|line|use|purpose|workload|method|id|stufe|lauf';

const nameTitle = new RegExp(`^(?:model )?(?:${stages}|${scales}|${others})(?: name| id)?$`);
const workTitle = new RegExp(`^(?:${stages}|${scales})(?: name| id)?$`);
const stageTitle = new RegExp(`^(?:${stages})\\b`);

/** Which column has the names of the rows, -1 where none has: the first one, unless it counts them; elsewhere `Scale`. */
export function nameColumn(columns: readonly Column[]): number {
  const [first] = columns;
  if (first === undefined) return -1;
  const key = normalize(first.title);
  const isCounter = /^(?:#|no\.?|nr\.?|rank|order|priority)$/i.test(first.title);
  if (!isCounter && (nameTitle.test(key) || key === '')) return 0;
  const scale = columns.findIndex(({ title }) => isScaleTitle(title));
  if (scale > 0) return scale;
  // `# | Run | …`, `Priority | Run | …`
  const second = columns.findIndex(({ title }) => nameTitle.test(normalize(title)));
  if (second > 0 && isCounter) return second;
  if (first.meaning === null || first.meaning === 'notes' || first.meaning === 'open') return 0;
  return second > 0 && first.meaning !== 'gpu' && first.meaning !== 'gpuCount' ? second : -1;
}

/** Whether the rows are called scales. */
export function isScaleTitle(title: string): boolean {
  return /^(?:model )?scale(?: name)?$/.test(normalize(title));
}

/** Whether the rows are called what work is called: runs, stages, scales. Whatever is measured beside them, they are work. */
export function isWorkTitle(title: string): boolean {
  return workTitle.test(normalize(title));
}

/** Whether the rows are called runs or stages, and not scales. */
export function isStageTitle(title: string): boolean {
  return stageTitle.test(normalize(title));
}
