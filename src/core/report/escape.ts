/**
 * Everything that a report shows of configs, file names, plans and people was written by somebody else, perhaps by
 * an attacker: one line of visible text, at most `max` characters, without control characters, zero-width characters
 * and direction overrides. Safe for terminals and logs; for Markdown see the functions below.
 */
export function cleanLine(text: string, max = 200): string {
  // Cut before the regular expressions run: a value may have megabytes
  const start = text.slice(0, 4 * max);
  const line = start
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
  const characters = Array.from(line);
  if (characters.length <= max && start.length === text.length) return line;
  return `${characters.slice(0, max - 1).join('')}…`;
}

/** Text as a code span: nothing in it is Markdown, a mention or a link. Valid anywhere on a line, in table cells too. */
export function inlineCode(text: string, max = 200): string {
  // A pipe ends a table cell even within a code span, and readers of Markdown disagree on escaped ones
  const line = cleanLine(text, max).replaceAll('|', '│');
  if (line === '') return '(blank)';
  const longestRun = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** What a column of three may hold as one word on a phone. */
const longestWord = 20;

/**
 * The same in a table: a long key or path may break after each of its parts, lest its column be too wide for a phone.
 * Code spans can't break, so that one is HTML, of which GitHub keeps both elements.
 */
export function cellCode(text: string, max = 200): string {
  if (cleanLine(text, max).length <= longestWord) return inlineCode(text, max);
  return `<code>${plainText(text, max).replace(/[_./-](?=[\p{L}\p{N}])/gu, '$&<wbr>')}</code>`;
}

/**
 * Text as plain Markdown text: shown as it is, with no formatting, HTML, links, images or math, and without GitHub's
 * own references (`@user`, `#123`, `owner/repo#1`, `GH-123`). Valid anywhere on a line, in table cells too.
 */
export function plainText(text: string, max = 600): string {
  return cleanLine(text, max)
    .replace(
      special,
      (found) => entities[found] ?? (/^[\\`*[\]~_]$/.test(found) ? `\\${found}` : `${found}${separator}`),
    )
    .replace(/^[-+=#]/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** Text as the content of an HTML element: the summary line of `<details>`. Put it into `<code>`, against mentions. */
export function htmlText(text: string, max = 200): string {
  return cleanLine(text, max).replace(/[&<>"]/g, (found) => entities[found] ?? '');
}

/** A zero-width space. Renovate keeps the mentions in release notes silent with the same one. */
const separator = '&#8203;';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '|': '&#124;',
  $: '&#36;',
};

/** Formatting characters, and the last character before which GitHub would see a reference or an address. */
const special = /[&<>|$\\`*[\]~@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|#(?=\d)|GH-(?=\d)|:(?=\/\/)|www(?=\.)/giu;
