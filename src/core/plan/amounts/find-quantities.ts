/** What a number in a text is of. */
export type Unit =
  | { readonly kind: 'gpu-time'; readonly hours: number; readonly gpu: string | null }
  | { readonly kind: 'node-time' | 'time'; readonly hours: number }
  | { readonly kind: 'memory'; readonly bytes: number }
  | { readonly kind: 'tokens' | 'samples' | 'steps' | 'parameters' | 'share' | 'factor' | 'other' };

/** A number of a text with all that stands around it: `~$270-365`, `up to 40k GPU-hours`, `1.4M+`. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  /** Both ends, thousands and millions counted in; null where the end is open. */
  readonly low: number | null;
  readonly high: number | null;
  /** `35m`: 35 million, or 35 minutes where time is meant. */
  readonly isMaybeMinutes: boolean;
  /** Neither thousands nor a unit: the header may say what it is in. */
  readonly isBare: boolean;
  /** `0→3.1B`: how far something has come, not between which two it lies. */
  readonly isProgress: boolean;
  readonly unit: Unit | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** What it is for each of: `gpu-hour`, `hr`, `run`. */
  readonly per: string | null;
  readonly inBrackets: boolean;
  /** Why it cannot be read: a comma that separates no thousands, a point that may do so, a minus. */
  readonly fault: 'comma' | 'point' | 'minus' | null;
}

const longest = 4_000;

const numberAt =
  /(\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d\p{L}])|\d[\d_]*)(\.\d+)?(?:e([+-]?\d{1,3})(?![\p{L}\d]))?/uy;
const suffixAt =
  / ?(thousand|million|billion|trillion|mio|mln|mrd|bn)(?![\p{L}\d])| ?([KMBT])(?![\p{L}\d])|([kmbtg])(?![\p{L}\d])/iuy;
const rangeAt = /\s*(→|->|–|—|-|‑|−|\bto\b|\bbis\b)\s*(?=\d|[~≈$€£₹¥]\s*\d)/uy;
const multipliers: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  mio: 1e6,
  mln: 1e6,
  mrd: 1e9,
  bn: 1e9,
  k: 1e3,
  m: 1e6,
  b: 1e9,
  g: 1e9,
  t: 1e12,
};

const currencies: readonly (readonly [string, string])[] = [
  ['US\\$|USD|\\$|dollars?', 'USD'],
  ['EUR|€|euros?', 'EUR'],
  ['GBP|£', 'GBP'],
  ['INR|₹|Rs\\.?', 'INR'],
  ['JPY|¥', 'JPY'],
  ['CNY|RMB', 'CNY'],
  ['CHF', 'CHF'],
  ['CAD', 'CAD'],
  ['AUD', 'AUD'],
  ['KRW|₩', 'KRW'],
];
const currencyBefore = new RegExp(`(?<!\\p{L})(${currencies.map(([names]) => names).join('|')})\\s*[~≈]?$`, 'iu');
const currencyAfter = new RegExp(`\\s?(${currencies.map(([names]) => names).join('|')})(?![\\p{L}\\d])`, 'iuy');

const currencyNames = currencies.map(([names, code]) => ({
  code,
  alone: new RegExp(`^(?:${names})$`, 'i'),
  within: new RegExp(`(?<!\\p{L})k?(?:${names})(?![\\p{L}](?<![km]))`, 'iu'),
}));

/** The currency that a text is about, where it names one: `EUR` of "Cost (EUR)". */
export function currencyIn(text: string): string | null {
  const found = currencyNames.filter(({ within }) => within.test(text.slice(0, longest)));
  return found.length === 1 ? (found[0]?.code ?? null) : null;
}

function currencyOf(symbol: string | undefined): string | null {
  if (symbol === undefined) return null;
  return currencyNames.find(({ alone }) => alone.test(symbol))?.code ?? null;
}

const timeHours: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|milliseconds?)$/i, 1 / 3_600_000],
  [/^(?:s|secs?|seconds?)$/i, 1 / 3600],
  [/^(?:min|mins|minutes?)$/i, 1 / 60],
  [/^(?:h|hrs?|hours?|heures?|std|stunden?|horas?)$/i, 1],
  [/^(?:d|days?|jours?|tagen?|tage)$/i, 24],
  [/^(?:w|wks?|weeks?|semaines?|wochen?)$/i, 168],
  [/^(?:mo|months?|mois|monate?)$/i, 730],
  [/^(?:y|years?)$/i, 8760],
];
const timeWords =
  'milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|heures?|stunden?|horas?|h|days?|jours?|tage[n]?|d|weeks?|wks?|semaines?|wochen?|w|months?|mois|monate?|mo|years?|y';

/** Nobody counts device-seconds: `4 GPUs` are four. */
const deviceTimeWords = 'minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?';

