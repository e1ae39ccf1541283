import { fault } from '../model/fault.ts';
import { limits } from '../model/limits.ts';

/** Collects a list that has to be held whole. Throws a `partial` fault where it has no end. */
export class HeldList<Item> {
  readonly items: Item[] = [];
  readonly #connection: string;
  readonly #what: string;
  readonly #bounds: { readonly items: number; readonly bytes: number };
  #bytes = 0;

  /** `what`: what is listed, for a sentence. */
  constructor(connection: string, what: string, bounds: { items: number; bytes: number } = limits.heldList) {
    this.#connection = connection;
    this.#what = what;
    this.#bounds = bounds;
  }

  /** `bytes`: of the answer that they came in. */
  take(items: readonly Item[], bytes: number): void {
    this.#bytes += bytes;
    if (this.items.length + items.length > this.#bounds.items || this.#bytes > this.#bounds.bytes) {
      const message = `The vendor's list of ${this.#what} does not end: it is longer than Subdeck accepts.`;
      throw fault('partial', message, 'Report it to the vendor; its other lists are still read.', {
        connection: this.#connection,
      });
    }
    for (const item of items) this.items.push(item);
  }
}
