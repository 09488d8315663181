import { parseTOML, type AST } from 'toml-eslint-parser';
import type { KeyPath, Writable } from './document.ts';
import { withoutEnd } from '../without-end.ts';

/** A TOML text with one key set; comments and layout stay. */
export function setInToml(text: string, keys: KeyPath, value: Writable, beside: KeyPath = []): string | null {
  const [top] = parseTOML(text, { tomlVersion: '1.0' }).body;
  const sections = sectionsOf(top);
  for (const { path, body } of sections) {
    const found = body.find((entry) => isSame([...path, ...namesOf(entry)], keys));
    if (found !== undefined)
      return text.slice(0, found.value.range[0]) + JSON.stringify(value) + text.slice(found.value.range[1]);
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const key = keys.at(-1);
  const line = `${key} = ${JSON.stringify(value)}`;
  const home = sections.find(({ path }) => isSame(path, keys.slice(0, -1)));
  if (home === undefined) {
    const header = `[${keys.slice(0, -1).join('.')}]`;
    return `${withoutEnd(text, '\r\n')}${lineEnd}${lineEnd}${header}${lineEnd}${line}${lineEnd}`;
  }
  const neighbour = home.body.find((entry) => isSame([...home.path, ...namesOf(entry)], beside));
  const last = neighbour ?? home.body.at(-1) ?? home.header;
  if (last === null) return `${line}${lineEnd}${text}`;
  const rest = text.slice(last.range[1]);
  const end = last.range[1] + (/\r?\n|$/.exec(rest)?.index ?? 0);
  return text.slice(0, end) + lineEnd + line + text.slice(end);
}

interface Section {
  readonly path: KeyPath;
  readonly header: AST.TOMLKey | null;
  readonly body: readonly AST.TOMLKeyValue[];
}

/** What stands above all headers, and the tables; lists of tables have no keys of a run. */
function sectionsOf(top: AST.TOMLTopLevelTable): readonly [Section, ...Section[]] {
  const above: AST.TOMLKeyValue[] = [];
  const sections: Section[] = [];
  for (const node of top.body) {
    if (node.type === 'TOMLKeyValue') above.push(node);
    else if (node.kind === 'standard') sections.push({ path: node.resolvedKey, header: node.key, body: node.body });
  }
  return [{ path: [], header: null, body: above }, ...sections];
}

function namesOf({ key }: AST.TOMLKeyValue): string[] {
  return key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
}

function isSame(left: KeyPath, right: KeyPath): boolean {
  return left.length === right.length && left.every((key, index) => key === right[index]);
}
