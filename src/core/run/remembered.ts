/**
 * A pure function of one object that computes its value once for each: `fit` asks the same of one model tens of thousands
 * of times. The object must not change afterwards, as nothing here does.
 */
export function remembered<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const values = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known.value;
    const value = compute(key);
    values.set(key, { value });
    return value;
  };
}
