import { syntaxOf } from '../document/parse-document.ts';
import { startOf, type Problem } from '../problem.ts';
import type { Plan } from './plan.ts';
import { csvTable } from './table/csv-table.ts';
import { readTablePlan } from './table-plan.ts';
import { readMarkdownPlan } from './read-markdown-plan.ts';
import { readYamlPlan } from './read-yaml-plan.ts';

/** No plan is longer; a book about one would take seconds to read. */
const mostCharacters = 250_000;

/** Problems that one reading reports at most; a broken table could have a hundred thousand. */
const mostProblems = 50;

/**
 * Reads a scaling plan: YAML, JSON or CSV where the file's ending says so, else Markdown. Never throws, whatever the text;
 * what cannot be read is a problem with its place. The plan is null where there is no scale to hold a run against.
 */
export function readPlan(path: string, text: string): { plan: Plan | null; problems: readonly Problem[] } {
  if (text.length > mostCharacters) return { plan: null, problems: [tooLarge(path, text.length)] };
  const { plan, problems } = readByEnding(path, text);
  const [next] = problems.slice(mostProblems);
  if (next === undefined) return { plan, problems };
  return { plan, problems: [...problems.slice(0, mostProblems), moreProblems(next, problems.length - mostProblems)] };
}

function readByEnding(path: string, text: string): { plan: Plan | null; problems: readonly Problem[] } {
  if (/\.[ct]sv$/i.test(path)) {
    const table = csvTable(path, text);
    return readTablePlan(path, table === null ? [] : [table]);
  }
  return syntaxOf(path) === null ? readMarkdownPlan(path, text) : readYamlPlan(path, text);
}

function tooLarge(path: string, characters: number): Problem {
  const hint = `Expected at most ${mostCharacters}.`;
  return {
    code: 'too-large',
    place: startOf(path),
    key: null,
    message: `The file has ${characters} characters.`,
    hint,
  };
}

function moreProblems({ place }: Problem, count: number): Problem {
  const message = `From here on there are ${count} more problems.`;
  return { code: 'more-problems', place, key: null, message, hint: 'Repair those above first.' };
}
