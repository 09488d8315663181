import { AppendList } from './append-list.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { Fields } from './fields.ts';
import { isUnknown, plainText, unknownAt, unknownText, type ShellText, type Source } from './shell-text.ts';
import type { Variables } from './shell-variables.ts';
import { skipPair, skipQuoted } from './skip.ts';

/** Characters that expansions may copy in all; a script that doubles its variables comes beyond, and then they are unknown. */
const maxExpanded = 2_000_000;
const maxNesting = 16;

export interface Word {
  /** The words that it expands to: none for an empty variable, several for an array or an unquoted list. */
  readonly fields: readonly ShellText[];
  readonly end: number;
}

/** What one expansion gives: a text, or the items of an array that stay apart. */
type Expansion = readonly ShellText[];

/** Reads words and replaces variables, defaults and arithmetic in them; nothing is ever run. */
export class Expander {
  /** Variables that anything reads. */
  readonly used = new Set<string>();
  readonly #variables: Variables;
  #expanded = 0;
  #nesting = 0;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /** The word that starts at `at`. */
  word(source: Source, at: number): Word {
    const fields = new Fields();
    const end = this.#unquoted(source, at, fields);
    return { fields: fields.finish(), end };
  }

  /** The word that starts at `at` as one text, as the value of an assignment is read. */
  value(source: Source, at: number): { text: ShellText; end: number } {
    const fields = new Fields({ split: false });
    const end = this.#unquoted(source, at, fields);
    return { text: fields.finish().flat(), end };
  }

  /** All of a source as one text in which only variables are replaced, as in a here-document. */
  quotedText(source: Source): ShellText {
    const fields = new Fields({ split: false });
    this.#quoted(source, 0, fields, null);
    return fields.finish().flat();
  }

