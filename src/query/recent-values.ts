/** An LRU cache of values by key. */
export interface RecentValues<Value> {
  get(key: string, make: () => Value): Value;
  clear(): void;
}

/** `left` is called for each evicted value. */
export function recentValues<Value>(
  limit: number,
  left: (value: Value) => void = () => undefined,
): RecentValues<Value> {
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
