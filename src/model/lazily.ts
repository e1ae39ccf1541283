/** A value computed at its first use. A failed computation is retried at the next. */
export interface Lazy<Value> {
  get(): Value;
  made(): boolean;
}

/** Drops the inputs once the value is computed. */
export function lazily<Value>(make: () => Value): Lazy<Value> {
  let state: Made<Value> | { readonly isMade: false; readonly make: () => Value } = { isMade: false, make };
  return {
    get: () => {
      if (!state.isMade) state = { isMade: true, value: state.make() };
      return state.value;
    },
    made: () => state.isMade,
  };
}

interface Made<Value> {
  readonly isMade: true;
  readonly value: Value;
}
