import type { DocumentBuilder, PlacedValue } from '../document-builder.ts';
import { PythonExpressions } from './python-expressions.ts';
import { PythonScope } from './python-scope.ts';
import { PythonValues } from './python-values.ts';
import { TokenCursor } from './token-cursor.ts';

/** Functions of a file that are read. */
const maxFunctions = 500;

/** Reads what a Python file assigns, and what its functions return, as far as it is literal; see parsePython. */
export class PythonReader {
  readonly module: PythonScope;
  readonly #cursor: TokenCursor;
  readonly #values: PythonValues;
  readonly #expressions: PythonExpressions;

  constructor(text: string, builder: DocumentBuilder) {
    this.#cursor = new TokenCursor(text);
    this.#values = new PythonValues(builder, text);
    this.module = new PythonScope(this.#values);
    this.#expressions = new PythonExpressions(this.#cursor, this.#values, this.module);
  }

  get functions(): ReadonlyMap<string, PlacedValue> {
    return this.#expressions.functions;
  }

  read(): void {
    let isChoice = false;
    while (!this.#cursor.atEnd) {
      const first = this.#cursor.peek();
      if (first?.text === 'def' && first.indent === 0) {
        this.#function();
        continue;
      }
      if (first?.indent === 0) {
        isChoice = branch.test(first.text);
        this.#assignment();
      } else if (isChoice) this.#doubt();
      this.#cursor.skipLine();
    }
  }

  /** `def name(parameters):` and the lines below it that stand further in. */
  #function(): void {
    const name = this.#cursor.peek(1)?.text ?? '';
    const scope = new PythonScope(this.#values, this.module);
    this.#cursor.move(2);
    this.#parameters(scope);
    this.#cursor.skipLine();
    this.#expressions.scope = scope;
    const returned = this.#body(scope);
    this.#expressions.scope = this.module;
    if (returned !== null && this.functions.size < maxFunctions) this.#expressions.functions.set(name, returned);
  }

  /** A parameter is known where the function is called. */
  #parameters(scope: PythonScope): void {
    if (!this.#cursor.take('(')) return;
    while (!this.#cursor.atEnd && !this.#cursor.take(')')) {
      const token = this.#cursor.peek();
      if (token?.kind === 'name') scope.assign(token.text, this.#values.unread(token.offset));
      this.#cursor.skipExpression();
      // Its type and its default
      while (this.#cursor.take(':') || this.#cursor.take('=')) this.#cursor.skipExpression();
      if (!this.#cursor.take(',') && this.#cursor.peek()?.text !== ')') return;
    }
  }

  /** What the body returns; null where it returns from a branch, or not at all. */
  #body(scope: PythonScope): PlacedValue | null {
    const indent = this.#cursor.peek()?.indent ?? 0;
    let returned: PlacedValue | null = null;
    let isDoubtful = false;
    for (let first = this.#cursor.peek(); first !== undefined && first.indent > 0; first = this.#cursor.peek()) {
      const isBranch = first.indent > indent;
      if (first.text === 'def' || first.text === 'class') {
        this.#skipBlock(first.indent);
        continue;
      }
      if (first.text === 'return') {
        isDoubtful ||= isBranch && returned === null;
        this.#cursor.move();
        if (!isBranch) returned ??= this.#expressions.list();
      } else if (isBranch) this.#doubt(scope);
      else if (returned === null) this.#assignment(scope);
      this.#cursor.skipLine();
    }
    return isDoubtful ? null : returned;
  }

  /** A function within another is run where it is called; what it returns is not what the outer one does. */
  #skipBlock(indent: number): void {
    this.#cursor.skipLine();
    while ((this.#cursor.peek()?.indent ?? -1) > indent) this.#cursor.skipLine();
  }

  /** `name = value`, `name: type = value`, `name *= value`, `name.attribute = value`. */
  #assignment(scope = this.module): void {
    const target = this.#target();
    if (target === null) return;
    const { name, path, offset } = target;
    if (path.length === 0 && this.#cursor.take(':')) this.#cursor.skipExpression();
    const operator = this.#cursor.peek();
    if (operator?.kind !== 'symbol' || !assigns.test(operator.text)) return;
    this.#cursor.move();
    const right = this.#expressions.list();
    // A chain of assignments, or more than an expression
    const isWhole = this.#cursor.peek()?.kind === 'newline';
    let value: PlacedValue | null = isWhole ? right : null;
    if (operator.text !== '=') {
      const left = path.length === 0 ? scope.get(name) : undefined;
      value =
        left === undefined || value === null
          ? null
          : this.#expressions.combine(left, operator.text.slice(0, -1), value);
    }
    const placed = { ...(value ?? this.#values.unread(offset)), offset };
    if (path.length === 0) scope.assign(name, placed);
    else scope.assignAttribute(name, path, placed, offset);
  }

  /** What a branch assigns may not hold. */
  #doubt(scope = this.module): void {
    const target = this.#target();
    const operator = this.#cursor.peek();
    if (target === null || operator?.kind !== 'symbol' || !assigns.test(operator.text)) return;
    const { name, path, offset } = target;
    const unread = this.#values.unread(offset);
    if (path.length === 0) scope.assign(name, unread);
    else scope.assignAttribute(name, path, unread, offset);
  }

  #target(): { name: string; path: string[]; offset: number } | null {
    const first = this.#cursor.peek();
    if (first?.kind !== 'name') return null;
    this.#cursor.move();
    const path: string[] = [];
    while (this.#cursor.peek()?.text === '.' && this.#cursor.peek(1)?.kind === 'name' && path.length < maxPath) {
      path.push(this.#cursor.peek(1)?.text ?? '');
      this.#cursor.move(2);
    }
    return { name: first.text, path, offset: first.offset };
  }
}

const branch = /^(?:if|elif|else|for|while|try|except|finally|with)$/;
const assigns = /^(?:\+|-|\*|\/|\/\/)?=$/;
const maxPath = 8;
