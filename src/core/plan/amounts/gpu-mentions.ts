import { longestText } from './longest-text.ts';

/** A GPU that a text names, and how many of them where it says so. */
export interface GpuMention {
  /** As written, without the count: `A100 80GB`. */
  readonly name: string;
  readonly count: number | null;
  readonly start: number;
  readonly end: number;
}

const chips =
  'A(?:10G?|16|30|40|100|800|[2456]000)|B(?:100|200|300)|GB(?:10|200|300)|GH200|H(?:20|100|200|800)|L(?:4|20|40S?)|' +
  'V100|P(?:4|40|100)|T4|K80|MI\\d{2,3}[AX]?|(?:RTX|GTX|Quadro)[ -]?(?:PRO[ -]?)?A?\\d{3,4}(?:[ -]?(?:Ti|Ada|SUPER)\\b)?|' +
  '[2-5]0[5-9]0(?:[ -]?Ti)?|TPU[ -]?v\\d[ep]?(?:-\\d{1,5})?|v\\d[ep]?-\\d{1,5}|v[4-6][ep]|Gaudi[ -]?\\d?|Trainium[ -]?\\d?';

/** A chip's name with the memory that it may state. The letters of two-character names are capitals: `t4` is a word. */
const mention = new RegExp(
  `(?<![\\p{L}\\d.$€£₹_])(?:(\\d{1,6})(?:[ -]?GPUs?)? ?[x×*] ?|(\\d{1,6}) +)?(?:NVIDIA +|AMD +|Tesla +|GeForce +)*` +
    `((?:${chips})(?:s(?![\\p{L}]))?(?:[ -]?\\d{2,3} ?Gi?B)?(?:[ -](?:SXM\\d?|PCIe|NVL)\\b)?)(?![\\p{L}\\d])`,
  'giu',
);

/** The GPUs that a text names, in order. A number before "H100-hours" is no count of GPUs. */
export function gpuMentions(text: string): readonly GpuMention[] {
  if (!/[\dv]/i.test(text)) return [];
  return [...text.slice(0, longestText).matchAll(mention)].flatMap((match) => {
    const [whole, times, plain, name = ''] = match;
    if (name.length === 2 && name !== name.toUpperCase()) return [];
    const end = match.index + whole.length;
    const isTime = /^[ -]?(?:gpu[ -]?)?(?:hours?|hrs?|h|days?|d|weeks?)\b/i.test(text.slice(end, end + 16));
    const stated = times ?? (isTime ? undefined : plain);
    const count = stated === undefined ? null : Number(stated);
    const start = count === null ? end - name.length : match.index;
    return [{ name: name.replace(/(\d)s$/i, '$1').trim(), count, start, end }];
  });
}

const one = /\b(?:one|a single|single|the local|a local|un|ein(?:e|er)?)\b/i;

/** How many GPUs a text speaks of, where it speaks of one number of them: `8×H100`, `on 64 GPUs`, `one A100`. */
export function gpuCountIn(text: string): number | null {
  const counts = new Set<number>();
  for (const { count } of gpuMentions(text)) if (count !== null) counts.add(count);
  const words = text
    .slice(0, longestText)
    .matchAll(
      /(?<![\d.–-])(\d{1,6}) ?[x×-]? ?(?:GPU|accelerator|TPU|device|chip|card)s?\b(?![ -]?(?:h\b|hours?|days?))/gi,
    );
  for (const [, count] of words) counts.add(Number(count));
  const [only] = counts;
  if (counts.size === 1 && only !== undefined) return only;
  if (counts.size > 1) return null;
  const single = one.exec(text);
  if (single === null) return null;
  const after = text.slice(single.index, single.index + single[0].length + 40);
  return gpuMentions(after).length > 0 || /\b(?:GPU|TPU|card|device)\b/i.test(after) ? 1 : null;
}

/** The one GPU that a text names; null where it names none, or several. */
export function onlyGpuIn(text: string): string | null {
  const names = new Map(gpuMentions(text).map(({ name }) => [name.toLowerCase().replaceAll(/[ -]/g, ''), name]));
  const [only] = names.values();
  return names.size === 1 && only !== undefined ? only : null;
}
