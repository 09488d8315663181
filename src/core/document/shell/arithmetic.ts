/** Deepest nesting of parentheses; a script of people has two or three. */
const maxDepth = 32;

/**
 * Value of an integer expression of a shell, `$((A * 8))`: + - * / % ** and parentheses over numbers and names.
 * Null where a name is not known, or anything else is written.
 */
export function evaluateArithmetic(expression: string, valueOf: (name: string) => number | null): number | null {
  const tokens = expression.match(/\d+|[A-Za-z_]\w*|\*\*|\S/g) ?? [];
  let at = 0;
  let depth = 0;

  const value = sum();
  return at === tokens.length && value !== null && Number.isSafeInteger(value) ? value : null;

  function sum(): number | null {
    let left = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const sign = tokens[at++] === '+' ? 1 : -1;
      const right = product();
      left = left === null || right === null ? null : left + sign * right;
    }
    return left;
  }

  function product(): number | null {
    let left = power();
    while (tokens[at] === '*' || tokens[at] === '/' || tokens[at] === '%') {
      const operator = tokens[at++];
      const right = power();
      left = left === null || right === null ? null : combine(left, operator, right);
    }
    return left;
  }

  function power(): number | null {
    const base = unary();
    if (tokens[at] !== '**') return base;
    at += 1;
    const exponent = unary();
    return base === null || exponent === null || exponent < 0 ? null : base ** exponent;
  }

  function unary(): number | null {
    const token = tokens[at++];
    if (token === undefined || depth >= maxDepth) return null;
    if (/^\d/.test(token)) return Number(token);
    if (/^[A-Za-z_]/.test(token)) return valueOf(token);
    depth += 1;
    const inner = token === '(' ? sum() : token === '-' ? unary() : null;
    depth -= 1;
    if (token === '-') return inner === null ? null : -inner;
    return token === '(' && tokens[at++] === ')' ? inner : null;
  }
}

function combine(left: number, operator: string | undefined, right: number): number | null {
  if (operator === '*') return left * right;
  if (right === 0) return null;
  return operator === '/' ? Math.trunc(left / right) : left % right;
}
