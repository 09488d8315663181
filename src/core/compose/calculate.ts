/**
 * What a resolver that a framework registers with OmegaConf makes of its arguments; undefined for one that is not known,
 * or where they are no numbers. NeMo: `multiply`, `sum`; NeMo-Aligner: `int_div`, `subtract`; NeMo Framework Launcher:
 * `divide_ceil`, `divide_floor`; NeMo-RL: `mul`, `div`, `add`, `max`.
 */
export function calculate(resolver: string, written: readonly string[]): number | undefined {
  const operation = operations.get(resolver);
  const numbers = written.map((argument) => (argument === '' ? Number.NaN : Number(argument.replaceAll('_', ''))));
  const [first] = numbers;
  if (operation === undefined || first === undefined || numbers.length > 100) return undefined;
  const result = numbers.slice(1).reduce(operation, first);
  return Number.isFinite(result) ? result : undefined;
}

const product = (a: number, b: number): number => a * b;
const sum = (a: number, b: number): number => a + b;
const difference = (a: number, b: number): number => a - b;
const floor = (a: number, b: number): number => Math.floor(a / b);

const operations = new Map<string, (a: number, b: number) => number>([
  ['multiply', product],
  ['mul', product],
  ['add', sum],
  ['sum', sum],
  ['subtract', difference],
  ['sub', difference],
  ['div', (a, b) => a / b],
  ['int_div', floor],
  ['divide_floor', floor],
  ['divide_ceil', (a, b) => Math.ceil(a / b)],
  ['max', (a, b) => Math.max(a, b)],
  ['min', (a, b) => Math.min(a, b)],
]);
