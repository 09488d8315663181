import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { ParseResult } from './document.ts';
import { DocumentBuilder, type Entry, type PlacedValue } from './document-builder.ts';

/** Reads TOML 1.0. Dates stay text. */
export function parseToml(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(path, text);
  if (!holdNesting(text, builder)) return builder.finish(null);
  try {
    const [table] = parseTOML(text, { tomlVersion: '1.0' }).body;
    return builder.finish(placeDocument(table, builder));
  } catch (error) {
    reportError(error, builder);
    return builder.finish(null);
  }
}

/** The parser recurses into lists and inline tables: their depth is counted first, outside text and comments. */
function holdNesting(text: string, builder: DocumentBuilder): boolean {
  const tokens = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[[\]{}]/g;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (!builder.holdToLimits(depth, 0, index)) return false;
  }
  return true;
}

function reportError(error: unknown, builder: DocumentBuilder): void {
  if (error instanceof ParseError) {
    builder.report('invalid-toml', error.index, `Found ${builder.found(error.index)}.`, `${error.message}.`);
    return;
  }
  // Text of more than about 100,000 characters overflows the parser's stack.
  builder.report('invalid-toml', 0, 'A value is too long to be read.', 'Expected values of ordinary length.');
}

/** A table under construction: TOML spreads one over headers, dotted keys and lists of tables. */
interface Draft {
  readonly offset: number;
  readonly entries: Map<string, PlacedValue | Draft | Draft[]>;
}

function placeDocument(table: AST.TOMLTopLevelTable, builder: DocumentBuilder): PlacedValue {
  const root: Draft = { offset: 0, entries: new Map() };
  for (const node of table.body) {
    if (node.type === 'TOMLKeyValue') {
      addKeyValue(root, node, builder);
      continue;
    }
    const target = openTable(root, node, builder);
    for (const keyValue of node.body) if (target !== null) addKeyValue(target, keyValue, builder);
  }
  return close(root, builder);
}

function openTable(root: Draft, node: AST.TOMLTable, builder: DocumentBuilder): Draft | null {
  const keys = node.key.keys;
  const last = keys.at(-1);
  const parent = descend(root, keys.slice(0, -1), builder);
  if (parent === null || last === undefined) return null;
  if (node.kind === 'standard') return descend(parent, [last], builder);
  const list = parent.entries.get(nameOf(last)) ?? [];
  const table: Draft = { offset: last.range[0], entries: new Map() };
  if (!Array.isArray(list)) return null;
  list.push(table);
  parent.entries.set(nameOf(last), list);
  return table;
}

function addKeyValue(table: Draft, node: AST.TOMLKeyValue, builder: DocumentBuilder): void {
  const keys = node.key.keys;
  const last = keys.at(-1);
  const parent = descend(table, keys.slice(0, -1), builder);
  if (parent === null || last === undefined) return;
  parent.entries.set(nameOf(last), { ...placeValue(node.value, builder), offset: last.range[0] });
}

/** The table under these keys, made where it is missing; duplicates are the parser's errors already. */
function descend(
  from: Draft,
  keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[],
  builder: DocumentBuilder,
): Draft | null {
  let table: Draft = from;
  const offset = keys[0]?.range[0] ?? 0;
  if (!builder.holdToLimits(keys.length, 0, offset)) return null;
  for (const key of keys) {
    const name = nameOf(key);
    const existing = table.entries.get(name);
    if (existing !== undefined && 'value' in existing) return null;
    const next = Array.isArray(existing) ? existing.at(-1) : existing;
    if (next !== undefined) {
      table = next;
      continue;
    }
    const made: Draft = { offset: key.range[0], entries: new Map() };
    table.entries.set(name, made);
    table = made;
  }
  return table;
}

function close(draft: Draft, builder: DocumentBuilder): PlacedValue {
  const entries: Entry[] = [];
  for (const [key, value] of draft.entries) {
    const placed = Array.isArray(value)
      ? builder.list(
          value.map((table) => close(table, builder)),
          value[0]?.offset ?? draft.offset,
        )
      : 'value' in value
        ? value
        : close(value, builder);
    entries.push({ key, offset: placed.offset, value: placed });
  }
  return builder.map(entries, draft.offset);
}

function placeValue(node: AST.TOMLContentNode, builder: DocumentBuilder): PlacedValue {
  const [offset] = node.range;
  if (node.type === 'TOMLArray') {
    return builder.list(
      node.elements.map((element) => placeValue(element, builder)),
      offset,
    );
  }
  if (node.type === 'TOMLInlineTable') {
    const table: Draft = { offset, entries: new Map() };
    for (const keyValue of node.body) addKeyValue(table, keyValue, builder);
    return close(table, builder);
  }
  return builder.scalar('datetime' in node ? node.datetime : node.value, offset);
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}
