import type { NodeFact, Page } from '../api/contract.ts';
import type { VendorId } from '../model/vendor.ts';
import type { FileTrouble, RowFates, SyncRunMark, SyncRunOutcome, UnseenRows } from '../store/cache-writer.ts';
import { decodeRow, type EncodedReading, encodedReading } from '../store/row-codec.ts';
import type { EncodedPage } from '../store/stored-runs.ts';
import type { PublishedBatch, TakenBatch } from './published-batch.ts';

/**
 * Requests to the page writer thread; each is answered once, in order. `rest`: does nothing; ends a `tidy` in progress.
 */
export type WorkerOrder =
  | { readonly do: 'expect'; readonly mark: SyncRunMark }
  | { readonly do: 'keep'; readonly mark: SyncRunMark; readonly page: PageAsTexts }
  | { readonly do: 'unseen'; readonly mark: SyncRunMark; readonly atMost: number }
  | { readonly do: 'finish'; readonly mark: SyncRunMark; readonly outcome: SyncRunOutcome }
  | { readonly do: 'take over'; readonly file: number; readonly batch: PublishedBatch }
  | { readonly do: 'tidy' | 'rest' };

export interface WorkerAnswer {
  /** Null: done. */
  readonly trouble: FileTrouble | null;
  /** Another request arrived while there was more to compact. */
  readonly more: boolean;
  /** What `unseen` asked for; absent where the run's connection is gone. */
  readonly unseen?: UnseenRows;
  /** Of `finish`; absent where the run's connection is gone. */
  readonly fates?: RowFates;
  /** Of `take over`; absent where the file took no writes. */
  readonly taken?: TakenBatch;
}

/** A page between threads: texts are copied in a fraction of the time of objects. */
export interface PageAsTexts {
  /** Null if the page has no rows. */
  readonly vendor: VendorId | null;
  readonly ids: readonly string[];
  readonly encodedRows: readonly string[];
  readonly raws: readonly string[];
  /** Milliseconds. */
  readonly readAt: readonly number[];
  readonly nodes: readonly NodeFact[];
  readonly resume: string | null;
}

export function inTexts({ rows, nodes, resume }: Page): PageAsTexts {
  const written = rows.map(encodedReading);
  return {
    vendor: rows[0]?.subscription.vendor ?? null,
    ids: written.map(({ subscription }) => subscription.id),
    encodedRows: written.map(({ encodedRow }) => encodedRow),
    raws: written.map(({ raw }) => raw),
    readAt: written.map(({ subscription }) => Date.parse(subscription.readAt)),
    nodes,
    resume,
  };
}

export function outOfTexts(connection: string, page: PageAsTexts): EncodedPage {
  const { vendor, encodedRows, raws, readAt } = page;
  if (vendor === null) return { rows: [], nodes: page.nodes, resume: page.resume };
  const rows = page.ids.map((id, index): EncodedReading => {
    const encodedRow = encodedRows[index] ?? '';
    const place = { connection, vendor, id, readAt: readAt[index] ?? 0 };
    return { subscription: decodeRow(encodedRow, place), encodedRow, raw: raws[index] ?? '' };
  });
  return { rows, nodes: page.nodes, resume: page.resume };
}
