import { parseStrictDocument } from '../document/parse-document.ts';
import type { Problem } from '../problem.ts';
import { arrangeScales } from './arrange-scales.ts';
import { addDataHours } from './markdown/data-hours.ts';
import { readRecommendations } from './markdown/recommendations.ts';
import { readOutline, type Fence, type Section } from './markdown/sections.ts';
import { readSettings } from './markdown/settings.ts';
import type { Plan, PlanTotal } from './plan.ts';
import { documentTables } from './table/document-tables.ts';
import { listTables } from './table/list-tables.ts';
import { readTables, type TablesReading } from './table/read-tables.ts';
import type { Table } from './table/table.ts';
import { totalInSentence } from './table/total-sentence.ts';

/** Code blocks that are looked into. */
const mostFences = 10;

/**
 * Reads the team's own Markdown as it stands: tables by their headers, settings and advice from tables and lists. A file
 * without planned work is no plan. What cannot be read is a problem, and the rest is still read.
 */
export function readMarkdownPlan(path: string, text: string): { plan: Plan | null; problems: readonly Problem[] } {
  const { title, sections } = readOutline(path, text);
  const read = readRows(path, sections);
  const arranged = arrangeScales(read.scales);
  if (arranged.scales.length + read.stages.length === 0) return { plan: null, problems: read.problems };
  const { scales, problems: dataProblems } = addDataHours(arranged.scales, sections);
  const { facts, baseline, problems: settingProblems } = readSettings(sections);
  return {
    plan: {
      path,
      title: title ?? path,
      scales,
      stages: read.stages,
      total: read.total ?? totalIn(sections),
      facts,
      baseline,
      recommendations: readRecommendations(sections),
    },
    problems: [...read.problems, ...arranged.problems, ...dataProblems, ...settingProblems],
  };
}

/** Tables come first; where none is of planned work, YAML in a code block, then lists. */
function readRows(path: string, sections: readonly Section[]): TablesReading {
  const tables = sections.flatMap((section) => section.tables);
  const read = readTables(path, tables);
  if (read.scales.length + read.stages.length > 0) return read;
  const fallbacks: readonly (() => readonly Table[])[] = [
    () =>
      sections
        .flatMap(({ fences }) => fences)
        .slice(0, mostFences)
        .flatMap((fence) => fenceTables(path, fence)),
    () => listTables(sections),
  ];
  for (const fallback of fallbacks) {
    const found = readTables(path, fallback());
    if (found.scales.length + found.stages.length > 0) return found;
  }
  return read;
}

function fenceTables(path: string, { language, text, place }: Fence): readonly Table[] {
  if (!/^(?:ya?ml|json)$/.test(language)) return [];
  // As many empty lines as stand above it give each value its place in the file
  const { document } = parseStrictDocument(`${path}.yaml`, '\n'.repeat(place.line - 1) + text);
  return document === null ? [] : documentTables(document, path);
}

function totalIn(sections: readonly Section[]): PlanTotal | null {
  for (const { sentences, items } of sections) {
    for (const span of [...sentences, ...items]) {
      const total = totalInSentence(span);
      if (total !== null) return total;
    }
  }
  return null;
}
