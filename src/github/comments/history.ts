/** How many earlier evaluations the comment tells. */
const most = 10;

/** Longer titles are of many files; the mark in front says enough. */
const longestTitle = 500;

const start = '<!-- scalegate:earlier -->';

/**
 * The comment with what it said before folded at its end, newest first: the title of each evaluation that said something
 * else, and the commit that it was of. `before` is the comment as we last wrote it, whose text is escaped already.
 */
export function withHistory(body: string, before: string | null): string {
  const earlier = before === null ? [] : earlierOf(before, titleOf(body));
  if (earlier.length === 0) return body;
  const summary = `${earlier.length} earlier evaluation${earlier.length === 1 ? '' : 's'}`;
  const list = earlier.map((entry) => `${entry}\n`).join('');
  return `${body}\n${start}\n<details>\n<summary>${summary}</summary>\n\n${list}\n</details>\n`;
}

/** The comment without it. */
export function withoutHistory(body: string): string {
  const at = body.indexOf(`\n${start}\n`);
  return at === -1 ? body : body.slice(0, at);
}

function earlierOf(before: string, titleNow: string | null): readonly string[] {
  const title = titleOf(before);
  const sha = /^<!-- scalegate:of ([0-9a-f]{7})/m.exec(before.slice(0, 300))?.[1];
  const told = before
    .slice(withoutHistory(before).length)
    .split('\n')
    .filter((line) => line.startsWith('- `'));
  if (title === null || title === titleNow || sha === undefined) return told;
  const shown = title.length > longestTitle ? (title.split(' ')[0] ?? '') : title;
  return [`- \`${sha}\` ${shown}`, ...told].slice(0, most);
}

/** `⏳ waiting for 1 approval: Large → XL`, as Markdown. */
function titleOf(body: string): string | null {
  return /^### (\S+) scalegate: (.+)$/m.exec(withoutHistory(body))?.slice(1).join(' ') ?? null;
}
