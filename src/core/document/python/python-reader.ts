import type { DocumentBuilder, Entry, PlacedValue } from '../document-builder.ts';
import { PythonExpressions } from './python-expressions.ts';
import { PythonScope } from './python-scope.ts';
import { callKey, PythonValues } from './python-values.ts';
import { TokenCursor } from './token-cursor.ts';

/** Functions of a file that are read. */
const maxFunctions = 500;

/** And classes. */
const maxClasses = 500;

/** Reads what a Python file assigns, and what its functions return, as far as it is literal; see parsePython. */
export class PythonReader {
  readonly module: PythonScope;
  readonly #cursor: TokenCursor;
  readonly #values: PythonValues;
  readonly #expressions: PythonExpressions;
  /** What the bodies of classes assign: the defaults of a dataclass. */
  readonly classes = new Map<string, PlacedValue>();

  constructor(text: string, builder: DocumentBuilder) {
    this.#cursor = new TokenCursor(text);
    this.#values = new PythonValues(builder, text);
    this.module = new PythonScope(this.#values);
    this.#expressions = new PythonExpressions(this.#cursor, this.#values, this.module);
  }

  get functions(): ReadonlyMap<string, PlacedValue> {
    return this.#expressions.functions;
  }

  get calls(): readonly PlacedValue[] {
    return this.#expressions.calls;
  }

  read(): void {
    let isChoice = false;
    let isMain = false;
    while (!this.#cursor.atEnd) {
      const first = this.#cursor.peek();
      if (first?.text === 'def' && first.indent === 0) {
        this.#function();
        continue;
      }
      if (first?.text === 'class' && first.indent === 0) {
        this.#class();
        continue;
      }
      if (first?.indent === 0) {
        // What runs when the file is the program is what runs
        isMain = first.text === 'if' && this.#cursor.peek(1)?.text === '__name__';
        isChoice = branch.test(first.text) && !isMain;
        this.#statement();
      } else if (isMain) this.#statement();
      else if (isChoice) this.#doubt();
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

  /** `class Name(bases):` and the assignments of its body; methods say what it does, not what it states. */
  #class(): void {
    const { text: name = '', offset = 0 } = this.#cursor.peek(1) ?? {};
    const scope = new PythonScope(this.#values, this.module);
    this.#cursor.skipLine();
    const indent = this.#cursor.peek()?.indent ?? 0;
    for (let first = this.#cursor.peek(); first !== undefined && first.indent > 0; first = this.#cursor.peek()) {
      if (first.indent === indent && first.text !== 'def' && first.text !== 'class') this.#assignment(scope);
      this.#cursor.skipLine();
    }
    const entries = [...scope.names()].flatMap((key): Entry[] => {
      const value = scope.get(key);
      return value === undefined ? [] : [{ key, offset: value.offset, value: defaultOf(value) }];
    });
    if (entries.length > 0 && this.classes.size < maxClasses) this.classes.set(name, this.#values.map(entries, offset));
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
      else if (returned === null) this.#statement(scope);
      this.#cursor.skipLine();
    }
    return isDoubtful ? null : returned;
  }

  /** A function within another is run where it is called; what it returns is not what the outer one does. */
  #skipBlock(indent: number): void {
    this.#cursor.skipLine();
    while ((this.#cursor.peek()?.indent ?? -1) > indent) this.#cursor.skipLine();
  }

  /** An assignment, or an expression that calls something. */
  #statement(scope = this.module): void {
    const start = this.#cursor.position;
    if (this.#assignment(scope)) return;
    const end = this.#cursor.position;
    this.#cursor.position = start;
    const first = this.#cursor.peek();
    if (first?.kind !== 'name' || keyword.test(first.text)) {
      this.#cursor.position = end;
      return;
    }
    // `a, b = f()` names what f returns: the call counts
    do this.#expressions.list();
    while (this.#cursor.take('='));
  }

  /** `name = value`, `name: type = value`, `name *= value`, `name.attribute = value`. */
  #assignment(scope = this.module): boolean {
    const target = this.#target();
    if (target === null) return false;
    const { name, path, offset } = target;
    if (path.length === 0 && this.#cursor.take(':')) this.#cursor.skipExpression();
    const operator = this.#cursor.peek();
    if (operator?.kind !== 'symbol' || !assigns.test(operator.text)) return false;
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
    return true;
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

/** `field(default=1)` of a dataclass is its default. */
function defaultOf(value: PlacedValue): PlacedValue {
  const name = value.children.get(callKey)?.value;
  const stated = value.children.get('default');
  const isField = typeof name === 'string' && /(?:^|\.)(?:field|Field|attrib|ib)$/.test(name);
  return isField && stated !== undefined ? { ...stated, offset: value.offset } : value;
}

const keyword =
  /^(?:import|from|return|assert|raise|del|global|nonlocal|pass|break|continue|print|yield|await|async|if|elif|else|for|while|try|except|finally|with|match|case|not|lambda)$/;
const branch = /^(?:if|elif|else|for|while|try|except|finally|with)$/;
const assigns = /^(?:\+|-|\*|\/|\/\/)?=$/;
const maxPath = 8;
