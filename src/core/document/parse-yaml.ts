import { Composer, Lexer, Parser, isMap, isScalar, type CST, type Document } from 'yaml';
import type { ParseResult } from './document.ts';
import { DocumentBuilder, type PlacedValue } from './document-builder.ts';
import { YamlPlacing } from './place-yaml.ts';

/**
 * Reads one YAML 1.2 document (core schema, merge keys), or several manifests of Kubernetes as a list. Tags of other
 * schemas, `!!python/object` among them, and files of several other documents are problems.
 */
export function parseYaml(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(path, text);
  const tokens = tokenize(text, builder);
  if (tokens === null || !holdNesting(tokens, builder)) return builder.finish(null);

  // The library's own check for duplicate keys is quadratic: 20,000 keys take four seconds. The builder's is linear.
  const documents = [...new Composer({ version: '1.2', uniqueKeys: false }).compose(tokens)];
  const [document, second] = documents;
  if (document === undefined) return builder.finish(builder.scalar(null, 0));
  if (documents.some((one) => reportErrors(one, text, builder))) return builder.finish(null);
  if (second === undefined) return builder.finish(new YamlPlacing(builder, isYaml11(text)).place(document.contents));
  if (documents.every(isManifest)) return builder.finish(manifestList(documents, builder));
  const hint = 'Expected one document: split the file at its --- lines.';
  builder.report('multiple-documents', second.range[0], 'A second YAML document starts here.', hint);
  return builder.finish(null);
}

/** The formats of scalegate itself are YAML 1.2, as their schema for editors has them; all others are read as PyYAML would. */
function isYaml11(text: string): boolean {
  return !/^scalegate(?:_policy|_plan)?[ \t]*:/m.test(text);
}

/** Whether a document is a manifest of Kubernetes, or empty, as what stands between two `---` often is. */
function isManifest({ contents }: Document.Parsed): boolean {
  if (!isMap(contents)) return contents === null || (isScalar(contents) && contents.value === null);
  return contents.has('apiVersion') && contents.has('kind');
}

/** Manifests of one file as the `List` that they are short for (Kubernetes docs, "Managing workloads"). */
function manifestList(documents: readonly Document.Parsed[], builder: DocumentBuilder): PlacedValue {
  const manifests = documents.filter(({ contents }) => isMap(contents));
  const items = manifests.map(({ contents }) => new YamlPlacing(builder, false).place(contents));
  return builder.map(
    [
      { key: 'kind', offset: 0, value: builder.scalar('List', 0) },
      { key: 'items', offset: 0, value: builder.list(items, 0) },
    ],
    0,
  );
}

/**
 * The parser's tokens, or null beyond the limits: of a megabyte of punctuation it would make millions. Three lexemes
 * a value are more than block and flow style need.
 */
function tokenize(text: string, builder: DocumentBuilder): CST.Token[] | null {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  let depth = 0;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (lexeme === '[' || lexeme === '{') depth += 1;
    else if (lexeme === ']' || lexeme === '}') depth -= 1;
    if (!builder.holdToLimits(depth, lexemes / 3, parser.offset)) return null;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  return [...tokens, ...parser.end()];
}

/** Goes over the tokens before the recursive composer does: their depth and number. */
function holdNesting(tokens: readonly CST.Token[], builder: DocumentBuilder): boolean {
  const open: { token: CST.Token; depth: number }[] = [];
  let count = tokens.length;
  const enter = (token: CST.Token | null | undefined, depth: number): void => {
    if (token === null || token === undefined) return;
    open.push({ token, depth });
    count += 1;
  };
  for (const token of tokens) if (token.type === 'document') enter(token.value, 1);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    // A key and its value are one of the values that are counted.
    if (!builder.holdToLimits(depth, count / 2, token.offset)) return false;
    if (!('items' in token)) continue;
    for (const item of token.items) {
      enter(item.key, depth + 1);
      enter(item.value, depth + 1);
    }
  }
  return true;
}

/** The errors after the first are mostly its consequences. */
function reportErrors({ errors, warnings }: Document.Parsed, text: string, builder: DocumentBuilder): boolean {
  const [error] = errors;
  if (error !== undefined) {
    const hint = expectations[error.code] ?? `${error.message}.`;
    builder.report('invalid-yaml', error.pos[0], `Found ${builder.found(error.pos[0])}.`, hint);
    return true;
  }
  // `!include` names a file in many loaders, and stays the text that it is.
  const unknownTag = warnings.find(
    ({ code, pos }) => code === 'TAG_RESOLVE_FAILED' && !text.startsWith('!include ', pos[0]),
  );
  if (unknownTag === undefined) return false;
  const [start] = unknownTag.pos;
  builder.report('unknown-tag', start, `Found ${builder.found(start)}.`, 'Expected a plain value without a tag.');
  return true;
}

const expectations: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'Expected an alias to an anchor such as &name that stands before it.',
  BAD_INDENT: 'Expected indentation that agrees with the lines around it.',
  BLOCK_AS_IMPLICIT_KEY: 'Expected one key and one value on a line; put a value that has a colon in quotes.',
  DUPLICATE_KEY: 'Expected every key once.',
  MISSING_CHAR: 'Expected a closing quote, bracket or brace, a comma or a colon before this.',
  MULTILINE_IMPLICIT_KEY: 'Expected a colon after the key, on the same line.',
  TAB_AS_INDENT: 'Expected spaces: YAML does not allow tabs as indentation.',
};
