import { documentLimits } from '../document.ts';
import type { DocumentBuilder, Entry, PlacedValue } from '../document-builder.ts';
import { tokenizePython, type PythonToken } from './tokenize-python.ts';

const maxDepth = documentLimits.maxDepth / 2;
const maxText = 10_000;

/** Keys of the maps that stand for what is no literal. */
export const callKey = '$call';
export const nameKey = '$name';
export const unreadKey = '$unread';

/** Reads assignments at the top of a Python file, as far as they are literal; see parsePython. */
export class PythonReader {
  readonly values = new Map<string, PlacedValue>();
  readonly #tokens: readonly PythonToken[];
  readonly #text: string;
  readonly #builder: DocumentBuilder;
  #at = 0;
  #depth = 0;

  constructor(text: string, builder: DocumentBuilder) {
    this.#text = text;
    this.#builder = builder;
    this.#tokens = tokenizePython(text);
  }

  read(): void {
    let isChoice = false;
    while (this.#at < this.#tokens.length) {
      const first = this.#tokens[this.#at];
      if (first?.indent === 0) {
        isChoice = /^(?:if|elif|else|for|while|try|except|finally|with)$/.test(first.text);
        this.#assignment();
      } else if (isChoice) this.#doubt();
      this.#skipLine();
    }
  }

  /** `name = value`, `name: type = value`, `name *= value`. */
  #assignment(): void {
    const target = this.#tokens[this.#at];
    if (target?.kind !== 'name') return;
    this.#at += 1;
    if (this.#take(':')) this.#skipUnread();
    const operator = this.#tokens[this.#at];
    if (operator?.kind !== 'symbol' || !/^(?:\+|-|\*|\/|\/\/)?=$/.test(operator.text)) return;
    this.#at += 1;
    const right = this.#list(this.#value());
    const isChained = this.#tokens[this.#at]?.kind !== 'newline';
    const left = this.values.get(target.text);
    const value =
      operator.text === '='
        ? right
        : left === undefined
          ? null
          : this.#combine(left, operator.text.slice(0, -1), right);
    this.values.set(target.text, {
      ...(isChained || value === null ? this.#unread(target.offset) : value),
      offset: target.offset,
    });
  }

  /** What a branch assigns may not hold. */
  #doubt(): void {
    const target = this.#tokens[this.#at];
    const operator = this.#tokens[this.#at + 1];
    if (target?.kind !== 'name' || operator?.kind !== 'symbol' || !/^(?:\+|-|\*|\/|\/\/)?=$/.test(operator.text))
      return;
    this.values.set(target.text, this.#unread(target.offset));
  }

  #skipLine(): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.kind !== 'newline') this.#at += 1;
    this.#at += 1;
  }

