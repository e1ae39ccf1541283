/** Where the total is not known, pages are asked for beyond the present one that may not be there. */
export const pagesInVain = 2;

/** Pages that are asked for before their turn comes. */
export interface PagesAhead<Slice> {
  /** The page at `at`; those at `following` are asked for beside it. */
  take(at: number, following: readonly number[]): Promise<Slice>;
  /** Whether pages were asked for that were not taken yet. */
  isAhead(): boolean;
  /** True where pages were asked for and `at` is none of them: they begin elsewhere than was expected. */
  isMissed(at: number): boolean;
  /** True where a page before `at` was asked for and not taken: in vain. */
  isPassed(at: number): boolean;
}

export function createPagesAhead<Slice>(fetch: (at: number) => Promise<Slice>): PagesAhead<Slice> {
  const asked = new Map<number, Promise<Slice>>();
  const ask = (at: number): Promise<Slice> => {
    const known = asked.get(at);
    if (known !== undefined) return known;
    const page = fetch(at);
    // Its turn comes later; a failure until then is nobody's yet.
    page.catch(() => undefined);
    asked.set(at, page);
    return page;
  };
  return {
    take(at, following) {
      const page = ask(at);
      asked.delete(at);
      for (const next of following) void ask(next);
      return page;
    },
    isAhead: () => asked.size > 0,
    isMissed: (at) => asked.size > 0 && !asked.has(at),
    isPassed: (at) => [...asked.keys()].some((other) => other < at),
  };
}
