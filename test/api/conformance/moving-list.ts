import fc from 'fast-check';

/** What a vendor's list goes through while it is read. */
export interface Story {
  readonly rows: number;
  /** The vendor gives this many rows a page at most, whatever it is asked for. */
  readonly cap: number;
  /** Before the n-th page (from 1) one row is put in or taken out, at this share of the list. Never both: no one could tell. */
  readonly moves: readonly { readonly before: number; readonly kind: 'in' | 'out'; readonly at: number }[];
  /** This page is sent in place of the one after it. */
  readonly repeats: number | null;
  /** The list begins again where it ends, and says that there is more. */
  readonly endless: boolean;
  /** Whether the vendor says beside the total that there is another page. */
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

/** A list that lives through a story. Ids are never used twice. */
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

  /** Rows that were there from beginning to end. */
  constant(): readonly string[] {
    return this.ids.filter((id) => !this.touched.has(id));
  }

  /** The page that begins at a place counted from 0. */
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

  /** The page behind a row, however the list moved; rows are kept in the order of their ids. */
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
