import { parseStrictDocument } from '../../document/parse-document.ts';
import type { PlanDocument } from '../plan-document.ts';
import { documentTables } from '../table/document-tables.ts';
import { listTables } from '../table/list-tables.ts';
import type { Table } from '../table/table.ts';
import { readOutline, type Fence } from './sections.ts';

/** Code blocks that are looked into. */
const mostFences = 10;

/** Markdown as a file of a plan. Tables come first; where none is of planned work, YAML in a code block, then lists. */
export function markdownDocument(path: string, text: string): PlanDocument {
  const { title, sections } = readOutline(path, text);
  const fences = () => sections.flatMap((section) => section.fences).slice(0, mostFences);
  return {
    path,
    title,
    sections,
    tables: sections.flatMap((section) => section.tables),
    fallbacks: [() => fences().flatMap((fence) => fenceTables(path, fence)), () => listTables(sections)],
  };
}

function fenceTables(path: string, { language, text, place }: Fence): readonly Table[] {
  if (!/^(?:ya?ml|json)$/.test(language)) return [];
  // As many empty lines as stand above it give each value its place in the file
  const { document } = parseStrictDocument(`${path}.yaml`, '\n'.repeat(place.line - 1) + text);
  return document === null ? [] : documentTables(document, path);
}
