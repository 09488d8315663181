import { OpenedFiles } from '../core/reading/opened-files.ts';
import { openFile } from '../core/reading/open-file.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { FileContent } from '../core/source-file.ts';
import type { Hub } from '../hub/hugging-face.ts';
import { readHubModels } from './hub-models.ts';
import type { Workspace } from './workspace.ts';

/** Bounds on what configs may drag in, each and all together at least: the files come from anybody. */
const most = { filesEach: 20, files: 1000, rounds: 16 };

/**
 * Opens configs with what they include, name and launch, and what those files do: reads what is asked for until nothing
 * new is; and, where the policy allows it, what the Hugging Face Hub says of models that they name.
 */
export async function openAround(
  workspace: Workspace,
  files: OpenedFiles,
  configs: readonly string[],
  { huggingFaceHub }: Pick<Policy, 'huggingFaceHub'>,
  hub?: Hub,
): Promise<void> {
  let room = Math.max(most.files, most.filesEach * configs.length);
  for (let round = 1; ; round += 1) {
    for (const path of configs) openFile(path, files);
    const asked = files.unanswered;
    if (asked.length === 0) break;
    const named = asked.filter(isInRepository);
    const wanted = round > most.rounds ? [] : named.slice(0, room);
    room -= wanted.length;
    const found = wanted.length === 0 ? new Map<string, FileContent>() : await workspace.read(wanted);
    for (const path of asked) files.add(path, found.get(path) ?? null);
    for (const path of named.slice(wanted.length)) files.add(path, beyondBounds);
  }
  if (huggingFaceHub) await readHubModels(files, configs, hub);
}

/** Opens one file of a workspace, and what is around it; one that is not there is unreadable. */
export async function openOne(
  workspace: Workspace,
  path: string,
  configs: (files: OpenedFiles) => readonly string[],
  policy: Pick<Policy, 'huggingFaceHub' | 'formats'>,
): Promise<OpenedFiles> {
  const content = (await workspace.read([path])).get(path) ?? { unreadable: 'does not exist' };
  const files = new OpenedFiles([[path, content]], policy.formats);
  await openAround(workspace, files, configs(files), policy);
  return files;
}

const beyondBounds: FileContent = {
  unreadable: `is not read: configs may refer to ${most.files} files, no more than ${most.rounds} deep`,
};

/** Whether a path is one that Git could hold: relative, and without `.` or `..` on its way. */
function isInRepository(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
