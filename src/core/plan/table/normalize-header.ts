import { gpuMentions } from '../amounts/gpu-mentions.ts';

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
