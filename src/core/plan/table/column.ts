import { currencyIn } from '../amounts/currencies.ts';
import { findQuantities } from '../amounts/find-quantities.ts';
import { gpuCountIn, gpuMentions, onlyGpuIn } from '../amounts/gpu-mentions.ts';
import { hoursIn } from '../amounts/time-units.ts';
import { plainText, type Span } from '../markdown/span.ts';

/** What a column holds. */
export type Meaning =
  | FigureMeaning
  | 'name'
  | 'notes'
  | 'evidence'
  | 'date'
  | 'status'
  | 'gpu'
  /** Cells of a size, a budget, data or compute: their own units say which. */
  | 'open'
  /** When it is done, not how long GPUs are busy. */
  | 'calendar'
  /** Scores, speeds, file sizes, prices by the hour: tables of models and hardware have them. */
  | 'score'
  | 'speed'
  | 'rate'
  | 'listing'
  /** Learning rates, batch sizes, shapes: known, and no budget. */
  | 'setting'
  /** Hours, cost or tokens in a way that is not understood: to be reported. */
  | 'unclear';

export type FigureMeaning =
  | 'parameters'
  | 'tokens'
  | 'samples'
  | 'steps'
  | 'gpuCount'
  | 'gpuHours'
  | 'nodeHours'
  | 'wallClock'
  | 'cost'
  | 'memory'
  | 'modelMemory'
  | 'activationMemory'
  | 'dataHours'
  | 'inferencePrice'
  | 'measuredMemory'
  | 'measuredGpuHours'
  | 'predictedMemory'
  | 'predictedGpuHours';

/** A column by its header. */
export interface Column {
  readonly meaning: Meaning | null;
  readonly header: Span;
  /** The header in plain text. */
  readonly title: string;
  /** Hours of a bare number: 24 under "GPU-days"; null where the header names no unit of time. */
  readonly hours: number | null;
  readonly gpu: string | null;
  readonly gpuCount: number | null;
  readonly currency: string | null;
  /** 1000 under "Cost (k$)", 10⁹ under "Params (B)". */
  readonly multiplier: number;
  /** `GB` of "Memory (GB)". */
  readonly unit: string;
}

const time = '(?:h|hrs?|hours?|heures?|stunden|days?|d|weeks?|min|mins|minutes?)';

