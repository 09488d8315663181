import type { ProposedGuards } from '../core/check/check-input.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { OpenedFiles, type ParsedTexts } from '../core/reading/opened-files.ts';
import type { FileContent } from '../core/source-file.ts';
import { openAround } from './collect.ts';
import { findGuards, type GuardFiles } from './guards.ts';
import type { Workspace } from './workspace.ts';

/** Files of the head that may be configs and are read to judge them by both policies: twenty requests to GitHub. */
const mostRead = 2_000;

/** Policy and plan as they would be found at the head, with configs of the head to see what they would change. */
export async function readProposedGuards(
  head: Workspace,
  guards: GuardFiles,
  parsed: ParsedTexts,
): Promise<ProposedGuards> {
  const { policyFile, planFiles, policy } = await findGuards(head, guards.policyPath);
  const listed = (await head.list()).filter((path) => isConfigPath(path, guards.policy) || isConfigPath(path, policy));
  const configs = listed.toSorted().slice(0, mostRead);
  const contents = await head.read(configs);
  const [filesBefore, filesAfter] = await Promise.all([
    openedBy(guards.policy, head, configs, contents, parsed),
    openedBy(policy, head, configs, contents, parsed),
  ]);
  return {
    policy: policyFile,
    planFiles,
    configs,
    filesBefore,
    filesAfter,
    unread: listed.length - configs.length,
  };
}

/** A policy says how the team's own formats are read. */
async function openedBy(
  policy: Policy,
  head: Workspace,
  configs: readonly string[],
  contents: ReadonlyMap<string, FileContent>,
  parsed: ParsedTexts,
): Promise<OpenedFiles> {
  const files = new OpenedFiles(contents, policy.formats, parsed);
  await openAround(head, files, configs, { huggingFaceHub: false });
  return files;
}
