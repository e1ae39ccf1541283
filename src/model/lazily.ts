/** A value made at its first use. What fails to be made is tried again at the next. */
export interface Lazy<Value> {
  get(): Value;
  made(): boolean;
}

/** Once the value is there, nothing is kept of what it was made from. */
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
