import type { FileContent } from '../../core/source-file.ts';
import { binaryContent, contentOf, whyUnreadable } from '../../workspace/readable.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { GitHubClient, Repositories } from '../http/client.ts';
import { statusOf } from '../http/status-of.ts';
import { KnownBlobs } from './known-blobs.ts';
import { readTree, type TreeEntry } from './tree.ts';

/** Files in one request: GitHub cuts a query off after 10 s, and each file costs it a look into the tree. */
const batchSize = 100;

/** A repository's files over the API. */
export interface Contents {
  /** The files at a commit, given by SHA or as a full ref such as `refs/heads/main`. */
  at(commit: string): Workspace;
}

interface Wanted {
  readonly commit: string;
  readonly path: string;
}
type Answers = ReadonlyMap<Wanted, FileContent | null>;

/**
 * Reads files of several commits through GraphQL, a hundred a request. What is asked for in one go travels together,
 * whichever commit it is of, and nothing is read twice. A SHA that the first repository does not have is looked up in
 * the next, since the head of a pull request may be known only to the fork; a ref never is, since a fork's `main` is
 * not ours. `blobs`: contents that are known from elsewhere; what a list has named by its id is not asked for again.
 */
export function createContents(
  client: GitHubClient,
  repositories: Repositories,
  blobs: KnownBlobs = new KnownBlobs(),
): Contents {
  const known = new Map<string, Promise<FileContent | null>>();
  const listed = new Map<string, ReadonlyMap<string, TreeEntry>>();
  const keyOf = ({ mode, oid }: TreeEntry) => `${JSON.stringify(repositories[0])} ${mode} ${oid}`;
  const note = (entry: TreeEntry, content: FileContent) => {
    blobs.set(keyOf(entry), content);
  };
  const readLater = batched((wanted: readonly Wanted[]) => readBatch(client, repositories, wanted, note));

  function readOnce(wanted: Wanted): Promise<FileContent | null> {
    const key = `${wanted.commit}:${wanted.path}`;
    const entry = listed.get(wanted.commit)?.get(wanted.path);
    const blob = entry === undefined ? undefined : blobs.get(keyOf(entry));
    const content = known.get(key) ?? (blob === undefined ? readLater(wanted) : Promise.resolve(blob));
    known.set(key, content);
    return content;
  }

  return {
    at: (commit) => ({
      list: async () => {
        const entries = await readTree(client, repositories, commit);
        listed.set(commit, entries);
        return [...entries.keys()];
      },
      read: async (paths) => {
        const contents = await Promise.all(paths.map((path) => readOnce({ commit, path })));
        return new Map(paths.flatMap((path, index) => withContent(path, contents[index] ?? null)));
      },
    }),
  };
}

function withContent(path: string, content: FileContent | null): [string, FileContent][] {
  return content === null ? [] : [[path, content]];
}

/** Collects what is asked for until the program would wait, and has it answered in batches. */
function batched(answerAll: (wanted: readonly Wanted[]) => Promise<Answers>) {
  let pending: { wanted: Wanted; resolve: (answer: FileContent | null) => void; reject: (reason: unknown) => void }[] =
    [];

  function flush(): void {
    const asked = pending;
    pending = [];
    for (let start = 0; start < asked.length; start += batchSize) {
      const batch = asked.slice(start, start + batchSize);
      answerAll(batch.map(({ wanted }) => wanted)).then(
        (answers) => {
          for (const { wanted, resolve } of batch) resolve(answers.get(wanted) ?? null);
        },
        (reason: unknown) => {
          for (const { reject } of batch) reject(reason);
        },
      );
    }
  }

  return (wanted: Wanted) =>
    new Promise<FileContent | null>((resolve, reject) => {
      if (pending.length === 0) setImmediate(flush);
      pending.push({ wanted, resolve, reject });
    });
}

/** One request; two of half the size, one after the other, where GitHub could not answer it in time. */
async function readBatch(
  client: GitHubClient,
  repositories: Repositories,
  wanted: readonly Wanted[],
  note: Note,
): Promise<Answers> {
  try {
    return await queryFiles(client, repositories, wanted, note);
  } catch (error) {
    if (wanted.length === 1 || !isTooMuch(error)) throw error;
    const half = Math.ceil(wanted.length / 2);
    const first = await readBatch(client, repositories, wanted.slice(0, half), note);
    return new Map([...first, ...(await readBatch(client, repositories, wanted.slice(half), note))]);
  }
}

