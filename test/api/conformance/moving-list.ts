import fc from 'fast-check';

/** What happens to a vendor's list while it is read. */
export interface Story {
  readonly rows: number;
  /** The vendor returns at most this many rows a page, whatever the request says. */
  readonly cap: number;
  /** Before the n-th page (from 1) one row is inserted or removed at this share of the list. Never both, which would be undetectable. */
  readonly moves: readonly { readonly before: number; readonly kind: 'in' | 'out'; readonly at: number }[];
  /** This page is sent instead of the next one. */
  readonly repeats: number | null;
  /** The list starts over at its end and says that there is more. */
  readonly endless: boolean;
  /** Whether the vendor reports, beside the total, that there is another page. */
  readonly tellsNext: boolean;
}

export const stories: fc.Arbitrary<Story> = fc.record({
  rows: fc.integer({ min: 0, max: 40 }),
  cap: fc.integer({ min: 1, max: 12 }),
  moves: fc.uniqueArray(
    fc.record({
      before: fc.integer({ min: 2, max: 8 }),
      kind: fc.constantFrom('in' as const, 'out' as const),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    }),
    { maxLength: 3, selector: ({ before }) => before },
  ),
  repeats: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 4 }),
  endless: fc.boolean(),
  tellsNext: fc.boolean(),
});

export interface ListPage {
  readonly ids: readonly string[];
  readonly total: number;
  readonly isLast: boolean;
}

/** A list that changes as its story says. Ids are never reused. */
export class MovingList {
  readonly story: Story;
  requests = 0;
  private ids: string[];
  private readonly touched = new Set<string>();
  private fresh = 0;
  private previous: ListPage | null = null;

  constructor(story: Story) {
    this.story = story;
    this.ids = Array.from({ length: story.rows }, (_, index) => `row-${String(index).padStart(3, '0')}`);
  }

  /** Rows that existed from beginning to end. */
  constant(): readonly string[] {
    return this.ids.filter((id) => !this.touched.has(id));
  }

  /** The page that starts at an offset counted from 0. */
  page(offset: number, size: number): ListPage {
    return this.turn(() => {
      const { endless } = this.story;
      const count = Math.min(size, this.story.cap);
      const wrapped = endless && this.ids.length > 0;
      const ids = Array.from({ length: count }, (_, index) =>
        wrapped ? this.ids[(offset + index) % this.ids.length] : this.ids[offset + index],
      ).filter((id) => id !== undefined);
      return { ids, total: this.ids.length, isLast: !endless && offset + ids.length >= this.ids.length };
    });
  }

  /** The page after a row, however the list changed; rows are sorted by id. */
  pageAfter(id: string | null, size: number): ListPage {
    return this.turn(() => {
      const sorted = [...this.ids].sort();
      const start = id === null ? 0 : sorted.filter((one) => one <= id).length;
      const ids = sorted.slice(start, start + Math.min(size, this.story.cap));
      const begins = this.story.endless && ids.length === 0 ? sorted.slice(0, this.story.cap) : ids;
      const isLast = !this.story.endless && start + ids.length >= sorted.length;
      return { ids: begins, total: this.ids.length, isLast };
    });
  }

  private turn(read: () => ListPage): ListPage {
    this.requests++;
    for (const move of this.story.moves) if (move.before === this.requests) this.move(move);
    const repeated = this.story.repeats !== null && this.requests === this.story.repeats + 1 ? this.previous : null;
    const page = repeated === null ? read() : { ...repeated, total: this.ids.length };
    this.previous = page;
    return page;
  }

  private move({ kind, at }: Story['moves'][number]): void {
    const index = Math.floor(at * this.ids.length);
    if (kind === 'in') {
      const id = `row-${String(index).padStart(3, '0')}-new-${this.fresh++}`;
      this.touched.add(id);
      this.ids.splice(index, 0, id);
    } else {
      for (const id of this.ids.splice(index, 1)) this.touched.add(id);
    }
  }
}
