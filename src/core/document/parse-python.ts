import { documentLimits, type ParseResult } from './document.ts';
import { DocumentBuilder, type Entry } from './document-builder.ts';
import { PythonReader } from './python/python-reader.ts';

/**
 * Reads the assignments at the top of a Python file without running it: numbers, texts, lists, dicts, arithmetic on
 * them, and names that were assigned before. `dict(a=1)` is a map; a call of anything else is a map of its keywords
 * with the called name under `$call`, the name of something imported is `{ $name }`, and what is not literal is
 * `{ $unread }` with the beginning of its text. A name that a branch assigns is not read either. There are no
 * problems: what can't be read is left out.
 */
export function parsePython(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(path, text);
  const reader = new PythonReader(text, builder);
  reader.read();

  const entries: Entry[] = [];
  let size = 1;
  for (const [key, value] of reader.values) {
    size += value.size;
    if (size < documentLimits.maxNodes) entries.push({ key, offset: value.offset, value });
  }
  return builder.finish(builder.map(entries, 0));
}
