import type { Page, Reading } from '../api/contract.ts';
import { fault } from '../model/fault.ts';
import { limits } from '../model/limits.ts';
import { grouped } from '../model/numbers.ts';
import type { Json } from '../model/text.ts';

export interface SyncBounds {
  /** Rows, and nodes that stand above rows. */
  readonly rows: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/**
 * The pages of one sync run, none larger than is written in one transaction: between two of them keys, and the pages of other
 * connections, have their turns. Throws a `partial` fault where the list goes on beyond the bounds. What came before stays, and
 * the next sync run begins at the beginning. `from`: the resume mark that the run went on from.
 */
export async function* boundedPages(
  pages: AsyncIterable<Page>,
  { connection, from }: { readonly connection: string; readonly from: string | null },
  bounds: SyncBounds = limits.sync,
): AsyncGenerator<Page, void, undefined> {
  const began = performance.now();
  let [rows, bytes] = [0, 0];
  let before = from;
  for await (const page of pages) {
    const sizes = page.rows.map(sizeOf);
    rows += page.rows.length + page.nodes.length;
    bytes += sizes.reduce((sum, size) => sum + size, 0);
    yield* inParts(page, sizes, before);
    before = page.resume;
    const met = metBy({ rows, bytes, milliseconds: performance.now() - began }, bounds);
    if (met === null || page.complete) continue;
    yield { rows: [], nodes: [], progress: page.progress, resume: null, complete: false, missing: [], shortfall: 0 };
    const message = `The list of ${connection} did not end after ${met}. The rows read so far are kept.`;
    const next = 'Sync one branch at a time (--within), or report to the vendor that its list does not end.';
    throw fault('partial', message, next, { connection });
  }
}

function metBy(taken: SyncBounds, bounds: SyncBounds): string | null {
  if (taken.rows > bounds.rows) return `${grouped(bounds.rows)} rows`;
  if (taken.bytes > bounds.bytes) return `${grouped(bounds.bytes / 1024 ** 2)} MB`;
  if (taken.milliseconds > bounds.milliseconds) return `${grouped(bounds.milliseconds / 60_000)} minutes`;
  return null;
}

/** Until its last part is kept, a page counts as not read: an interrupted sync run reads it again. */
function* inParts(page: Page, sizes: readonly number[], before: string | null): Generator<Page> {
  let first = 0;
  let bytes = 0;
  for (const [index, size] of sizes.entries()) {
    if (index > first && bytes + size > limits.transactionBytes) {
      const rows = page.rows.slice(first, index);
      yield { rows, nodes: [], progress: page.progress, resume: before, complete: false, missing: [], shortfall: 0 };
      first = index;
      bytes = 0;
    }
    bytes += size;
  }
  yield first === 0 ? page : { ...page, rows: page.rows.slice(first) };
}

/** About as many bytes as the reading takes in the cache: almost all of them are the vendor's own object. */
function sizeOf({ raw }: Reading): number {
  let size = 0;
  const open: Json[] = [raw];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    size += 8;
    if (typeof value === 'string') size += value.length;
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        size += name.length;
        open.push(inner);
      }
    }
  }
  return size;
}
