/** Units of time in English, French, German and Spanish, and how many hours each has. */
const units: readonly (readonly [names: string, hours: number])[] = [
  ['ms|milliseconds?', 1 / 3_600_000],
  ['s|secs?|seconds?', 1 / 3600],
  ['mins?|minutes?', 1 / 60],
  ['h|hrs?|hours?|heures?|stunden?|horas?', 1],
  ['d|days?|jours?|tagen?', 24],
  ['w|wks?|weeks?|semaines?|wochen?', 168],
  ['mo|months?|mois|monate?', 730],
  ['y|years?', 8760],
];

/** The names of all units of time, as a part of a pattern. */
export const timeWords = units.map(([names]) => names).join('|');

/** Nobody counts device-seconds: `4 GPUs` are four. */
export const deviceTimeWords = 'minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?';

const patterns = units.map(([names, hours]) => ({ alone: new RegExp(`^(?:${names})$`, 'i'), hours }));

/** How many hours a unit of time has; null for a word that is none. */
export function hoursIn(word: string): number | null {
  return patterns.find(({ alone }) => alone.test(word))?.hours ?? null;
}
