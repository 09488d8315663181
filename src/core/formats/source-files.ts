import type { Files, Source, Unread } from '../compose/compose.ts';
import { parseDocument } from '../document/parse-document.ts';

/** Files by path, each parsed at most once: their texts, and why those that exist have none. */
export function sourceFiles(texts: ReadonlyMap<string, string>, unread: ReadonlyMap<string, string>): Files {
  const parsed = new Map<string, Source | Unread | undefined>();
  const read = (path: string): Source | Unread | undefined => {
    const text = texts.get(path);
    const why = unread.get(path);
    if (text === undefined) return why === undefined ? undefined : { why, problems: [] };
    const { document, problems } = parseDocument(path, text);
    return document === null ? { why: 'cannot be read', problems } : { document, text };
  };
  return (path) => {
    if (!parsed.has(path)) parsed.set(path, read(path));
    return parsed.get(path);
  };
}
