import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Problem } from '../problem.ts';
import type { ParseResult } from './document.ts';
import { DocumentBuilder, type PlacedValue } from './document-builder.ts';

/** Reads JSON; comments and trailing commas are read too and listed under `leniencies`. */
export function parseJson(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(path, text);
  const leniencies = scan(text, builder);
  if (builder.problems.length > 0) return builder.finish(null);

  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  // The errors after the first are mostly its consequences.
  const [error] = errors;
  if (error !== undefined) {
    const hint = expectations[printParseErrorCode(error.error)] ?? null;
    builder.report('invalid-json', error.offset, `Found ${builder.found(error.offset)}.`, hint);
  }
  return builder.finish(root === undefined || error !== undefined ? null : place(root, builder), leniencies);
}

const expectations: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Expected a value: text in double quotes, a number, true, false, null, a list or a map.',
  InvalidNumberFormat: 'Expected a number such as 1, 0.5 or 2e11.',
  PropertyNameExpected: 'Expected a key in double quotes.',
  ValueExpected: 'Expected a value.',
  ColonExpected: 'Expected a colon after the key.',
  CommaExpected: 'Expected a comma before the next entry.',
  CloseBraceExpected: 'Expected a closing brace }.',
  CloseBracketExpected: 'Expected a closing bracket ].',
  EndOfFileExpected: 'Expected nothing after the first value.',
  UnexpectedEndOfComment: 'Expected the comment to end with */.',
  UnexpectedEndOfString: 'Expected closing double quotes on the same line.',
  UnexpectedEndOfNumber: 'Expected more digits.',
  InvalidUnicode: 'Expected four hexadecimal digits after \\u.',
  InvalidEscapeCharacter: 'Expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u after the backslash.',
  InvalidCharacter: 'Expected no control characters in text.',
};

// SyntaxKind is a const enum, which isolated modules can't import: node_modules/jsonc-parser/lib/umd/main.d.ts
const openers: ReadonlySet<number> = new Set([1, 3]);
const closers: ReadonlySet<number> = new Set([2, 4]);
const comma = 5;
const comments: ReadonlySet<number> = new Set([12, 13]);
const trivia: ReadonlySet<number> = new Set([12, 13, 14, 15]);
const endOfFile = 17;

/** Goes over the tokens before the recursive parser does: depth and number of values, comments, trailing commas. */
function scan(text: string, builder: DocumentBuilder): Problem[] {
  const scanner = createScanner(text);
  const leniencies: Problem[] = [];
  let depth = 0;
  let values = 0;
  let previous = { kind: 0, offset: 0 };
  for (let kind: number = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    const offset = scanner.getTokenOffset();
    if (comments.has(kind)) leniencies.push(leniency(builder, 'json-comment', offset, 'a comment'));
    if (trivia.has(kind)) continue;
    if (closers.has(kind) && previous.kind === comma) {
      leniencies.push(leniency(builder, 'json-trailing-comma', previous.offset, 'a comma after the last entry'));
    }
    if (openers.has(kind)) depth += 1;
    else if (closers.has(kind)) depth -= 1;
    else values += 1;
    // A key and its value are one; colons and commas are counted too, so a token count is four times too high.
    if (!builder.holdToLimits(depth, values / 4, offset)) break;
    previous = { kind, offset };
  }
  return leniencies;
}

function leniency(builder: DocumentBuilder, code: string, offset: number, what: string): Problem {
  const message = `Found ${what}, which this file's loader does not read.`;
  return { code, place: builder.placeAt(offset), key: null, message, hint: 'Expected strict JSON.' };
}

function place(node: Node, builder: DocumentBuilder): PlacedValue {
  const children = node.children ?? [];
  if (node.type === 'array') {
    return builder.list(
      children.map((child) => place(child, builder)),
      node.offset,
    );
  }
  if (node.type !== 'object') return builder.scalar(node.value, node.offset);
  const entries = children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined
      ? []
      : [{ key: String(key.value), offset: key.offset, value: place(value, builder) }],
  );
  return builder.map(entries, node.offset);
}
