import type { ParseResult } from './document.ts';
import { DocumentBuilder, type Entry, type PlacedValue } from './document-builder.ts';

/** A map under construction: `Model.dim` of gin is `dim` in `Model`. */
interface Draft {
  readonly offset: number;
  readonly entries: Map<string, PlacedValue | Draft>;
}

/** Names of a line may nest so deep: gin's modules. */
const maxParts = 8;

/**
 * Reads `name = value` lines, as environment files, gin and plain `.conf` files have them: numbers, true and false, and
 * texts, quoted or not. `export`, sections in brackets, comments and gin's scopes are understood; every other line (gin's
 * imports, a value over several lines) states nothing. Nothing is run, and no variable is put in.
 */
export function parseSettings(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(path, text);
  const root: Draft = { offset: 0, entries: new Map() };
  let section: readonly string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const header = /^\s*\[([\w. -]{1,100})\]\s*$/.exec(line)?.[1];
    if (header !== undefined) section = header.trim().split('.');
    const [, before = '', name, written = ''] = assignment.exec(line) ?? [];
    if (name !== undefined) {
      // `train/Model.dim` is that of one scope
      const parts = [...section, ...name.slice(name.lastIndexOf('/') + 1).split('.')];
      const value = valueOf(written);
      const at = offset + before.length;
      if (value !== undefined && parts.length <= maxParts) put(root, parts, builder.scalar(value, at), at);
    }
    offset += line.length + 1;
  }
  return builder.finish(close(root, builder));
}

const assignment = /^(\s*(?:export\s+)?)([A-Za-z_@][\w./@-]{0,200})\s*[=:]\s*(\S.*)$/;

/** A literal; undefined for what only a program knows. */
function valueOf(written: string): unknown {
  const quoted = /^(["'])([^"'\\$]*)\1\s*(?:#.*)?$/.exec(written);
  if (quoted !== null) return quoted[2];
  const plain = written.replace(/\s#.*$/, '').trim();
  if (/^(?:true|false)$/i.test(plain)) return plain.toLowerCase() === 'true';
  const number = Number(plain.replaceAll('_', ''));
  if (plain !== '' && /^[-+.\d]/.test(plain) && Number.isFinite(number)) return number;
  return /[$`@%([{"']/.test(plain) || plain === '' || plain.length > 500 ? undefined : plain;
}

/** The last of two counts. */
function put(root: Draft, parts: readonly string[], value: PlacedValue, offset: number): void {
  let draft = root;
  for (const part of parts.slice(0, -1)) {
    const known = draft.entries.get(part);
    const below = known !== undefined && 'entries' in known ? known : { offset, entries: new Map() };
    draft.entries.set(part, below);
    draft = below;
  }
  draft.entries.set(parts.at(-1) ?? '', value);
}

function close({ entries, offset }: Draft, builder: DocumentBuilder): PlacedValue {
  const closed = [...entries].map(([key, value]): Entry => {
    const placed = 'entries' in value ? close(value, builder) : value;
    return { key, offset: placed.offset, value: placed };
  });
  return builder.map(closed, offset);
}
