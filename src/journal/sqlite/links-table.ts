import type { DatabaseSync } from 'node:sqlite';
import {
  type CustomerLink,
  type CustomerLinks,
  type LinkOutcome,
  type LinkRequest,
  linesOf,
} from '../../model/customer-link.ts';
import { lazily } from '../../model/lazily.ts';
import { linkShape } from './row-shapes.ts';
import { sealedLines } from './sealed-lines.ts';

export const linkTable = `
  CREATE TABLE link (
    entry TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (entry, number)
  ) STRICT;
`;

/**
 * The `link` table: which customer an organization belongs to, line after line; `entry` is the key of the organization. Lines are
 * added and never changed.
 */
export interface Links {
  /** The last line of each. Only lines that were added since the last call are read. */
  all(): CustomerLinks;
  /** Inside a transaction. */
  add(request: LinkRequest): LinkOutcome;
  /** A line that was decided elsewhere. */
  append(key: string, line: CustomerLink): void;
}

/** A damaged line counts for its organization alone: it affects nothing else in the file and blocks no write. */
export function linksOf(database: DatabaseSync): Links {
  const lines = sealedLines<CustomerLink>(database, 'link', linkShape);
  // A file of an older Subdeck that can only be read has none.
  const isThere = lazily(() => database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'link'`).get() !== undefined);
  const links = new Map<string, CustomerLink | null>();
  let last = 0;

  function all(): CustomerLinks {
    if (!isThere.get()) return links;
    for (const { place, entry, body } of lines.after(last)) {
      links.set(entry, body);
      last = place;
    }
    return links;
  }

  return {
    all,
    append: (key, line) => lines.insert(key, lines.next(key), line),
    add(request) {
      const added = linesOf(stored(), request);
      if ('kind' in added) return added;
      for (const { key, line } of added) lines.insert(key, lines.next(key), line);
      return { kind: 'kept', added: added.length };
    },
  };

  /** As it stands in the file: a transaction that fails leaves nothing in `links`. */
  function stored(): CustomerLinks {
    const found = new Map<string, CustomerLink | null>();
    for (const { entry, body } of lines.after(0)) found.set(entry, body);
    return found;
  }
}
