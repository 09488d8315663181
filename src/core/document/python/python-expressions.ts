import type { Entry, PlacedValue } from '../document-builder.ts';
import type { PythonScope } from './python-scope.ts';
import { argumentsKey, callKey, maxDepth, nameKey, objectKey, type PythonValues } from './python-values.ts';
import type { TokenCursor } from './token-cursor.ts';
import type { PythonToken } from './tokenize-python.ts';

const maxText = 10_000;

/** Calls of a file that are kept. */
const maxCalls = 500;

/** Classes, their constructors, and what makes a model or declares an argument; helpers are in lower case. */
const keptCall = /(?:^|\.)(?:[A-Z]\w*(?:\.\w+)*|from_pretrained|get_peft_model|add_argument)$/;

/** Reads expressions, as far as they are literal, or names and calls of what was read before. */
export class PythonExpressions {
  /** Where names are looked up. */
  scope: PythonScope;
  /** What functions of the file return, whatever they are called with. */
  readonly functions = new Map<string, PlacedValue>();
  /** Calls that state something, wherever they stand, in the order of the file. */
  readonly calls: PlacedValue[] = [];
  readonly #cursor: TokenCursor;
  readonly #values: PythonValues;
  #depth = 0;

  constructor(cursor: TokenCursor, values: PythonValues, scope: PythonScope) {
    this.#cursor = cursor;
    this.#values = values;
    this.scope = scope;
  }

  /** What stands to the right of an assignment: `1, 2` without parentheses is a tuple. */
  list(): PlacedValue {
    const first = this.value();
    if (this.#cursor.peek()?.text !== ',') return first;
    const items = [first];
    while (this.#cursor.take(',')) if (this.#cursor.peek()?.kind !== 'newline') items.push(this.value());
    return this.#values.list(items, first.offset);
  }

  /** One expression, up to what ends it; unread where it is more than literals. */
  value(): PlacedValue {
    const offset = this.#cursor.peek()?.offset ?? 0;
    const start = this.#cursor.position;
    this.#depth += 1;
    const value = this.#depth > maxDepth ? null : this.#sum();
    this.#depth -= 1;
    if (value !== null && this.#cursor.endsExpression()) return value;
    // What fails within brackets fails with them.
    this.#cursor.position = start;
    this.#cursor.skipExpression();
    return this.#values.unread(offset);
  }

  #sum(): PlacedValue | null {
    return this.#binary(/^[-+]$/, () => this.#binary(/^(?:\*|\/|\/\/|%)$/, () => this.#unary()));
  }

  #binary(operators: RegExp, operand: () => PlacedValue | null): PlacedValue | null {
    let left = operand();
    for (
      let token = this.#cursor.peek();
      token?.kind === 'symbol' && operators.test(token.text);
      token = this.#cursor.peek()
    ) {
      this.#cursor.move();
      const right = operand();
      left = left === null || right === null ? null : this.combine(left, token.text, right);
    }
    return left;
  }

  #unary(): PlacedValue | null {
    const token = this.#cursor.peek();
    if (!this.#cursor.take('-')) return this.#power();
    const value = this.#power();
    return value !== null && typeof value.value === 'number'
      ? this.#values.scalar(-value.value, token?.offset ?? 0)
      : null;
  }

  #power(): PlacedValue | null {
    const base = this.#atom();
    if (base === null || !this.#cursor.take('**')) return base;
    const exponent = this.#atom();
    return exponent === null ? null : this.combine(base, '**', exponent);
  }

  /** `left operator right`, where both are known. */
  combine(left: PlacedValue, operator: string, right: PlacedValue): PlacedValue | null {
    const [a, b] = [left.value, right.value];
    if (typeof a === 'string' && typeof b === 'string' && operator === '+' && a.length + b.length <= maxText) {
      return this.#values.scalar(a + b, left.offset);
    }
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    const result = calculate(a, operator, b);
    return Number.isFinite(result) ? this.#values.scalar(result, left.offset) : null;
  }

  #atom(): PlacedValue | null {
    const token = this.#cursor.peek();
    if (token === undefined || token.kind === 'newline' || token.kind === 'bad') return null;
    if (token.kind === 'name') return this.#named();
    this.#cursor.move();
    if (token.kind === 'number') return this.#number(token);
    if (token.kind === 'text') return this.#joinedText(token);
    if (token.text === '(') return this.#sequence(token, ')');
    if (token.text === '[') return this.#sequence(token, ']');
    if (token.text === '{') return this.#dictionary(token);
    this.#cursor.move(-1);
    return null;
  }