/** How many hours a unit of time has; null for a word that is none. */
export function hoursIn(word: string): number | null {
  return timeHours.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

const gpuTimeAt = new RegExp(
  `[\\s-]*(?:(?:gpu|device|accelerator|chip|tpu)s?[\\s·-]*|((?:RTX |TPU )?[a-z]{0,4}\\d{1,4}[a-z]{0,2}(?:-?\\d{2,3}GB)?)[\\s-]+(?=(?:gpu-?)?(?:h|d)))(?:gpu[\\s-]*)?(${deviceTimeWords})(?![\\p{L}\\d])|[\\s-]*(heures?|stunden?)[\\s-]gpu(?![\\p{L}\\d])`,
  'iuy',
);
const nodeTimeAt = new RegExp(`[\\s-]*nodes?[\\s-]*(${timeWords})(?![\\p{L}\\d])`, 'iuy');
const timeAt = new RegExp(`[ -]?(${timeWords})(?![\\p{L}\\d])|([dh])(?=\\d)`, 'iuy');
const memoryAt = / ?([kmgt])(i)?b(?![\p{L}\d/])/iuy;
const counted: readonly (readonly [
  RegExp,
  'tokens' | 'samples' | 'steps' | 'parameters' | 'share' | 'factor' | 'other',
])[] = [
  [/ ?(?:training )?(?:tokens?|toks?)(?![\p{L}\d/])/iuy, 'tokens'],
  [
    / ?(?:training )?(?:samples?|sequences?|examples?|prompts?|pairs?|images?|clips?|rollouts?|trajectories)(?![\p{L}\d/])/iuy,
    'samples',
  ],
  [/ ?(?:training )?(?:steps?|iterations?|iters?|updates?)(?![\p{L}\d/])/iuy, 'steps'],
  [/[ -]?(?:params?|parameters?)(?![\p{L}\d/])/iuy, 'parameters'],
  [/ ?(?:%|percent(?!\p{L}))/iuy, 'share'],
  [/ ?[x×](?![\p{L}\d])/iuy, 'factor'],
  [/ ?(?:epochs?|layers?|L|heads?|GPUs?|nodes?|runs?|seeds?|tok\/s|TFLOP\S*|[WkM]+Wh?)(?![\p{L}\d])/uy, 'other'],
];
const perAt =
  /\s?(?:\/\s?|(?:per|an?|pro|par)\s)((?:gpu|device|node|chip|accelerator|\d?\s?m(?:illion)?|1k)?[\s-]?[a-z]{1,12})(?!\p{L})/iuy;
const atMost =
  /(?:^|[\s(,:])(?:<=?|≤|up to|at most|max\.?|maximum|under|less than|below|no more than)\s*(?:[~≈]\s*)?$/i;
const atLeast = /(?:^|[\s(,:])(?:>=?|≥|at least|more than|min\.?|no less than)\s*(?:[~≈]\s*)?$/i;

/** The numbers of a text with their units, in order. Dates, and digits within words (`H100`, `stage-2`), are none. */
export function findQuantities(source: string): readonly Quantity[] {
  const text = source.slice(0, longest).replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) => ' '.repeat(date.length));
  const quantities: Quantity[] = [];
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (character < '0' || character > '9') continue;
    if (startsNumber(text, index) || quantities.at(-1)?.end === index) {
      const quantity = quantityAt(text, index, depth > 0);
      quantities.push(quantity);
      index = quantity.end - 1;
    } else {
      while (index + 1 < text.length && /[\p{L}\d_]/u.test(text.charAt(index + 1))) index += 1;
    }
  }
  return joinDurations(quantities, text);
}

/** A digit in a word, after a point or after a word and a hyphen begins no number. */
function startsNumber(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 2), index);
  return !/[\p{L}\d_.#]$/u.test(before) && !/[\p{L}\d]-$/u.test(before);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface NumberReading {
  readonly value: number;
  readonly suffix: string;
  readonly end: number;
  readonly fault: Quantity['fault'];
}

function readNumber(text: string, at: number): NumberReading {
  const [whole = '', digits = '', fraction = '', exponent = '0'] = match(numberAt, text, at) ?? [];
  const end = at + whole.length;
  const suffix = match(suffixAt, text, end);
  const letter = suffix === null ? '' : (suffix[1] ?? suffix[2] ?? suffix[3] ?? '');
  // A letter after a space is thousands or billions only as a capital, and minutes as an m: "5 b" is five of something
  const isSuffix = suffix !== null && (suffix[2] === undefined || !suffix[0].startsWith(' ') || /[KMBTm]/.test(letter));
  const hasComma = text.charAt(end) === ',' && /\d/.test(text.charAt(end + 1));
  const isGerman = /^[1-9]\d{0,2}$/.test(digits) && /^\.\d{3}$/.test(fraction) && exponent === '0' && !isSuffix;
  const fault = hasComma ? 'comma' : isGerman || /^\.\d{3}/.test(text.slice(end, end + 4)) ? 'point' : null;
  const skipped = hasComma ? (/^[\d.,]*/.exec(text.slice(end, end + 40))?.[0].length ?? 0) : 0;
  const value = Number(`${digits.replaceAll(/[^\d]/g, '')}${fraction}e${exponent}`);
  return { value, suffix: isSuffix ? letter : '', end: end + skipped + (isSuffix ? suffix[0].length : 0), fault };
}