/** Headers as teams write them, in lower case, GPUs as "gpu", without punctuation and brackets; the first match counts. */
const meanings: readonly (readonly [Meaning, RegExp])[] = [
  ['measuredMemory', /^(?:measured|actual|observed) (?:peak )?(?:gpu )?(?:memory|vram)$/],
  ['measuredGpuHours', /^(?:measured|actual|observed) (?:gpu |device )?h(?:ou)?rs?$/],
  ['predictedMemory', /^predicted (?:peak )?(?:gpu )?(?:memory|vram)$/],
  ['predictedGpuHours', /^predicted (?:gpu |device )?h(?:ou)?rs?$/],
  [
    'evidence',
    /^(?:evidence|(?:w ?b|wandb|run|log|results?) ?links?|links?|wandb|w b|training run|report|proof|validated(?: by)?|validation(?: run)?)$/,
  ],
  ['date', /^(?:date|when|finished|completed|validated on)(?: on)?$/],
  ['status', /^(?:status|state|done|outcome|progress)$/],
  ['modelMemory', /^(?:model|weights?|param(?:eter)?s?) (?:memory|mem|vram)$/],
  ['activationMemory', /^activations?(?: (?:memory|mem|vram))?$/],
  [
    'memory',
    /^(?:(?:total|peak|max|gpu|training|est) )*(?:memory|mem|vram|speicher|mémoire)(?: total| usage| used| needed)?$/,
  ],
  [
    'setting',
    /\b(?:batch|bs|lr|learning rate|warm ?up|seq(?:uence)? ?len(?:gth)?|seq|context|ctx|precision|dtype|optimizer|layers?|heads?|dim|width|hidden|rank|seed|parallelism|tp|pp|dp|cp|ep|zero|flops?)\b|^(?:epochs?)$/,
  ],
  [
    'parameters',
    /^(?:(?:model|total|num|number of|n|trainable|est|approx) )*(?:param(?:eter|ètre)?s?|paramètres)(?: count| total)?$|^(?:model )?size$|^n$/,
  ],
  ['steps', /^(?:(?:training|train|total|max|num|number of|opt(?:imizer)?) )*(?:steps|iterations?|iters|updates)$/],
  [
    'tokens',
    /^(?:(?:training|train|total|optimal|target|planned|data|num|number of|chinchilla|max|est) )*(?:tok(?:en)?s?|jetons)(?: budget| seen| total| count)?$|^token budget$|^d$|^data tokens$/,
  ],
  [
    'samples',
    /^(?:(?:training|train|total|num|number of) )*(?:samples?|sequences?|examples?|images?|clips?|prompts?|pairs|rollouts?|trajectories)(?: count)?$/,
  ],
  ['dataHours', /^(?:training )?data h(?:ou)?rs?$|^hours? of (?:[a-z]+ )?data$/],
  ['nodeHours', new RegExp(`^(?:(?:total|est|estimated|budget) )*node ${time}$`)],
  [
    'gpuHours',
    new RegExp(
      `^(?:(?:total|training|compute|est|estimated|budgeted?|planned|approx|max) )*(?:gpu|device|accelerator|chip|tpu|card)s? ?${time}(?: each| total| budget| estimate| est| needed)?$|^heures gpu$|^gpu ?(?:h|time|budget)$`,
    ),
  ],
  [
    'calendar',
    /^(?:time ?line|calendar(?: time)?|schedule|months?|weeks?|when|start|end|eta|deadline|target date|quarter|due)$/,
  ],
  [
    'wallClock',
    new RegExp(
      `^(?:(?:total|training|train|est|estimated|approx|expected|run|wall|wall clock|elapsed|gpu) )*(?:time|wall|wall ?clock|wall ?time|clock|duration|run ?time|elapsed|${time}|dauer|durée)(?: each| est| estimate| to train)?$`,
    ),
  ],
  [
    'cost',
    /^(?:(?:total|training|compute|cloud|est|estimated|approx(?:imate)?|gpu|max|expected|spot|on demand|rental|run|target|planned) )*(?:costs?|price|spend|usd|eur|gbp|inr|chf|kosten|coût|dollars?|euros?)(?: usd| eur| estimate| est| each| total| cap| cloud| run| budget)?$/,
  ],
  [
    'gpuCount',
    /^(?:(?:num|number of|n|total) )*(?:gpus|accelerators|devices|chips|tpus|gpu count|nodes)$|^(?:num|number of|n) gpu$/,
  ],
  [
    'gpu',
    /^(?:hardware|gpus?(?: type| model)?|accelerators?|chips?|device|machine|instance|node type|where|infra|compute node)$/,
  ],
  [
    'open',
    /^(?:(?:total|training|est|estimated|planned) )*(?:compute|budget|data|resources?|estimates?|effort|usage|allocation|model|stack|arch(?:itecture)?|base ?model|backbone|size|cap|limit)(?: budget| estimate| cost| cap| needed| required)?$/,
  ],
  [
    'score',
    /\b(?:acc(?:uracy)?|mmlu|gsm8k|hellaswag|humaneval|arc|ppl|perplexity|bleu|rouge|wer|cer|f1|map|ap|miou|iou|fid|auc|psnr|ssim|score|loss|bpb|elo|win ?rate|top 1|top1|top 5|recall|precision|ndcg|pass 1|eval)\b/,
  ],
  [
    'speed',
    /\b(?:throughput|latency|speed(?: ?up)?|tok s|tokens? s(?:ec(?:ond)?)?|tps|fps|it s|samples? s(?:ec(?:ond)?)?|images? s(?:ec(?:ond)?)?|mfu|utili[sz]ation|tflops?|qps|rps|ms|efficiency|bandwidth)\b/,
  ],
  [
    'listing',
    /\b(?:licen[sc]e|download|weights?|checkpoint|hugging ?face|hf|release(?:d)?|file size|disk|vocab|url|vcpus?|ram|users|requests?|carbon|co2\w*|tco2\w*|power|energy|wh|kwh|emissions?|provider|vendor|context length|languages?)\b/,
  ],
  [
    'notes',
    /^(?:notes?|comments?|purpose|use(?: case)?|remarks?|description|outputs?|deliverables?|results?|what it answers|question|goal|rationale|provenance|why|priority|details|owner|objective)$/,
  ],
];

