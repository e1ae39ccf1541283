import { AsyncLocalStorage } from 'node:async_hooks';

const effects = new AsyncLocalStorage<boolean>();

/** False while a request is answered as if it were carried out: what a vendor's dataset keeps must stay as it is then. */
export function hasEffect(): boolean {
  return effects.getStore() ?? true;
}

/** Answers a request as if it were carried out. */
export function withoutEffect<Answer>(work: () => Answer): Answer {
  return effects.run(false, work);
}

/** Work that is due whatever request happens to start it. */
export function withEffect<Answer>(work: () => Answer): Answer {
  return effects.run(true, work);
}