function quantityAt(text: string, start: number, inBrackets: boolean): Quantity {
  const first = readNumber(text, start);
  let last = first;
  let { end } = first;
  const before = text.slice(Math.max(0, start - 24), start);
  const symbolBefore = currencyBefore.exec(before)?.[1];
  const lead = symbolBefore === undefined ? before : before.slice(0, currencyBefore.exec(before)?.index);

  let unitOfLow: Unit | null = null;
  const unitThen = match(timeAt, text, end);
  const range =
    match(rangeAt, text, end) ?? (unitThen === null ? null : match(rangeAt, text, end + unitThen[0].length));
  let isProgress = false;
  if (range !== null && first.fault !== 'comma') {
    if (range.index > end) unitOfLow = unitAt(text, end)?.unit ?? null;
    const next = range.index + range[0].length;
    const symbol = /^[~≈$€£₹¥\s]*/.exec(text.slice(next, next + 8))?.[0].length ?? 0;
    last = readNumber(text, next + symbol);
    isProgress = /^\s*(?:→|->)/.test(range[0]);
    end = last.end;
  }
  const plus = match(/\+(?!\s?\d)/y, text, end);
  if (plus !== null) end += 1;
  const found = unitAt(text, end);
  if (found !== null) ({ end } = found);
  const after = match(currencyAfter, text, end);
  const currency = currencyOf(symbolBefore) ?? currencyOf(after?.[1]);
  if (after !== null && symbolBefore === undefined) end += after[0].length;
  const per = match(perAt, text, end);
  if (per !== null && (currency !== null || text.charAt(end) === '/' || text.startsWith(' per ', end)))
    end += per[0].length;

  const size = (suffix: string): number => multipliers[suffix.toLowerCase()] ?? 1;
  // "$2–10k": the low end is in thousands too
  const lowSuffix = first.suffix === '' && last !== first && first.value <= last.value ? last.suffix : first.suffix;
  const highValue = last.value * size(last.suffix);
  const lowValue = first.value * size(unitOfLow === null ? lowSuffix : first.suffix);
  const isAtMost = atMost.test(lead);
  const isAtLeast = plus !== null || atLeast.test(lead);
  const unit = found?.unit ?? null;
  const lowInUnit =
    unitOfLow !== null && unit !== null && 'hours' in unitOfLow && 'hours' in unit
      ? (lowValue * unitOfLow.hours) / unit.hours
      : lowValue;
  return {
    start,
    end,
    low: isAtMost ? null : lowInUnit,
    high: isAtLeast ? null : highValue,
    isMaybeMinutes: last.suffix === 'm' && unit === null,
    isBare: last.suffix === '' && unit === null,
    isProgress,
    unit,
    currency,
    per: per?.[1]?.trim().toLowerCase().replaceAll(/\s+/g, '-') ?? null,
    inBrackets,
    fault: /(?:^|[\s(])[-−]$/.test(lead) ? 'minus' : (first.fault ?? last.fault),
  };
}

function unitAt(text: string, at: number): { unit: Unit; end: number } | null {
  const gpuTime = match(gpuTimeAt, text, at);
  if (gpuTime !== null) {
    const hours = hoursIn(gpuTime[2] ?? gpuTime[3] ?? '') ?? 1;
    return { unit: { kind: 'gpu-time', hours, gpu: gpuTime[1] ?? null }, end: at + gpuTime[0].length };
  }
  const nodeTime = match(nodeTimeAt, text, at);
  if (nodeTime !== null)
    return { unit: { kind: 'node-time', hours: hoursIn(nodeTime[1] ?? '') ?? 1 }, end: at + nodeTime[0].length };
  const memory = match(memoryAt, text, at);
  if (memory !== null) {
    return {
      unit: { kind: 'memory', bytes: 1024 ** ('kmgt'.indexOf(memory[1]?.toLowerCase() ?? '') + 1) },
      end: at + memory[0].length,
    };
  }
  for (const [pattern, kind] of counted) {
    const found = match(pattern, text, at);
    if (found !== null) return { unit: { kind }, end: at + found[0].length };
  }
  const time = match(timeAt, text, at);
  return time === null
    ? null
    : { unit: { kind: 'time', hours: hoursIn(time[1] ?? time[2] ?? '') ?? 1 }, end: at + time[0].length };
}

/** `1h 30m` is one duration. */
function joinDurations(quantities: readonly Quantity[], text: string): Quantity[] {
  const joined: Quantity[] = [];
  for (const quantity of quantities) {
    const previous = joined.at(-1);
    const hours = quantity.unit?.kind === 'time' ? quantity.unit.hours : quantity.isMaybeMinutes ? 1 / 60 : null;
    const isNext =
      previous?.unit?.kind === 'time' &&
      hours !== null &&
      hours < previous.unit.hours &&
      /^ ?$/.test(text.slice(previous.end, quantity.start));
    if (!isNext || previous.high === null || quantity.high === null) {
      joined.push(quantity);
      continue;
    }
    const minutes = quantity.isMaybeMinutes ? quantity.high / 1e6 : quantity.high;
    const total = previous.high + (minutes * hours) / previous.unit.hours;
    joined[joined.length - 1] = { ...previous, low: total, high: total, end: quantity.end };
  }
  return joined;
}
