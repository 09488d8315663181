export interface PythonToken {
  readonly kind: 'name' | 'number' | 'text' | 'symbol' | 'newline' | 'bad';
  /** As it is written; of a text its content. */
  readonly text: string;
  readonly offset: number;
  /** Column of the first token of a line, from 0; -1 for every other. */
  readonly indent: number;
}

/** Splits Python into tokens; a newline counts only outside brackets. Goes through the text once. */
export function tokenizePython(text: string): PythonToken[] {
  const tokens: PythonToken[] = [];
  const blank = /[ \t\f\r]+|#[^\n]*|\\\r?\n/y;
  const plain =
    /([A-Za-z_]\w*)|(0[xX][\da-fA-F]+|(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][+-]?\d+)?)|(\*\*=|\/\/=|\*\*|\/\/|[-+*/%|&^@]=|->|[<>=!:]=|[^\s])/y;
  let at = 0;
  let depth = 0;
  const line = { start: 0, isEmpty: true };

  const push = (kind: PythonToken['kind'], content: string, offset: number): void => {
    tokens.push({ kind, text: content, offset, indent: line.isEmpty ? offset - line.start : -1 });
    line.isEmpty = false;
  };

  while (at < text.length) {
    blank.lastIndex = at;
    const skipped = blank.exec(text)?.[0].length ?? 0;
    if (skipped > 0) at += skipped;
    else if (text[at] === '\n') {
      if (depth === 0 && !line.isEmpty) push('newline', '', at);
      at += 1;
      if (depth > 0) continue;
      line.isEmpty = true;
      line.start = at;
    } else {
      const quoted = /^([rRbBuUfF]{0,2})("""|'''|"|')/.exec(text.slice(at, at + 5));
      if (quoted !== null) {
        const [opening, prefix = '', quote = ''] = quoted;
        const start = at + opening.length;
        const end = endOfText(text, start, quote);
        const isPlain = end.closed && !/[fFbB]/.test(prefix);
        push(isPlain ? 'text' : 'bad', text.slice(start, end.at), at);
        at = end.at + (end.closed ? quote.length : 0);
        continue;
      }
      plain.lastIndex = at;
      const [matched = '', name, number] = plain.exec(text) ?? [];
      if (/^[([{]$/.test(matched)) depth += 1;
      else if (/^[)\]}]$/.test(matched)) depth = Math.max(0, depth - 1);
      push(name !== undefined ? 'name' : number !== undefined ? 'number' : 'symbol', matched, at);
      at += Math.max(1, matched.length);
    }
  }
  push('newline', '', text.length);
  return tokens;
}

/** Where the text ends: at its closing quote, or, unclosed, at the end of the line or the file. */
function endOfText(text: string, start: number, quote: string): { at: number; closed: boolean } {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return { at, closed: true };
    else if (text[at] === '\n' && quote.length === 1) return { at, closed: false };
  }
  return { at: text.length, closed: false };
}
