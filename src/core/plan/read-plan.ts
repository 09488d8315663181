import { parseStrictDocument, syntaxOf } from '../document/parse-document.ts';
import { startOf, type Problem } from '../problem.ts';
import { markdownDocument } from './markdown/markdown-document.ts';
import { mergePlans } from './merge-plans.ts';
import type { PlanDocument, PlanReading } from './plan-document.ts';
import { readDocuments } from './read-documents.ts';
import { isPlanFile, readYamlPlan } from './read-yaml-plan.ts';
import { csvTable } from './table/csv-table.ts';
import { documentTables } from './table/document-tables.ts';

/** A file of a plan with its text. */
export interface PlanText {
  readonly path: string;
  readonly text: string;
}

/** No plan is longer; a book about one would take seconds to read. */
const mostCharacters = 250_000;

/** Problems that one reading reports at most; a broken table could have a hundred thousand. */
const mostProblems = 50;

/** Reads a plan of one file, as {@link readPlanFiles} does. */
export function readPlan(path: string, text: string): PlanReading {
  return readPlanFiles([{ path, text }]);
}

/**
 * Reads a scaling plan: YAML, JSON or CSV where the ending says so, else Markdown. Several files are one plan, whose rows
 * add up by name. Never throws, whatever the text; what cannot be read is a problem with its place. The plan is null
 * where there is no row to hold a run against.
 */
export function readPlanFiles(files: readonly PlanText[]): PlanReading {
  const [first] = files;
  if (first === undefined) return { plan: null, problems: [] };
  const characters = files.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > mostCharacters) return { plan: null, problems: [tooLarge(first.path, characters, files.length)] };
  const opened = files.map(({ path, text }) => openFile(path, text));
  const [one, ...others] = opened.flatMap(({ document }) => document ?? []);
  const readings = [
    ...(one === undefined ? [] : [readDocuments([one, ...others])]),
    ...opened.flatMap(({ reading }) => reading ?? []),
  ];
  const { plan, problems: conflicts } = mergePlans(readings.flatMap((reading) => reading.plan ?? []));
  const found = [
    ...opened.flatMap((file) => file.problems),
    ...readings.flatMap((reading) => reading.problems),
    ...conflicts,
  ];
  return { plan, problems: shortened(found) };
}

/** A file as what it can be read as: one of the team's own, to be read with the others, or a plan in our own format. */
interface OpenedFile {
  readonly document?: PlanDocument;
  readonly reading?: PlanReading;
  readonly problems: readonly Problem[];
}

function openFile(path: string, text: string): OpenedFile {
  if (/\.[ct]sv$/i.test(path)) {
    const table = csvTable(path, text);
    const tables = table === null ? [] : [table];
    return { document: { path, title: null, tables, fallbacks: [], sections: [] }, problems: [] };
  }
  if (syntaxOf(path) === null) return { document: markdownDocument(path, text), problems: [] };
  const { document, problems } = parseStrictDocument(path, text);
  if (document === null) return { problems };
  if (isPlanFile(document.value)) return { reading: readYamlPlan(document), problems };
  return {
    document: { path, title: null, tables: documentTables(document, path), fallbacks: [], sections: [] },
    problems,
  };
}

function tooLarge(path: string, characters: number, files: number): Problem {
  const message =
    files === 1 ? `The file has ${characters} characters.` : `The plan's files have ${characters} characters.`;
  const hint = `Expected at most ${mostCharacters}.`;
  return { code: 'too-large', place: startOf(path), key: null, message, hint };
}

function shortened(problems: readonly Problem[]): readonly Problem[] {
  const [next] = problems.slice(mostProblems);
  if (next === undefined) return problems;
  return [...problems.slice(0, mostProblems), moreProblems(next, problems.length - mostProblems)];
}

function moreProblems({ place }: Problem, count: number): Problem {
  const message = `From here on there are ${count} more problems.`;
  return { code: 'more-problems', place, key: null, message, hint: 'Repair those above first.' };
}
