/** Sizes that differ from layer to layer are lists, which say nothing here; those that are all alike are one size. */
export function singleOf(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) return value;
  return value.length > 0 && value.every((item) => item === value[0]) ? value[0] : null;
}
