/**
 * The same pages; the next one is asked for while one is read. A failure waits for its turn. Who stops early leaves the one that is under
 * way to itself.
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
    // Not waited for: who stops does not wait for an answer that nobody reads.
    void source.return?.(undefined)?.catch(() => undefined);
  }
}
