import { AsyncLocalStorage } from 'node:async_hooks';

const effects = new AsyncLocalStorage<boolean>();

/** False while a request is answered without being carried out: the dataset must not change then. */
export function hasEffect(): boolean {
  return effects.getStore() ?? true;
}

/** Answers a request as if it were carried out. */
export function withoutEffect<Answer>(work: () => Answer): Answer {
  return effects.run(false, work);
}

/** Runs work that is due, whichever request triggers it. */
export function withEffect<Answer>(work: () => Answer): Answer {
  return effects.run(true, work);
}
