/** What the form holds: the names of its fields, and what they start with. Exponents of two for length and GPUs. */
export const initialState = {
  model: 'meta-llama/Llama-3.1-8B',
  method: 'full',
  precision: 'bf16-mixed',
  optimizer: 'adamw',
  sharding: 'zero3',
  checkpointing: 'full',
  sequence: '12',
  batch: '1',
  tokens: '1',
  gpu: 'H100-SXM5-80GB',
  count: '3',
  price: '',
  path: 'config.yaml',
  text: '',
};

export type RunState = typeof initialState;

/** The state as the part of an address behind `#`, which browsers do not send. Only what differs from the start. */
export function toHash(state: RunState): string {
  const changed = Object.entries(state).filter(([name, value]) => value !== initialState[name as keyof RunState]);
  return new URLSearchParams(changed).toString();
}

/** The state that an address holds; what it does not name, or names without a meaning here, is as at the start. */
export function fromHash(hash: string): RunState {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const names = Object.keys(initialState) as (keyof RunState)[];
  return Object.fromEntries(names.map((name) => [name, given.get(name) ?? initialState[name]])) as RunState;
}

/** What a slider of exponents stands for. */
export function powerOfTwo(exponent: string): number {
  return 2 ** Number(exponent);
}
