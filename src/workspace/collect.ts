import type { FileContent, SourceFile } from '../core/source-file.ts';
import { referencesOf } from '../core/reading/read-run.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Hub } from '../hub/hugging-face.ts';
import { readHubModels } from './hub-models.ts';
import type { Workspace } from './workspace.ts';

/** Bounds on what configs may drag in: the files come from anybody. */
const maxFiles = 1000;
const maxRounds = 16;

/**
 * Reads what configs include and refer to, and what those files do, until nothing new is named; and, where the policy
 * allows it, what the Hugging Face Hub says of models that they name.
 */
export async function collectReferenced(
  workspace: Workspace,
  configs: ReadonlyMap<string, FileContent>,
  { huggingFaceHub, formats }: Pick<Policy, 'huggingFaceHub' | 'formats'>,
  hub?: Hub,
): Promise<readonly SourceFile[]> {
  const files = await collectFiles(workspace, configs, formats);
  return huggingFaceHub ? [...files, ...(await readHubModels(configs, files, formats, hub))] : files;
}

async function collectFiles(
  workspace: Workspace,
  configs: ReadonlyMap<string, FileContent>,
  own: Policy['formats'],
): Promise<readonly SourceFile[]> {
  const collected: SourceFile[] = [];
  const texts = new Map<string, string>();
  const asked = new Set<string>();
  /** The files that each file names, as far as is known by now. */
  const names = new Map<string, readonly string[]>();
  let unread = textsOf(configs);
  for (let round = 1; ; round += 1) {
    for (const [path, text] of unread) names.set(path, referencesOf(path, text, texts, own));
    const named = [...new Set([...names.values()].flat())].filter((path) => isInRepository(path) && !asked.has(path));
    if (named.length === 0) return collected;
    const room = round > maxRounds ? 0 : Math.max(0, maxFiles - asked.size);
    for (const path of named) asked.add(path);
    const found = await workspace.read(named.slice(0, room));
    collected.push(...[...found].map(([path, content]) => ({ path, content })));
    collected.push(...named.slice(room).map((path) => ({ path, content: beyondBounds })));
    for (const [path, text] of textsOf(found)) texts.set(path, text);
    // What was found may name more by itself, and so may every config that it is a part of.
    const grown = [...names].filter(([, named]) => named.some((path) => found.has(path))).map(([path]) => path);
    const known = new Map([...texts, ...textsOf(configs)]);
    unread = new Map([...grown, ...found.keys()].flatMap((path) => textAt(path, known)));
  }
}

const beyondBounds: FileContent = {
  unreadable: `is not read: configs may refer to ${maxFiles} files, no more than ${maxRounds} deep`,
};

function textsOf(files: ReadonlyMap<string, FileContent>): Map<string, string> {
  return new Map([...files].flatMap(([path, content]) => ('text' in content ? [[path, content.text]] : [])));
}

function textAt(path: string, texts: ReadonlyMap<string, string>): [string, string][] {
  const text = texts.get(path);
  return text === undefined ? [] : [[path, text]];
}

/** Whether a path is one that Git could hold: relative, and without `.` or `..` on its way. */
function isInRepository(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
