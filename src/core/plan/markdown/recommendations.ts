import { parseQuantity } from '../../units/quantity.ts';
import type { Figure, Recommendations } from '../plan.ts';
import type { Section } from './sections.ts';
import { placeIn, type Span } from './span.ts';

/** Reads the numbers in the plan's advice, from list items wherever they stand. What carries no number is left out. */
export function readRecommendations(sections: readonly Section[]): Recommendations {
  const items = sections.flatMap((section) => section.items).filter(({ source }) => source.length <= 2_000);
  return {
    growthFactor: firstOf(items, readGrowth),
    checkpointShare: firstOf(items, readCheckpointShare),
    monitor: firstOf(items, readMonitor),
    augmentationFactor: firstOf(items, readAugmentation),
  };
}

function firstOf<Value>(items: readonly Span[], read: (item: Span) => Value | null): Value | null {
  for (const item of items) {
    const value = read(item);
    if (value !== null) return value;
  }
  return null;
}

/** "Double model size only after validating the previous scale": 2. */
function readGrowth(item: Span): Figure | null {
  if (!/\bscal(?:e|ing)\b|\bmodel size\b|\bparam/i.test(item.source) || /augment|\breduc/i.test(item.source))
    return null;
  return figureIn(item, /\b(?:doubl|tripl|quadrupl)(?:e|es|ing)\b|\b\d{1,4}(?:\.\d{1,4})?\s?[x×](?!\w)/i, readFactor);
}

/** "Save every 10% of training": 0.1. */
function readCheckpointShare(item: Span): Figure | null {
  if (!/\bcheckpoint|\bsav(?:e|ing)\b/i.test(item.source)) return null;
  return figureIn(item, /\b\d{1,3}(?:\.\d{1,4})?\s?(?:%|percent\b)/i, (text) => {
    const share = Number.parseFloat(text) / 100;
    return share > 0 && share <= 1 ? share : null;
  });
}

/** "Data augmentation can reduce requirements by ~2x": 2. */
function readAugmentation(item: Span): Figure | null {
  if (!/\baugment/i.test(item.source) || !/\breduc|\bhal[fv]|\bcut/i.test(item.source)) return null;
  return figureIn(item, /[~≈]?\b\d{1,4}(?:\.\d{1,4})?\s?[x×](?!\w)|\bhal(?:f|ves?)\b/i, readFactor);
}

const metrics: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['loss', /\bloss/i],
  ['grad_norm', /\bgrad(?:ient)?[\s_-]*norm/i],
  ['memory', /\bmemory|\bvram/i],
  ['learning_rate', /\blearning[\s_-]*rate/i],
  ['throughput', /\bthroughput|\btokens (?:per|a) second/i],
];

/** "Track loss curves, gradient norms, memory usage": names as trainers log them. */
function readMonitor({ source }: Span): readonly string[] | null {
  if (!/\b(?:track|monitor|log|watch)/i.test(source)) return null;
  const names = metrics.filter(([, pattern]) => pattern.test(source)).map(([name]) => name);
  return names.length === 0 ? null : names;
}

const words: readonly (readonly [RegExp, number])[] = [
  [/^doubl|^hal/i, 2],
  [/^tripl/i, 3],
  [/^quadrupl/i, 4],
];

/** `Double`, `2x`, `~2×`; null for a factor that changes nothing. */
function readFactor(text: string): number | null {
  const word = words.find(([pattern]) => pattern.test(text));
  const factor = word?.[1] ?? parseQuantity(text.replace(/\s?[x×]$/i, ''));
  return factor !== null && factor > 1 ? factor : null;
}

function figureIn(item: Span, pattern: RegExp, read: (text: string) => number | null): Figure | null {
  const match = pattern.exec(item.source);
  if (match === null) return null;
  const value = read(match[0]);
  return value === null ? null : { value, text: match[0], place: placeIn(item, match.index) };
}