  #number({ text, offset }: PythonToken): PlacedValue | null {
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? this.#values.scalar(value, offset) : null;
  }

  /** Texts next to each other are one. */
  #joinedText({ text, offset }: PythonToken): PlacedValue | null {
    let whole = text;
    for (let next = this.#cursor.peek(); next?.kind === 'text'; next = this.#cursor.peek()) {
      if (whole.length <= maxText) whole += next.text;
      this.#cursor.move();
    }
    // An escape in a text is rare in a config, and never in one that is read.
    return whole.length > maxText || whole.includes('\\') ? null : this.#values.scalar(whole, offset);
  }

  #sequence({ offset }: PythonToken, closing: string): PlacedValue | null {
    const items: PlacedValue[] = [];
    let isTuple = closing === ']';
    while (!this.#cursor.take(closing)) {
      items.push(this.value());
      if (this.#cursor.take(',')) isTuple = true;
      else if (this.#cursor.peek()?.text !== closing) return null;
    }
    const [only] = items;
    if (!isTuple && items.length === 1 && only !== undefined) return only;
    return this.#values.list(items, offset);
  }

  #dictionary({ offset }: PythonToken): PlacedValue | null {
    const entries = new Map<string, Entry>();
    while (!this.#cursor.take('}')) {
      const key = this.value();
      if (!this.#cursor.take(':')) return null;
      const value = this.value();
      if (typeof key.value === 'string') entries.set(key.value, { key: key.value, offset: key.offset, value });
      if (!this.#cursor.take(',') && this.#cursor.peek()?.text !== '}') return null;
    }
    return this.#values.map([...entries.values()], offset);
  }

  /** A constant, a name that was assigned before, a name of another module, or a call; and what is asked of it. */
  #named(): PlacedValue | null {
    const { text = '', offset = 0 } = this.#cursor.peek() ?? {};
    this.#cursor.move();
    if (text === 'True' || text === 'False') return this.#values.scalar(text === 'True', offset);
    if (text === 'None') return this.#values.scalar(null, offset);
    const attributes = this.#attributes();
    if (attributes === null) return null;
    const name = [text, ...attributes].join('.');
    if (!this.#cursor.take('(')) return this.#assigned(text, attributes) ?? this.#values.marked(nameKey, name, offset);
    let value = this.#call(name, offset, null);
    for (let called = this.#attributes(); value !== null && called !== null && called.length > 0;) {
      if (!this.#cursor.take('(')) return null;
      value = this.#call(called.join('.'), offset, value);
      called = this.#attributes();
    }
    return value;
  }

  /** `.a.b`; null where a dot has no name behind it. */
  #attributes(): string[] | null {
    const names: string[] = [];
    while (this.#cursor.take('.')) {
      const attribute = this.#cursor.peek();
      if (attribute?.kind !== 'name' || names.length > maxDepth) return null;
      names.push(attribute.text);
      this.#cursor.move();
    }
    return names;
  }

  #assigned(name: string, attributes: readonly string[]): PlacedValue | undefined {
    let value = this.scope.get(name);
    for (const attribute of attributes) value = value?.children.get(attribute);
    return value;
  }

  /**
   * `dict(a=1)` is a map, `int(1.5)` a number, and a function of this file what it returns; any other call is a map
   * that says what was called, with what, and on what.
   */
  #call(name: string, offset: number, object: PlacedValue | null): PlacedValue | null {
    const entries = new Map<string, Entry>();
    const items: PlacedValue[] = [];
    while (!this.#cursor.take(')')) {
      const token = this.#cursor.peek();
      const isKeyword = token?.kind === 'name' && this.#cursor.peek(1)?.text === '=';
      if (isKeyword) this.#cursor.move(2);
      const value = this.value();
      if (isKeyword) entries.set(token.text, { key: token.text, offset: token.offset, value });
      else items.push(value);
      if (!this.#cursor.take(',') && this.#cursor.peek()?.text !== ')') return null;
    }
    const [only] = items;
    if (name === 'int' && typeof only?.value === 'number') return this.#values.scalar(Math.trunc(only.value), offset);
    const returned = object === null ? this.functions.get(name) : undefined;
    if (returned !== undefined) return returned;
    const head: Entry[] = [];
    if (name !== 'dict' || object !== null) {
      head.push({ key: callKey, offset, value: this.#values.scalar(name, offset) });
      if (items.length > 0) head.push({ key: argumentsKey, offset, value: this.#values.list(items, offset) });
      if (object !== null) head.push({ key: objectKey, offset, value: object });
    }
    const called = this.#values.map([...head, ...entries.values()], offset);
    const says = entries.size + items.length > 0;
    if (says && keptCall.test(name) && this.calls.length < maxCalls) this.calls.push(called);
    return called;
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
