import { arrangeScales } from './arrange-scales.ts';
import { addDataHours } from './markdown/data-hours.ts';
import { readRecommendations } from './markdown/recommendations.ts';
import type { Section } from './markdown/sections.ts';
import { readSettings } from './markdown/settings.ts';
import type { PlanTotal, Scale } from './plan.ts';
import type { PlanDocument, PlanReading } from './plan-document.ts';
import { readTables, type TablesReading } from './table/read-tables.ts';
import type { Table } from './table/table.ts';
import { totalInSentence } from './table/total-sentence.ts';

/**
 * Reads the team's own files as they stand: tables by their headers, settings and advice from tables and lists. Rows of
 * one name add up, in whichever file they stand. Files without planned work are no plan. What cannot be read is a
 * problem, and the rest is still read.
 */
export function readDocuments(documents: readonly [PlanDocument, ...PlanDocument[]]): PlanReading {
  const [{ path }] = documents;
  const sections = documents.flatMap((document) => document.sections);
  const alone = documents.map(readAlone);
  const read = documents.length === 1 && alone[0] !== undefined ? alone[0].read : readTogether(path, alone);
  const arranged = arrangeScales(read.scales);
  if (arranged.scales.length + read.stages.length === 0) return { plan: null, problems: read.problems };
  const { scales, problems: dataProblems } = addDataHours(arranged.scales, sections);
  const { facts, baseline, problems: settingProblems } = readSettings(sections);
  // A file that was named as part of the plan says something of it
  const unused = documents.flatMap((document, index) =>
    read.files.has(document.path) || speaksOfRuns(document, scales) ? [] : (alone[index]?.read.problems ?? []),
  );
  return {
    plan: {
      path,
      title: documents.find(({ title }) => title !== null)?.title ?? path,
      scales,
      stages: read.stages,
      total: read.total ?? totalIn(sections),
      facts,
      baseline,
      recommendations: readRecommendations(sections),
    },
    problems: [...read.problems, ...arranged.problems, ...dataProblems, ...settingProblems, ...unused],
  };
}

/** What a file says by itself, and the tables in which it says it. */
interface Alone {
  readonly tables: readonly Table[];
  readonly read: TablesReading;
}

function readTogether(path: string, alone: readonly Alone[]): TablesReading {
  const read = readTables(
    path,
    alone.flatMap(({ tables }) => tables),
  );
  return hasRows(read) ? read : { ...read, problems: alone.flatMap((one) => one.read.problems) };
}

/** A file by itself: which of its tables are meant does not depend on the others. */
function readAlone({ path, tables, fallbacks }: PlanDocument): Alone {
  const own = { tables, read: readTables(path, tables) };
  if (hasRows(own.read)) return own;
  for (const find of fallbacks) {
    const found = find();
    const read = readTables(path, found);
    if (hasRows(read)) return { tables: found, read };
  }
  return own;
}

function hasRows({ scales, stages }: TablesReading): boolean {
  return scales.length + stages.length > 0;
}

/** Whether a file without rows has settings, advice, a total or hours of data. */
function speaksOfRuns({ path, sections }: PlanDocument, scales: readonly Scale[]): boolean {
  const { facts, baseline } = readSettings(sections);
  return (
    Object.keys({ ...facts, ...baseline }).length > 0 ||
    Object.values(readRecommendations(sections)).some((advice) => advice !== null) ||
    totalIn(sections) !== null ||
    scales.some(({ dataHours }) => dataHours?.place.path === path)
  );
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