/** What teams call the rows: a column of names where it comes first, and elsewhere only as `Scale`. */
const nameTitle =
  /^(?:model )?(?:scale|tier|stage|phase|rung|level|model|variant|config(?:uration)?|name|runs?|run id|experiments?|exp|item|line item|component|step|bundle|preset|depth|size|task|milestone|job|activity|work ?package|wp|month|week|quarter|scenario|option|what|arm|ablation|category|line|use|purpose|workload|track|study|recipe|method|id|étape|phase name|stufe|lauf)(?: name| id)?$/;
/** Headers of named work: their rows are runs and stages, whatever is measured beside them. */
const workTitle =
  /^(?:scale|stage|phase|runs?|run id|experiments?|exp|item|line item|component|step|bundle|preset|depth|task|milestone|job|activity|work ?package|wp|month|week|quarter|arm|ablation|track|study|recipe|rung|tier|étape)(?: name| id)?$/;

/** The columns of a table. Which one has the names is decided of all together. */
export function readColumns(header: readonly Span[]): readonly Column[] {
  const columns = header.map(readColumn);
  const adds = columns.some(({ meaning }) => meaning === 'modelMemory' || meaning === 'activationMemory');
  const hasGpu = columns.some(({ meaning }) => meaning === 'gpu');
  const nameIndex = nameColumn(columns);
  return columns.map((column, index) => {
    if (index === nameIndex) return { ...column, meaning: 'name' };
    const key = normalize(column.title);
    // A bare "Total" is the total of the columns beside it: memory among memory
    if (/^total(?: per gpu)?$/.test(key)) return { ...column, meaning: adds ? 'memory' : column.meaning };
    // Beside the card's name, VRAM is what the card has
    if (hasGpu && /^vram$/.test(key)) return { ...column, meaning: 'setting' };
    return column.meaning === null && key === 'run' ? { ...column, meaning: 'evidence' } : column;
  });
}

/** The columns of a table that adds evidence to rows planned elsewhere: memory and hours are measured ones. */
export function asRecord(columns: readonly Column[]): readonly Column[] {
  if (!columns.some(({ meaning }) => meaning === 'evidence')) return columns;
  return columns.map((column) => {
    if (column.meaning === 'memory') return { ...column, meaning: 'measuredMemory' };
    return column.meaning === 'gpuHours' ? { ...column, meaning: 'measuredGpuHours' } : column;
  });
}

