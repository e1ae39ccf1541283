/** A value made at its first use. What fails to be made is tried again at the next. */
export interface Lazy<Value> {
  get(): Value;
  made(): boolean;
}

export function lazily<Value>(make: () => Value): Lazy<Value> {
  let kept: { readonly value: Value } | null = null;
  return {
    get: () => {
      kept ??= { value: make() };
      return kept.value;
    },
    made: () => kept !== null,
  };
}
