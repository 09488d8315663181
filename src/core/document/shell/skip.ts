/** Index behind the parenthesis or brace that closes the one at `at`, over quotes and nested pairs; the end without one. */
export function skipPair(text: string, at: number): number {
  const pairs = /[\\'"`(){}]/g;
  pairs.lastIndex = at;
  const [open, close] = text[at] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let match = pairs.exec(text); match !== null; match = pairs.exec(text)) {
    const [character] = match;
    if (character === open) depth += 1;
    else if (character === close) depth -= 1;
    else if (character === '\\') pairs.lastIndex += 1;
    else if (character === "'" || character === '"' || character === '`') {
      pairs.lastIndex = skipQuoted(text, match.index);
    }
    if (depth === 0) return pairs.lastIndex;
  }
  return text.length;
}

/** Index behind the quote that closes the one at `at`; the end of the text without one. */
export function skipQuoted(text: string, at: number): number {
  const quote = text[at] ?? '';
  if (quote === "'") {
    const end = text.indexOf("'", at + 1);
    return end === -1 ? text.length : end + 1;
  }
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === quote) return index + 1;
  }
  return text.length;
}