  #unquoted(source: Source, start: number, fields: Fields): number {
    const { text } = source;
    const run = /[^\s;&|<>()\\'"$`]+/y;
    let at = start;
    while (at < text.length) {
      run.lastIndex = at;
      const plain = run.exec(text)?.[0];
      const character = text[at];
      if (plain !== undefined) {
        fields.add({ text: plain, offset: source.offsetAt(at) });
        at += plain.length;
      } else if (character === '\\') {
        const newline = /^\\\r?\n/.exec(text.slice(at, at + 3))?.[0];
        if (newline === undefined) fields.add({ text: text.slice(at + 1, at + 2), offset: source.offsetAt(at + 1) });
        at += newline?.length ?? 2;
      } else if (character === "'") {
        const end = skipQuoted(text, at);
        fields.add({ text: text.slice(at + 1, end - 1), offset: source.offsetAt(at + 1) });
        at = end;
      } else if (character === '"') {
        // `"$@"` and `"${LIST[@]}"` make no word where the list is empty; any other quotes make one.
        const isList = /^"\$(?:@|\{\w{1,100}\[@\])/.test(text.slice(at, at + 120));
        if (!isList) fields.add({ text: '', offset: source.offsetAt(at + 1) });
        at = this.#quoted(source, at + 1, fields, '"');
      } else if (character === '$' || character === '`') {
        if (text[at + 1] === "'" || text[at + 1] === '"') at += 1;
        else
          at = this.#expand(source, at, (values) => {
            fields.addUnquoted(values);
          });
      } else break;
    }
    return Math.min(at, text.length);
  }

  /** Text up to the closing quote, or to the end where there is none. */
  #quoted(source: Source, start: number, fields: Fields, quote: '"' | null): number {
    const { text } = source;
    const run = quote === null ? /[^\\$`]+/y : /[^\\"$`]+/y;
    let at = start;
    while (at < text.length) {
      run.lastIndex = at;
      const plain = run.exec(text)?.[0];
      if (plain !== undefined) {
        fields.add({ text: plain, offset: source.offsetAt(at) });
        at += plain.length;
      } else if (text[at] === quote) return at + 1;
      else if (text[at] === '\\') {
        const [escaped = ''] = /^\\(?:\r?\n|[$"\\`])?/.exec(text.slice(at, at + 3)) ?? [];
        // Before any other character, a backslash in quotes is itself.
        const kept = escaped.length === 1 ? '\\' : escaped.slice(1).trimStart();
        if (kept !== '') fields.add({ text: kept, offset: source.offsetAt(at) });
        at += escaped.length;
      } else
        at = this.#expand(source, at, (values) => {
          fields.addQuoted(values);
        });
    }
    return text.length;
  }

  /** Hands what stands at a `$` or a backtick to `take`, and returns where it ends. */
  #expand(source: Source, at: number, take: (values: Expansion) => void): number {
    const { text } = source;
    const here = source.offsetAt(at);
    if (text[at] === '`') {
      take([unknownAt(here)]);
      return skipQuoted(text, at);
    }
    if (text[at + 1] === '(') {
      const end = skipPair(text, at + 1);
      const isArithmetic = text[at + 2] === '(' && text[end - 2] === ')';
      take([isArithmetic ? this.#arithmetic(source, at + 3, end - 2) : unknownAt(here)]);
      return end;
    }
    if (text[at + 1] === '{') {
      const end = skipPair(text, at + 1);
      take(this.#spend(this.#parameter(source, at + 2, end - 1)));
      return end;
    }
    const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(text.slice(at + 1, at + 200))?.[0];
    if (name === undefined) take([[{ text: '$', offset: here }]]);
    else take(this.#spend(this.#valuesOf(name, here)));
    return at + 1 + (name?.length ?? 0);
  }

  #spend(values: Expansion): Expansion {
    for (const value of values) for (const piece of value) this.#expanded += piece.text.length + 1;
    if (this.#expanded <= maxExpanded) return values;
    return [unknownAt(values[0]?.[0]?.offset ?? 0)];
  }

  #valuesOf(name: string, offset: number): Expansion {
    // A script is read as started without arguments.
    if (name === '@' || name === '*') return [];
    this.used.add(name);
    const variable = this.#variables.get(name);
    if (variable === undefined) return [unknownAt(offset)];
    return 'text' in variable ? [variable.text.toArray()] : variable.items.toArray().slice(0, 1);
  }

  /** What stands between the braces of `${…}`. */
  #parameter(source: Source, start: number, end: number): Expansion {
    const inner = source.text.slice(start, end);
    const offset = source.offsetAt(start);
    const match = /^(#?)([A-Za-z_]\w*|[0-9@*])(?:\[([^\]]*)\])?(?:(:?[-=+?])|$)/.exec(inner);
    if (match === null) return [unknownAt(offset)];
    const [matched, counted, name = '', index, operator] = match;
    const values = this.#items(name, index, offset);
    if (counted === '#') return [this.#count(name, index, offset)];
    if (operator === undefined) return values;

    const isSet = values.some((value) => !isUnknown(value) && plainText(value) !== '');
    if (operator.endsWith('+') ? !isSet : isSet || operator.endsWith('?')) return operator.endsWith('+') ? [] : values;
    const alternative = this.#nested(source, start + matched.length, end);
    if (operator.endsWith('=')) this.#variables.assign(name, { text: AppendList.of(alternative) });
    return [alternative];
  }

  #items(name: string, index: string | undefined, offset: number): Expansion {
    this.used.add(name);
    const variable = this.#variables.get(name);
    if (index === undefined || variable === undefined || 'text' in variable) return this.#valuesOf(name, offset);
    if (index === '@' || index === '*') return variable.items.toArray();
    return [
      variable.items.toArray()[/^\d{1,6}$/.test(index) ? Number(index) : variable.items.length] ?? unknownAt(offset),
    ];
  }

  #count(name: string, index: string | undefined, offset: number): ShellText {
    const variable = this.#variables.get(name);
    if ((index !== '@' && index !== '*') || variable === undefined || 'text' in variable) return unknownAt(offset);
    return [{ text: String(variable.items.length), offset }];
  }

  #nested(source: Source, start: number, end: number): ShellText {
    if (this.#nesting >= maxNesting) return unknownAt(source.offsetAt(start));
    this.#nesting += 1;
    const inner: Source = {
      text: source.text.slice(start, end),
      offsetAt: (index) => source.offsetAt(start + index),
    };
    const fields = new Fields({ split: false });
    // Blanks and parentheses are plain text here, quotes are not.
    for (let at = 0; at < inner.text.length;) {
      at = this.#unquoted(inner, at, fields);
      if (at < inner.text.length) fields.add({ text: inner.text[at] ?? '', offset: inner.offsetAt(at) });
      at += 1;
    }
    this.#nesting -= 1;
    return fields.finish().flat();
  }

  #arithmetic(source: Source, start: number, end: number): ShellText {
    const offset = source.offsetAt(start);
    const expression = plainText(this.#nested(source, start, end));
    if (expression.includes(unknownText)) return unknownAt(offset);
    const result = evaluateArithmetic(expression, (name) => {
      const variable = this.#variables.get(name);
      if (variable === undefined || !('text' in variable)) return null;
      const value = plainText(variable.text.toArray()).trim();
      return /^-?\d{1,15}$/.test(value) ? Number(value) : null;
    });
    return result === null ? unknownAt(offset) : [{ text: String(result), offset }];
  }
}
