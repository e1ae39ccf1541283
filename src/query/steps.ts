/** The result of slices, in one go. */
export function finished<Result>(steps: Generator<undefined, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Runs the slices and returns their result; null as soon as the underlying data has changed. */
export function* unlessStale<Result>(
  steps: Generator<undefined, Result>,
  isStale: () => boolean,
): Generator<undefined, Result | null> {
  while (!isStale()) {
    const step = steps.next();
    if (step.done === true) return isStale() ? null : step.value;
    yield;
  }
  return null;
}
