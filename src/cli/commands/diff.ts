import { check } from '../../core/check.ts';
import { blocks } from '../../core/report/blocks.ts';
import { cleanLine } from '../../core/report/escape.ts';
import type { Evaluation } from '../../core/report/evaluation.ts';
import type { Output } from '../../core/report/output.ts';
import { outputs } from '../../core/report/outputs/index.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { version } from '../../core/version.ts';
import { changedFiles } from '../../workspace/changed-files.ts';
import { gatherPullRequest } from '../../workspace/gather.ts';
import { commitWorkspace } from '../../workspace/git-commit.ts';
import { findGuards, type GuardFiles } from '../../workspace/guards.ts';
import { withFile } from '../../workspace/with-file.ts';
import { workingTree } from '../../workspace/working-tree.ts';
import { findComparison, type Comparison, type Revision } from '../comparison.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { namedFile } from '../named-file.ts';
import type { Terminal } from '../terminal.ts';

interface DiffOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly format?: string;
  readonly policy?: string;
}

/**
 * `scalegate diff [BASE] [HEAD]`: what a pull request from HEAD to BASE would be told. Without HEAD the working tree is
 * judged, uncommitted edits included; without BASE, against the default branch. Policy and plan come from BASE; a policy
 * that is named is taken as it lies on the disk, to try a draft.
 */
export async function diff(
  base: string | undefined,
  head: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const output = outputNamed(options);
  const comparison = await findComparison(terminal.directory, base, head);
  const guards = await guardsAtBase(comparison, options.policy, terminal);
  const evaluation = check({ ...(await gather(comparison, guards)), today: terminal.today });
  print(evaluation, [describeSides(comparison), describeGuards(comparison, guards)], output, terminal);
  return blocks(evaluation) ? exitStatus[evaluation.verdict] : exitStatus.pass;
}

async function guardsAtBase(
  { root, base }: Comparison,
  policy: string | undefined,
  { directory }: Terminal,
): Promise<GuardFiles> {
  const files = commitWorkspace(root, base.commit);
  if (policy === undefined) return findGuards(files);
  const draft = await namedFile('--policy', policy, root, directory);
  const found = await findGuards(withFile(files, draft), draft.path);
  // The draft is the policy here, and no change of one
  return { ...found, places: found.places.filter((place) => place !== draft.path) };
}

async function gather({ root, start, head }: Comparison, guards: GuardFiles): ReturnType<typeof gatherPullRequest> {
  return gatherPullRequest({
    base: commitWorkspace(root, start),
    head: head === null ? workingTree(root) : commitWorkspace(root, head.commit),
    changedFiles: await changedFiles(root, start, head === null ? null : head.commit),
    guards,
  });
}

/** What was compared is part of the answer; where the answer is for a machine, it goes to the person beside it. */
function print(
  evaluation: Evaluation,
  header: readonly string[],
  { name, reader, render }: Output,
  { out, err }: Terminal,
): void {
  const screen = reader === 'tool' ? err : out;
  for (const line of header) screen.print(palette(screen.colour).faint(cleanLine(line, 400)));
  const said = render(evaluation, { ...out, version });
  if (said !== null) out.print(reader === 'person' ? `\n${said}` : said);
  else
    err.print(
      name === 'markdown' ? 'No figure, fact or finding differs: there would be no comment.' : 'Nothing to say.',
    );
}

function outputNamed({ json, markdown, format }: DiffOptions): Output {
  const name = json === true ? 'json' : markdown === true ? 'markdown' : (format ?? 'text');
  const output = outputs.find((known) => known.name === name);
  if (output !== undefined) return output;
  throw new Error(`--format: found ${name}, expected one of ${outputs.map((known) => known.name).join(', ')}`);
}

function describeSides({ base, start, isStartUnknown, head }: Comparison): string {
  const left = isStartUnknown
    ? `; this clone is shallow, so that what ${base.name} has changed since counts as well ("git fetch --unshallow" helps)`
    : start === base.commit
      ? ''
      : `, which left it at ${short(start)}`;
  return `Compared: ${describeRevision(base)} → ${head === null ? 'the working tree' : describeRevision(head)}${left}`;
}

function describeRevision({ name, commit }: Revision): string {
  return commit.startsWith(name) ? short(commit) : `${name} (${short(commit)})`;
}

function short(commit: string): string {
  return commit.slice(0, 7);
}

function describeGuards({ base }: Comparison, { policyFile, planFiles, policyPath }: GuardFiles): string {
  const draft = policyPath === null ? '' : ' as it lies here';
  const policy = policyFile === null ? 'no policy, so the defaults' : `${policyFile.path}${draft}`;
  const plan = planFiles.length === 0 ? 'no plan' : planFiles.map(({ path }) => path).join(' and ');
  return `Held against, at ${base.name}: ${policy}; ${plan}`;
}
