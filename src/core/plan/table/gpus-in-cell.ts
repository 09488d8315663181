import { gpuMentions, onlyGpuIn } from '../amounts/gpu-mentions.ts';

/** The GPU that a cell names, where it is a single one, and how many of them. */
export function gpusIn(text: string): { gpu: string | null; count: number | null } {
  const mentions = gpuMentions(text);
  const gpu = onlyGpuIn(text);
  const nodes = /\b(\d{1,4}) ?nodes? ?[x×*(,] ?(\d{1,2})\b/i.exec(text);
  if (nodes !== null) return { gpu, count: Number(nodes[1]) * Number(nodes[2]) };
  const [first] = mentions;
  if (mentions.length === 1 && first !== undefined) {
    const isAlone = /^(?:NVIDIA |AMD |a |an |one |1 )*$/i.test(text.slice(0, first.start));
    return { gpu, count: first.count ?? (isAlone && gpu !== null ? 1 : null) };
  }
  return { gpu, count: countIn(text) };
}

/** How many GPUs a cell says there are; null where it does not. */
export function countIn(text: string): number | null {
  const mention = gpuMentions(text).find(({ count }) => count !== null);
  const words =
    /(?<![\d.–-])(\d{1,6}) ?[x×]? ?(?:GPU|accelerator|TPU|device|chip)s?\b(?![ -]?(?:h\b|hours?|days?))/i.exec(
      text,
    )?.[1];
  return mention?.count ?? (words === undefined ? null : Number(words));
}
