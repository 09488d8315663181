import type { DescribedRun } from '../estimate/described-run.ts';
import { peakBytes } from './candidate-memory.ts';
import { tokensPerSecond } from './candidate-time.ts';
import type { Knob, Settings } from './knobs.ts';
import { turn } from './turn.ts';

/** Settings with which a run fits, and what they cost. */
export interface Candidate {
  readonly settings: Settings;
  /** Time against the run as it stands: 1.1 for a tenth more. */
  readonly timeRatio: number;
  /** What takes time and the estimate does not count, in words. */
  readonly uncounted: readonly string[];
}

/** What the search goes by. */
export interface Search {
  readonly run: DescribedRun;
  readonly knobs: readonly Knob[];
  readonly usableBytes: number;
}

export interface SearchResult {
  /** Fewest knobs first; among as many, the fastest first. */
  readonly candidates: readonly Candidate[];
  /** Variants whose memory was estimated. */
  readonly tried: number;
}

/** More changes than this at once are a new config, not a change of one. */
const mostKnobs = 4;
const mostTried = 40_000;
/** A setting with more changes has to save at least this share of the time. */
const worthwhile = 0.005;

/**
 * Searches the settings of up to four knobs, all combinations of one before those of two. Of each set of knobs the
 * fastest and mildest setting that fits is kept, and of larger sets only what is faster than every smaller one: the
 * Pareto front of changes against time. Knobs save memory in the order of their values, so that a set whose strongest
 * values do not fit is left at once.
 */
export function search(input: Search): SearchResult {
  const { knobs } = input;
  const kept: Candidate[] = [];
  const meter = { tried: 0 };
  const clock = new Clock(input.run);
  let bestRatio = Infinity;
  for (let size = 1; size <= Math.min(mostKnobs, knobs.length); size++) {
    const found: Candidate[] = [];
    for (const set of subsets(knobs, size)) {
      const candidate = bestOfSet(input, clock, set, meter);
      if (candidate !== null && candidate.timeRatio < bestRatio - worthwhile) found.push(candidate);
    }
    found.sort((a, b) => a.uncounted.length - b.uncounted.length || a.timeRatio - b.timeRatio);
    kept.push(...found.filter((candidate) => !kept.some((smaller) => isPartOf(smaller, candidate))));
    for (const { timeRatio, uncounted } of found) {
      if (uncounted.length === 0) bestRatio = Math.min(bestRatio, timeRatio);
    }
    if (bestRatio <= 1 + worthwhile || meter.tried > mostTried) break;
  }
  return { candidates: kept, tried: meter.tried };
}

/** The smaller set of knobs does it alone, and no slower. */
function isPartOf(smaller: Candidate, larger: Candidate): boolean {
  const isSubset = Object.keys(smaller.settings).every((field) => field in larger.settings);
  return isSubset && smaller.timeRatio <= larger.timeRatio + worthwhile;
}

function bestOfSet(input: Search, clock: Clock, set: readonly Knob[], meter: { tried: number }): Candidate | null {
  const fits = (turned: DescribedRun): boolean => {
    meter.tried += 1;
    return peakBytes(turned) <= input.usableBytes;
  };
  const strongest = turn(input.run, Object.fromEntries(set.map(({ field, values }) => [field, values.at(-1)])));
  if (strongest !== null && !fits(strongest)) return null;

  let best: { settings: Settings; timeRatio: number } | null = null;
  for (const settings of settingsOf(set)) {
    const turned = meter.tried > mostTried ? null : turn(input.run, settings);
    if (turned === null) continue;
    const timeRatio = clock.ratioOf(turned);
    // Mild settings come first: a stronger one has to be faster
    if (best !== null && timeRatio >= best.timeRatio - worthwhile) continue;
    if (fits(turned)) best = { settings, timeRatio };
  }
  return best === null ? null : { ...best, uncounted: clock.uncounted(set, best.settings) };
}

/** What settings cost in time; asked of thousands of settings made of few values. */
class Clock {
  readonly #run: DescribedRun;
  readonly #speed: number;
  readonly #unseen = new Map<string, boolean>();

  constructor(run: DescribedRun) {
    this.#run = run;
    this.#speed = tokensPerSecond(run);
  }

  /** GPU-hours after over before; 1 where the speed is unknown. */
  ratioOf(turned: DescribedRun): number {
    const speed = tokensPerSecond(turned);
    return speed === 0 ? 1 : this.#speed / speed;
  }

  /** What turning these knobs waits for and the estimate does not see. */
  uncounted(set: readonly Knob[], settings: Settings): string[] {
    const waits = set.flatMap(({ field, wait }) =>
      wait !== null && this.#isUnseen({ [field]: settings[field] }) ? [wait] : [],
    );
    return [...new Set(waits)];
  }

  #isUnseen(setting: Settings): boolean {
    const key = JSON.stringify(setting);
    const known = this.#unseen.get(key);
    if (known !== undefined) return known;
    const isUnseen = this.ratioOf(turn(this.#run, setting) ?? this.#run) === 1;
    this.#unseen.set(key, isUnseen);
    return isUnseen;
  }
}

function* subsets(knobs: readonly Knob[], size: number): Generator<Knob[]> {
  if (size === 0) yield [];
  for (const [index, knob] of knobs.entries()) {
    if (size === 0) return;
    for (const rest of subsets(knobs.slice(index + 1), size - 1)) yield [knob, ...rest];
  }
}

/** All settings of a set of knobs, mild ones first. */
function* settingsOf([knob, ...rest]: readonly Knob[]): Generator<Settings> {
  if (knob === undefined) yield {};
  else
    for (const value of knob.values) {
      for (const settings of settingsOf(rest)) yield { [knob.field]: value, ...settings };
    }
}
