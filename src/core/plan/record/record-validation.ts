import { syntaxOf } from '../../document/parse-document.ts';
import type { Plan } from '../plan.ts';
import { readPlanFiles, type PlanText } from '../read-plan.ts';
import { rowKey } from '../row-key.ts';
import { hasEvidenceTable, recordInMarkdown } from './record-in-markdown.ts';
import { recordInYaml } from './record-in-yaml.ts';
import type { ValidationRecord } from './validation-record.ts';

/**
 * The file of a plan that takes the record of a finished run, with the run in it and all else as it was: the one with
 * the table of evidence, else the one with the row, else any. Null where none can take it: the plan is read again, and
 * has to say what was written.
 */
export function recordValidation(files: readonly PlanText[], record: ValidationRecord): PlanText | null {
  const { plan, problems } = readPlanFiles(files);
  const holder = rowNamed(plan, record.scale)?.place.path;
  const likeliest = files.toSorted((a, b) => fitness(b, holder) - fitness(a, holder));
  for (const { path, text } of likeliest) {
    const changed = syntaxOf(path) === null ? recordInMarkdown(path, text, record) : recordInYaml(path, text, record);
    if (changed === null) continue;
    const after = readPlanFiles(files.map((file) => (file.path === path ? { path, text: changed } : file)));
    if (says(after.plan, record) && after.problems.length <= problems.length) return { path, text: changed };
  }
  return null;
}

function fitness({ path, text }: PlanText, holder: string | undefined): number {
  if (syntaxOf(path) === null && hasEvidenceTable(path, text)) return 2;
  return path === holder ? 1 : 0;
}

function rowNamed(plan: Plan | null, name: string) {
  return plan?.scales.find((scale) => rowKey(scale.name) === rowKey(name));
}

function says(plan: Plan | null, record: ValidationRecord): boolean {
  const validation = rowNamed(plan, record.scale)?.validation ?? null;
  return (
    validation?.link === record.link &&
    validation.date === record.date &&
    (validation.peakMemoryBytes === null) === (record.memoryBytes === null) &&
    (validation.gpuHours === null) === (record.gpuHours === null)
  );
}
