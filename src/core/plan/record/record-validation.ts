import { syntaxOf } from '../../document/parse-document.ts';
import { rowKey } from '../row-key.ts';
import { readPlan } from '../read-plan.ts';
import { recordInMarkdown } from './record-in-markdown.ts';
import { recordInYaml } from './record-in-yaml.ts';
import type { ValidationRecord } from './validation-record.ts';

/**
 * The plan's text with a finished run recorded, all else as it was. Null where the plan cannot take it: it is read again,
 * and has to say what was written.
 */
export function recordValidation(path: string, text: string, record: ValidationRecord): string | null {
  const changed = syntaxOf(path) === null ? recordInMarkdown(path, text, record) : recordInYaml(path, text, record);
  if (changed === null) return null;
  const { plan, problems } = readPlan(path, changed);
  const scale = plan?.scales.find(({ name }) => rowKey(name) === rowKey(record.scale));
  const validation = scale?.validation ?? null;
  const isHeard =
    validation?.link === record.link &&
    validation.date === record.date &&
    (validation.peakMemoryBytes === null) === (record.memoryBytes === null) &&
    (validation.gpuHours === null) === (record.gpuHours === null);
  return isHeard && problems.length <= readPlan(path, text).problems.length ? changed : null;
}
