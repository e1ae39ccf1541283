/**
 * The same pages; the next one is requested while the current one is processed. A failure is thrown in its turn. A consumer that stops early leaves the request that is
 * in flight.
 */
export async function* oneAhead<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page, void, undefined> {
  const source = pages[Symbol.asyncIterator]();
  const begun = (): Promise<IteratorResult<Page, unknown>> => {
    const next = source.next();
    next.catch(() => undefined);
    return next;
  };
  try {
    for (let next = begun(); ; ) {
      const found = await next;
      if (found.done === true) return;
      next = begun();
      yield found.value;
    }
  } finally {
    // Not awaited: a consumer that stops does not wait for an unused answer.
    void source.return?.(undefined)?.catch(() => undefined);
  }
}
