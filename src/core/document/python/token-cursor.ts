import { tokenizePython, type PythonToken } from './tokenize-python.ts';

/** A place in the tokens of a Python file. */
export class TokenCursor {
  readonly text: string;
  readonly #tokens: readonly PythonToken[];
  position = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenizePython(text);
  }

  get atEnd(): boolean {
    return this.position >= this.#tokens.length;
  }

  peek(ahead = 0): PythonToken | undefined {
    return this.#tokens[this.position + ahead];
  }

  move(by = 1): void {
    this.position += by;
  }

  /** Whether the symbol stands here, which is then passed. At the end of the file every bracket closes. */
  take(symbol: string): boolean {
    const token = this.peek();
    if (token?.kind !== 'symbol' || token.text !== symbol) return token === undefined && /^[)\]}]$/.test(symbol);
    this.move();
    return true;
  }

  /** Whether an expression ends here. */
  endsExpression(): boolean {
    const token = this.peek();
    return (
      token === undefined || token.kind === 'newline' || (token.kind === 'symbol' && /^[,)\]}:=]$/.test(token.text))
    );
  }

  /** Over balanced brackets to the next end of an expression. */
  skipExpression(): void {
    // What stands before the colon of a lambda is no expression of its own.
    if (this.peek()?.text === 'lambda') {
      while (!this.atEnd && this.peek()?.kind !== 'newline' && this.peek()?.text !== ':') this.move();
      this.move();
    }
    let depth = 0;
    while (!this.atEnd && !(depth === 0 && this.endsExpression())) {
      const token = this.peek();
      const symbol = token?.kind === 'symbol' ? token.text : '';
      if (/^[([{]$/.test(symbol)) depth += 1;
      else if (/^[)\]}]$/.test(symbol)) depth -= 1;
      this.move();
    }
  }

  skipLine(): void {
    while (!this.atEnd && this.peek()?.kind !== 'newline') this.move();
    this.move();
  }
}
