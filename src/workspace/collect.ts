import type { FileContent, SourceFile } from '../core/source-file.ts';
import { referencesOf } from '../core/formats/index.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Hub } from '../hub/hugging-face.ts';
import { readHubModels } from './hub-models.ts';
import type { Workspace } from './workspace.ts';

/** Bounds on what configs may drag in: the files come from anybody. */
const maxFiles = 1000;
const maxRounds = 10;

/**
 * Reads what configs refer to, and what those files refer to, until nothing new is named; and, where the policy allows
 * it, what the Hugging Face Hub says of models that they name.
 */
export async function collectReferenced(
  workspace: Workspace,
  configs: ReadonlyMap<string, FileContent>,
  { huggingFaceHub }: Pick<Policy, 'huggingFaceHub'>,
  hub?: Hub,
): Promise<readonly SourceFile[]> {
  const files = await collectFiles(workspace, configs);
  return huggingFaceHub ? [...files, ...(await readHubModels(configs, files, hub))] : files;
}

async function collectFiles(
  workspace: Workspace,
  configs: ReadonlyMap<string, FileContent>,
): Promise<readonly SourceFile[]> {
  const collected: SourceFile[] = [];
  const asked = new Set<string>();
  let named = pathsNamedIn(configs, asked);
  for (let round = 1; named.length > 0; round += 1) {
    const room = round > maxRounds ? 0 : Math.max(0, maxFiles - asked.size);
    for (const path of named) asked.add(path);
    const found = await workspace.read(named.slice(0, room));
    collected.push(...[...found].map(([path, content]) => ({ path, content })));
    collected.push(...named.slice(room).map((path) => ({ path, content: beyondBounds })));
    named = pathsNamedIn(found, asked);
  }
  return collected;
}

const beyondBounds: FileContent = {
  unreadable: `is not read: configs may refer to ${maxFiles} files, no more than ${maxRounds} deep`,
};

function pathsNamedIn(files: ReadonlyMap<string, FileContent>, asked: ReadonlySet<string>): string[] {
  const named = [...files].flatMap(([path, content]) => ('text' in content ? referencesOf(path, content.text) : []));
  return [...new Set(named)].filter((path) => isInRepository(path) && !asked.has(path));
}

/** Whether a path is one that Git could hold: relative, and without `.` or `..` on its way. */
function isInRepository(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
