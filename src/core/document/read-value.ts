import type { z } from 'zod';
import { explainIssue } from './explain-issue.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * A value that stands alone, as a config would write it (`4`, `bf16`, `[q_proj, v_proj]`, `10B`), by its schema; or what
 * was found and what was expected. A name may look like a number: what fits as text is text.
 */
export function readValue(schema: z.ZodType, text: string): { value: unknown; problem: string | null } {
  const document = parseYaml('value.yaml', text).document;
  const written = document === null ? text : (document.value ?? text);
  const read = schema.safeParse(written);
  if (read.success) return { value: read.data, problem: null };
  const asText = schema.safeParse(text);
  if (asText.success) return { value: asText.data, problem: null };
  const [explanation] = read.error.issues.flatMap((issue) => [...explainIssue(issue, schema, written)]);
  return { value: null, problem: `${explanation?.message ?? 'This is no value.'} ${explanation?.hint ?? ''}`.trim() };
}