/** GitHub says in one of two ways that a query took too long: with a gateway's status, or with an error of this text. */
function isTooMuch(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return (statusOf(error) ?? 0) >= 500 || /something went wrong|timeout|timed out/i.test(message);
}

interface CommitFiles {
  readonly oid: string;
  readonly [alias: string]: FileEntry | string | null;
}

/** Told of each content that was read, and where it stands. */
type Note = (entry: TreeEntry, content: FileContent) => void;

interface FileEntry {
  readonly mode: number;
  readonly oid: string;
  readonly object: {
    readonly byteSize?: number;
    readonly isBinary?: boolean | null;
    readonly isTruncated?: boolean;
    readonly text?: string | null;
  } | null;
}

async function queryFiles(
  client: GitHubClient,
  [repository, ...others]: Repositories,
  wanted: readonly Wanted[],
  note: Note,
): Promise<Answers> {
  const commits = [...new Set(wanted.map(({ commit }) => commit))];
  const answer = await client.graphql<{ repository: Record<string, CommitFiles | null> | null }>(
    filesQuery(commits, wanted),
    {
      ...repository,
      ...Object.fromEntries(commits.map((commit, index) => [`commit${index}`, commit])),
      ...Object.fromEntries(wanted.map(({ path }, index) => [`path${index}`, path])),
      // A batch that is too large is split at once; only a single file is worth asking for again.
      request: { ...(wanted.length > 1 ? { retries: 0 } : {}), isImmutable: commits.every(isSha) },
    },
  );
  const found = new Map<Wanted, FileContent | null>();
  const elsewhere: Wanted[] = [];
  wanted.forEach((file, index) => {
    const commit = answer.repository?.[`commit${commits.indexOf(file.commit)}`];
    if (commit?.oid === undefined) elsewhere.push(file);
    else found.set(file, entryContent(commit[`file${index}`], note));
  });
  const [missing] = elsewhere;
  if (missing === undefined) return found;
  const [next, ...rest] = others;
  if (next === undefined || !elsewhere.every(({ commit }) => isSha(commit))) {
    throw new Error(`there is no commit ${missing.commit} that this token can read`);
  }
  return new Map([...found, ...(await queryFiles(client, [next, ...rest], elsewhere, note))]);
}

/** Commits and paths travel as variables; nothing of a pull request is ever part of a query's text. */
function filesQuery(commits: readonly string[], wanted: readonly Wanted[]): string {
  const variables = [
    ...commits.map((_, index) => `$commit${index}: String!`),
    ...wanted.map((_, index) => `$path${index}: String!`),
  ];
  const objects = commits.map((commit, number) => {
    const files = wanted.flatMap((file, index) =>
      file.commit === commit ? [`file${index}: file(path: $path${index}) { ...entry }`] : [],
    );
    return `commit${number}: object(expression: $commit${number}) { ... on Commit { oid ${files.join(' ')} } }`;
  });
  return `query ($owner: String!, $repo: String!, ${variables.join(', ')}) {
    repository(owner: $owner, name: $repo) { ${objects.join('\n')} }
  }
  fragment entry on TreeEntry { mode oid object { ... on Blob { byteSize isBinary isTruncated text } } }`;
}

function isSha(commit: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit);
}

function entryContent(entry: FileEntry | string | null | undefined, note: Note): FileContent | null {
  if (entry == null || typeof entry === 'string') return null;
  // Git's octal mode as a plain integer: 33188 is 100644
  const mode = entry.mode.toString(8).padStart(6, '0');
  const { byteSize = null, isBinary = null, isTruncated = false, text = null } = entry.object ?? {};
  const content =
    whyUnreadable(mode, byteSize) ??
    (isTruncated
      ? { unreadable: 'is too long: GitHub gives only a part of it' }
      : isBinary === true || text === null
        ? binaryContent
        : contentOf(text));
  note({ mode, oid: entry.oid }, content);
  return content;
}
