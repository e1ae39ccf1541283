/** Values by key, of which the ones used last are kept. */
export interface Latest<Value> {
  get(key: string, make: () => Value): Value;
  clear(): void;
}

/** `left` is told of each value that is kept no longer. */
export function latest<Value>(limit: number, left: (value: Value) => void = () => undefined): Latest<Value> {
  const kept = new Map<string, { readonly value: Value }>();
  return {
    get(key, make) {
      const found = kept.get(key) ?? { value: make() };
      kept.delete(key);
      kept.set(key, found);
      const [oldest] = kept;
      if (kept.size > limit && oldest !== undefined) {
        kept.delete(oldest[0]);
        left(oldest[1].value);
      }
      return found.value;
    },
    clear() {
      for (const { value } of kept.values()) left(value);
      kept.clear();
    },
  };
}
