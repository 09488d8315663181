import type { KeyPath } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';

const maxCharacters = 10_000;
/** References resolved for one value: text of a fork could double with every one. */
const maxReferences = 100;

/**
 * The value at `keys` with the references to other keys of the same document resolved that OmegaConf knows: `${a.b}`
 * from the root, `${.b}` from the value's own map, `${..b}` from the one above (OmegaConf, "Variable interpolation"),
 * and the product that NeMo and NeMo-RL register as `multiply` and `mul`. A config of a Hydra group stands under the
 * group's name: `${training.model.x}` is `model.x` of this file. Text that can't be resolved is returned as it is.
 */
export function interpolated(root: unknown, keys: KeyPath, budget = { left: maxReferences }): unknown {
  const value = valueAt(root, keys);
  if (typeof value !== 'string') return value;
  let text = value;
  for (let found = reference.exec(text); found !== null; found = reference.exec(text)) {
    budget.left -= 1;
    if (budget.left < 0 || text.length > maxCharacters) return value;
    const resolved = evaluate(root, keys, found[1] ?? '', budget);
    if (resolved === undefined) return value;
    if (found[0] === text) return resolved;
    text = text.slice(0, found.index) + String(resolved) + text.slice(found.index + found[0].length);
  }
  return text;
}

/** The innermost reference. */
const reference = /\$\{([^${}]{0,500})\}/;

function evaluate(
  root: unknown,
  keys: KeyPath,
  expression: string,
  budget: { left: number },
): string | number | boolean | undefined {
  const [resolver, list] = splitOnce(expression, ':');
  if (list === null) return scalar(target(root, keys, resolver.trim(), budget));
  if (resolver !== 'multiply' && resolver !== 'mul') return undefined;
  const factors = list.split(',').map((factor) => (factor.trim() === '' ? Number.NaN : Number(factor)));
  const product = factors.reduce((total, factor) => total * factor, 1);
  return Number.isFinite(product) ? product : undefined;
}

function target(root: unknown, keys: KeyPath, path: string, budget: { left: number }): unknown {
  const up = /^\.*/.exec(path)?.[0].length ?? 0;
  const names = path.slice(up).split('.');
  if (up > keys.length) return undefined;
  const absolute = up === 0 ? names : [...keys.slice(0, keys.length - up), ...names];
  const found = interpolated(root, absolute, budget);
  return found === undefined && up === 0 && names.length > 1 ? interpolated(root, names.slice(1), budget) : found;
}

function scalar(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string') return value.includes('${') ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