  /** `1, 2` without parentheses is a tuple. */
  #list(first: PlacedValue): PlacedValue {
    if (this.#tokens[this.#at]?.text !== ',') return first;
    const items = [first];
    while (this.#take(',')) if (this.#tokens[this.#at]?.kind !== 'newline') items.push(this.#value());
    return this.#sized(first.offset, items, () => this.#builder.list(items, first.offset));
  }

  /** One expression, up to what ends it; unread where it is more than literals. */
  #value(): PlacedValue {
    const start = this.#at;
    const offset = this.#tokens[start]?.offset ?? 0;
    this.#depth += 1;
    const value = this.#depth > maxDepth ? null : this.#sum();
    this.#depth -= 1;
    if (value !== null && this.#atEnd()) return value;
    this.#skipUnread();
    return this.#unread(offset);
  }

  #atEnd(): boolean {
    const token = this.#tokens[this.#at];
    return (
      token === undefined || token.kind === 'newline' || (token.kind === 'symbol' && /^[,)\]}:=]$/.test(token.text))
    );
  }

  /** Over balanced brackets to the next end of an expression. */
  #skipUnread(): void {
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      if (depth === 0 && this.#atEnd()) return;
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'symbol') continue;
      if (/^[([{]$/.test(token.text)) depth += 1;
      else if (/^[)\]}]$/.test(token.text)) depth -= 1;
    }
  }

  #sum(): PlacedValue | null {
    return this.#binary(/^[-+]$/, () => this.#binary(/^(?:\*|\/|\/\/|%)$/, () => this.#unary()));
  }

  #binary(operators: RegExp, operand: () => PlacedValue | null): PlacedValue | null {
    let left = operand();
    for (
      let token = this.#tokens[this.#at];
      token?.kind === 'symbol' && operators.test(token.text);
      token = this.#tokens[this.#at]
    ) {
      this.#at += 1;
      const right = operand();
      left = left === null || right === null ? null : this.#combine(left, token.text, right);
    }
    return left;
  }

  #unary(): PlacedValue | null {
    const token = this.#tokens[this.#at];
    if (!this.#take('-')) return this.#power();
    const value = this.#power();
    return value !== null && typeof value.value === 'number'
      ? this.#builder.scalar(-value.value, token?.offset ?? 0)
      : null;
  }

  #power(): PlacedValue | null {
    const base = this.#atom();
    if (base === null || !this.#take('**')) return base;
    const exponent = this.#atom();
    return exponent === null ? null : this.#combine(base, '**', exponent);
  }

  #combine(left: PlacedValue, operator: string, right: PlacedValue): PlacedValue | null {
    const [a, b] = [left.value, right.value];
    if (typeof a === 'string' && typeof b === 'string' && operator === '+' && a.length + b.length <= maxText) {
      return this.#builder.scalar(a + b, left.offset);
    }
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    const result = calculate(a, operator, b);
    return Number.isFinite(result) ? this.#builder.scalar(result, left.offset) : null;
  }

  #atom(): PlacedValue | null {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'newline' || token.kind === 'bad') return null;
    if (token.kind === 'name') return this.#named();
    this.#at += 1;
    if (token.kind === 'number') return this.#number(token);
    if (token.kind === 'text') return this.#joinedText(token);
    if (token.text === '(') return this.#sequence(token, ')');
    if (token.text === '[') return this.#sequence(token, ']');
    if (token.text === '{') return this.#dictionary(token);
    this.#at -= 1;
    return null;
  }

  #number({ text, offset }: PythonToken): PlacedValue | null {
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? this.#builder.scalar(value, offset) : null;
  }

  /** Texts next to each other are one. */
  #joinedText({ text, offset }: PythonToken): PlacedValue | null {
    let whole = text;
    for (let next = this.#tokens[this.#at]; next?.kind === 'text'; next = this.#tokens[this.#at]) {
      if (whole.length <= maxText) whole += next.text;
      this.#at += 1;
    }
    // An escape in a text is rare in a config, and never in one that is read.
    return whole.length > maxText || whole.includes('\\') ? null : this.#builder.scalar(whole, offset);
  }

  #sequence({ offset }: PythonToken, closing: string): PlacedValue | null {
    const items: PlacedValue[] = [];
    let isTuple = closing === ']';
    while (!this.#take(closing)) {
      items.push(this.#value());
      if (this.#take(',')) isTuple = true;
      else if (this.#tokens[this.#at]?.text !== closing) return null;
    }
    const [only] = items;
    if (!isTuple && items.length === 1 && only !== undefined) return only;
    return this.#sized(offset, items, () => this.#builder.list(items, offset));
  }

  #dictionary({ offset }: PythonToken): PlacedValue | null {
    const entries = new Map<string, Entry>();
    while (!this.#take('}')) {
      const key = this.#value();
      if (!this.#take(':')) return null;
      const value = this.#value();
      if (typeof key.value === 'string') entries.set(key.value, { key: key.value, offset: key.offset, value });
      if (!this.#take(',') && this.#tokens[this.#at]?.text !== '}') return null;
    }
    return this.#map(entries, offset);
  }

  /** A constant, a name that was assigned before, a name of another module, or a call. */
  #named(): PlacedValue | null {
    const { text, offset } = this.#tokens[this.#at++] ?? { text: '', offset: 0 };
    if (text === 'True' || text === 'False') return this.#builder.scalar(text === 'True', offset);
    if (text === 'None') return this.#builder.scalar(null, offset);
    let name = text;
    while (this.#take('.')) {
      const attribute = this.#tokens[this.#at];
      if (attribute?.kind !== 'name' || name.length > maxText) return null;
      name += `.${attribute.text}`;
      this.#at += 1;
    }
    if (this.#take('(')) return this.#call(name, offset);
    const assigned = this.values.get(name);
    return assigned ?? this.#marked(nameKey, name, offset);
  }

  /** `dict(a=1)` is a map, `int(1.5)` a number; any other call is a map that says what was called. */
  #call(name: string, offset: number): PlacedValue | null {
    const entries = new Map<string, Entry>();
    let only: unknown = null;
    if (name !== 'dict') entries.set(callKey, { key: callKey, offset, value: this.#builder.scalar(name, offset) });
    while (!this.#take(')')) {
      const token = this.#tokens[this.#at];
      const isKeyword = token?.kind === 'name' && this.#tokens[this.#at + 1]?.text === '=';
      if (isKeyword) this.#at += 2;
      const value = this.#value();
      only = value.value;
      if (isKeyword) entries.set(token.text, { key: token.text, offset: token.offset, value });
      if (!this.#take(',') && this.#tokens[this.#at]?.text !== ')') return null;
    }
    if (name === 'int' && typeof only === 'number') return this.#builder.scalar(Math.trunc(only), offset);
    return this.#map(entries, offset);
  }

  #map(entries: ReadonlyMap<string, Entry>, offset: number): PlacedValue {
    const list = [...entries.values()];
    const values = list.map(({ value }) => value);
    return this.#sized(offset, values, () => this.#builder.map(list, offset));
  }

  /** A value that is used in another counts again: what would be beyond the limits is not read. */
  #sized(offset: number, children: readonly PlacedValue[], make: () => PlacedValue): PlacedValue {
    let size = 1;
    let height = 0;
    for (const child of children) {
      size += child.size;
      height = Math.max(height, child.height);
    }
    return size > documentLimits.maxNodes / 4 || height >= maxDepth ? this.#unread(offset) : make();
  }

  /** What stands there, named by the beginning of its line. */
  #unread(offset: number): PlacedValue {
    const [line = ''] = this.#text.slice(offset, offset + 80).split('\n', 1);
    return this.#marked(unreadKey, line, offset);
  }

  #marked(key: string, text: string, offset: number): PlacedValue {
    return this.#builder.map([{ key, offset, value: this.#builder.scalar(text, offset) }], offset);
  }

  #take(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'symbol' || token.text !== symbol) return token === undefined && /^[)\]}]$/.test(symbol);
    this.#at += 1;
    return true;
  }
}

function calculate(left: number, operator: string, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (operator === '/') return left / right;
  if (operator === '//') return Math.floor(left / right);
  return operator === '**' ? left ** right : NaN;
}
