/** The same pages; the first one is asked for at once, beside what its reader does before. */
export function begunPages<Page>(pages: AsyncGenerator<Page, void, undefined>): AsyncGenerator<Page, void, undefined> {
  const first = pages.next();
  // Its turn comes later; a failure until then is nobody's yet.
  first.catch(() => undefined);
  return rest(first, pages);
}

async function* rest<Page>(
  first: Promise<IteratorResult<Page, void>>,
  pages: AsyncGenerator<Page, void, undefined>,
): AsyncGenerator<Page, void, undefined> {
  const found = await first;
  if (found.done === true) return;
  yield found.value;
  yield* pages;
}
