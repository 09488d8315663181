import { syntaxOf } from '../../document/parse-document.ts';
import type { Plan, PlanRow } from '../plan.ts';
import { readPlanFiles, type PlanText } from '../read-plan.ts';
import { rowKey } from '../row-key.ts';
import { recordInCsv } from './record-in-csv.ts';
import { recordInMarkdown } from './record-in-markdown.ts';
import { recordInYaml } from './record-in-yaml.ts';
import type { Recorded } from './recorded.ts';
import type { ValidationRecord } from './validation-record.ts';

const best: readonly Recorded['stands'][] = ['with evidence', 'in the row', 'apart'];

/**
 * The file of a plan that takes the record of a finished run, with the run in it and all else as it was. Null where none
 * can take it: the plan is read again, and has to say what was written and nothing else that it did not say before.
 */
export function recordValidation(files: readonly PlanText[], record: ValidationRecord): PlanText | null {
  const before = readPlanFiles(files);
  const candidates = files.flatMap(({ path, text }) =>
    writerOf(path)(path, text, record).map((found) => ({ path, ...found })),
  );
  const inOrder = candidates.toSorted((a, b) => best.indexOf(a.stands) - best.indexOf(b.stands));
  for (const { path, text } of inOrder) {
    const after = readPlanFiles(files.map((file) => (file.path === path ? { path, text } : file)));
    const isHeard = says(after.plan, record) && plannedIn(after.plan) === plannedIn(before.plan);
    if (isHeard && after.problems.length <= before.problems.length) return { path, text };
  }
  return null;
}

function writerOf(path: string): (path: string, text: string, record: ValidationRecord) => readonly Recorded[] {
  if (/\.[ct]sv$/i.test(path)) return recordInCsv;
  return syntaxOf(path) === null ? recordInMarkdown : recordInYaml;
}

function rowsOf(plan: Plan | null): readonly PlanRow[] {
  return plan === null ? [] : [...plan.scales, ...plan.stages];
}

function says(plan: Plan | null, record: ValidationRecord): boolean {
  const validation = rowsOf(plan).find(({ name }) => rowKey(name) === rowKey(record.row))?.validation ?? null;
  return (
    validation?.link === record.link &&
    validation.date === record.date &&
    (validation.peakMemoryBytes === null) === (record.memoryBytes === null) &&
    (validation.gpuHours === null) === (record.gpuHours === null)
  );
}

/** What is planned, which no record changes. */
function plannedIn(plan: Plan | null): string {
  return JSON.stringify(
    rowsOf(plan).map(({ name, kind, parameters, tokens, gpuHours, memoryBytes, cost }) => [
      name,
      kind,
      ...[parameters, tokens, gpuHours, memoryBytes, cost].map((figure) => figure?.value),
    ]),
  );
}
