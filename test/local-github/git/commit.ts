import type { GitObject } from './object-reader.ts';

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, in UTC. */
  readonly date: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A commit as `git cat-file` prints it: headers, an empty line, the message. */
export function parseCommit({ oid, content }: GitObject): Commit {
  const text = content.toString('utf8');
  const headersEnd = text.indexOf('\n\n');
  const headers = text.slice(0, headersEnd).split('\n');
  const valuesOf = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    oid,
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    author: signature(valuesOf('author')[0] ?? ''),
    committer: signature(valuesOf('committer')[0] ?? ''),
    message: text.slice(headersEnd + 2).trimEnd(),
  };
}

function signature(line: string): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (\d+)/.exec(line) ?? [];
  return { name, email, date: isoSeconds(new Date(Number(seconds) * 1000)) };
}

/** GitHub's timestamps have no fractions of a second. */
function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
