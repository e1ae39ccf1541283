import type { NodeFact, Page } from '../api/contract.ts';
import type { VendorId } from '../model/vendor.ts';
import type { PassMark, PassOutcome, Trouble } from '../store/cache-writer.ts';
import { decodeNoun, type WrittenReading, writtenOf } from '../store/row-codec.ts';
import type { WrittenPage } from '../store/stored-runs.ts';

/** What the thread that keeps pages is told; each order is answered once, in turn. `rest`: nothing; ends a `tidy` that is under way. */
export type KeeperOrder =
  | { readonly do: 'expect'; readonly mark: PassMark }
  | { readonly do: 'keep'; readonly mark: PassMark; readonly page: PageInTexts }
  | { readonly do: 'finish'; readonly mark: PassMark; readonly outcome: PassOutcome }
  | { readonly do: 'tidy' | 'rest' };

export interface KeeperAnswer {
  /** Null: done. */
  readonly trouble: Trouble | null;
  /** Another order came while there was more to tidy. */
  readonly more: boolean;
}

/** A page as it crosses between threads: texts are copied in a fraction of the time that objects take. */
export interface PageInTexts {
  /** Null where the page has no rows. */
  readonly vendor: VendorId | null;
  readonly ids: readonly string[];
  readonly nouns: readonly string[];
  readonly raws: readonly string[];
  /** Milliseconds. */
  readonly readAt: readonly number[];
  readonly nodes: readonly NodeFact[];
  readonly resume: string | null;
}

export function inTexts({ rows, nodes, resume }: Page): PageInTexts {
  const written = rows.map(writtenOf);
  return {
    vendor: rows[0]?.subscription.vendor ?? null,
    ids: written.map(({ subscription }) => subscription.id),
    nouns: written.map(({ noun }) => noun),
    raws: written.map(({ raw }) => raw),
    readAt: written.map(({ subscription }) => Date.parse(subscription.readAt)),
    nodes,
    resume,
  };
}

export function outOfTexts(connection: string, page: PageInTexts): WrittenPage {
  const { vendor, nouns, raws, readAt } = page;
  if (vendor === null) return { rows: [], nodes: page.nodes, resume: page.resume };
  const rows = page.ids.map((id, index): WrittenReading => {
    const noun = nouns[index] ?? '';
    const place = { connection, vendor, id, readAt: readAt[index] ?? 0 };
    return { subscription: decodeNoun(noun, place), noun, raw: raws[index] ?? '' };
  });
  return { rows, nodes: page.nodes, resume: page.resume };
}