function nameColumn(columns: readonly Column[]): number {
  const [first] = columns;
  if (first === undefined) return -1;
  const key = normalize(first.title);
  const isCounter = /^(?:#|no\.?|nr\.?|rank|order|priority)$/i.test(first.title);
  if (!isCounter && (nameTitle.test(key) || key === '')) return 0;
  const scale = columns.findIndex(({ title }) => /^(?:model )?scale(?: name)?$/.test(normalize(title)));
  if (scale > 0) return scale;
  // `# | Run | …`, `Priority | Run | …`
  const second = columns.findIndex(({ title }) => nameTitle.test(normalize(title)));
  if (second > 0 && isCounter) return second;
  if (first.meaning === null || first.meaning === 'notes' || first.meaning === 'open') return 0;
  return second > 0 && first.meaning !== 'gpu' && first.meaning !== 'gpuCount' ? second : -1;
}

/** Whether the rows are called what work is called: runs, stages, phases. */
export function isWork(title: string): boolean {
  return workTitle.test(normalize(title));
}

/** Whether the rows are steps by their very header. */
export function isStageTitle(title: string): boolean {
  return /^(?:stage|phase|runs?|run id|experiments?|exp|item|line item|component|step|bundle|task|milestone|job|activity|work ?package|wp|month|week|quarter|arm|ablation|track|study|étape)\b/.test(
    normalize(title),
  );
}

function readColumn(header: Span): Column {
  const title = plainText(header);
  const brackets = [...title.matchAll(/[([]([^()[\]]{1,60})[)\]]|@\s*(.{1,40})$|,\s*([^,]{1,20})$/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  const remark = brackets.join(' ');
  const unit = brackets[0]?.trim() ?? '';
  const key = normalize(title);
  const meaning = meaningOf(title, key);
  const isMoney = meaning === 'cost' || meaning === 'open';
  const multiplier =
    /^(?:in )?(k|m|b|t|thousands?|millions?|billions?|trillions?)[ $€£]{0,2}$|^[$€£](k|m)$/i.exec(unit) ??
    (isMoney ? /\b(k)[$€£]/i.exec(title) : null);
  const letter = (multiplier?.[1] ?? multiplier?.[2] ?? '').charAt(0).toLowerCase();
  const hoursWord = new RegExp(`\\b(${time})\\b`, 'i').exec(`${key} ${remark}`)?.[1];
  return {
    meaning: hoursAreUnclear(meaning, title, remark) ? 'unclear' : meaning,
    header,
    title,
    hours: hoursWord === undefined ? null : hoursIn(hoursWord),
    gpu: onlyGpuIn(title),
    gpuCount: gpuCountIn(title),
    currency: isMoney || meaning === 'rate' || meaning === 'inferencePrice' ? currencyIn(title) : null,
    multiplier: ({ k: 1e3, m: 1e6, b: 1e9, t: 1e12 } as Record<string, number>)[letter] ?? 1,
    unit: unit.replace(/^in /i, ''),
  };
}

/** "H100 hours (8 GPUs)" may be hours of one or of all eight. */
function hoursAreUnclear(meaning: Meaning | null, title: string, remark: string): boolean {
  return (
    meaning === 'gpuHours' &&
    !/\b(?:gpu|device|accelerator|chip)s?[ -]?(?:h|d)/i.test(title) &&
    (gpuCountIn(remark) ?? 1) > 1
  );
}

function meaningOf(title: string, key: string): Meaning | null {
  const per = perOf(title);
  if (per !== null) {
    const what = meanings.find(([, pattern]) => pattern.test(normalize(per.what)))?.[0] ?? null;
    const isCost = what === 'cost' || currencyIn(per.what) !== null || /\b(?:cost|price)\b/i.test(per.what);
    if (/^(?:1 ?)?m(?:illion)? ?tok(?:en)?s?$|^mtoks?$/.test(per.unit)) return isCost ? 'inferencePrice' : 'listing';
    if (/^(?:runs?|experiments?|seeds?|trials?|jobs?|models?|stages?|arms?)$/.test(per.unit))
      return isCost ? 'cost' : what;
    if (/^(?:gpu|device|card)$/.test(per.unit))
      return what === 'memory' || normalize(per.what) === 'total' ? 'memory' : 'setting';
    if (isCost) return 'rate';
    if (/^(?:param(?:eter)?s?|lr|bs|ga)$/.test(per.unit)) return 'setting';
    return what === 'gpuHours' || what === 'wallClock' ? 'rate' : 'speed';
  }
  return meanings.find(([, pattern]) => pattern.test(key))?.[0] ?? null;
}

/** "tokens/sec", "GPU hours per day", "Total (per GPU)": what, and for each of what. */
function perOf(title: string): { what: string; unit: string } | null {
  const text = title.slice(0, 100);
  const per = /\/|\bper\b/i.exec(text);
  if (per === null || /@|\d\s*[$€£]|[$€£]\s*\d/.test(title)) return null;
  const what = text.slice(0, per.index).replace(/[([]$/, '').trim();
  const unit = text.slice(per.index + per[0].length);
  return what === '' || unit === '' ? null : { what, unit: normalize(unit.replace(/[)\]]$/, '')) };
}

/** `**GPU-Hours** (A100)` → `gpu hours`. */
export function normalize(title: string): string {
  let text = title.slice(0, 200);
  for (const { start, end } of [...gpuMentions(text)].reverse())
    text = `${text.slice(0, start)} gpu ${text.slice(end)}`;
  return text
    .toLowerCase()
    .replaceAll(/\([^()]*\)|\[[^[\]]*\]|@.*/g, ' ')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .replaceAll(/\bgpu gpu\b/g, 'gpu')
    .trim();
}

/** Whether a text holds what a plan must not lose: hours, money or tokens. */
export function holdsBudget(text: string): boolean {
  return findQuantities(text).some(
    ({ unit, currency, per }) =>
      (currency !== null && per === null) ||
      unit?.kind === 'gpu-time' ||
      unit?.kind === 'node-time' ||
      unit?.kind === 'tokens',
  );
}
