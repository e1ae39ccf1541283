import type { Reading } from '../api/contract.ts';
import { allFields, type Field } from '../model/field-names.ts';
import { fold } from '../model/filter-fold.ts';
import { searchLines } from '../model/filter-match.ts';
import type { Subscription } from '../model/subscription.ts';
import type { VendorId } from '../model/vendor.ts';
import { parsed } from './sql-values.ts';

/** The stored fields of a row, by position. */
const layout = allFields
  .flatMap((field) => (field.stored === null ? [] : [{ property: field.property, stored: field.stored }]))
  .toSorted((one, other) => one.stored - other.stored)
  .map(({ property }) => property as keyof Subscription);

/** The stored form of a subscription without its connection, id and read time. Equal text means an equal row. */
function encodeRow(of: Subscription): string {
  return JSON.stringify(layout.map((property) => of[property]));
}

/** A subscription as read, with its stored texts. */
export interface EncodedReading {
  readonly subscription: Subscription;
  readonly encodedRow: string;
  readonly raw: string;
}

export function encodedReading({ subscription, raw }: Reading): EncodedReading {
  return { subscription, encodedRow: encodeRow(subscription), raw: JSON.stringify(raw) };
}

interface RowOrigin {
  readonly connection: string;
  readonly vendor: VendorId;
  readonly id: string;
  /** Milliseconds. */
  readonly readAt: number;
}

/** A row as stored. */
export interface StoredRow {
  readonly subscription: Subscription;
  /** False if an earlier version, which did not have the field, stored the row: then its null means unknown. */
  holds(field: Field): boolean;
}

export function decodeRow(text: string, origin: RowOrigin): Subscription {
  return rowOf(parsed<readonly unknown[]>(text), origin);
}

export function decodeStored(text: string, origin: RowOrigin): StoredRow {
  const values = parsed<readonly unknown[]>(text);
  return {
    subscription: rowOf(values, origin),
    holds: ({ stored }) => stored === null || stored < values.length,
  };
}

function rowOf(values: readonly unknown[], { connection, vendor, id, readAt }: RowOrigin): Subscription {
  const row: Record<string, unknown> = { ref: `${connection}/${id}`, connection, vendor, id };
  for (const [place, property] of layout.entries()) row[property] = values[place] ?? null;
  row.readAt = new Date(readAt).toISOString();
  return row as unknown as Subscription;
}

/**
 * The searchable text of a subscription, folded: its name in the first line, its id in the second; then the names of
 * organization, reseller, product and services, and all other ids. Tabs separate texts in one line; a search text
 * contains neither tabs nor line breaks.
 */
export function haystackOf(subscription: Subscription): string {
  const lines = searchLines(subscription);
  const ids = lines.length - 1;
  return lines.map((texts, line) => lineOf(texts.map(line > 1 && line < ids ? foldedOnce : foldedText))).join('\n');
}

const partings = /[\t\n]/g;

function foldedText(text: string): string {
  return fold(text).replace(partings, ' ');
}

/** Names of nodes are shared by many subscriptions. */
const known = new Map<string, string>();
const knownAtMost = 4096;

function foldedOnce(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const fresh = foldedText(name);
  if (known.size >= knownAtMost) known.clear();
  known.set(name, fresh);
  return fresh;
}

function lineOf(folded: readonly string[]): string {
  return folded.length < 2 ? (folded[0] ?? '') : [...new Set(folded)].join('\t');
}

/** A line of a haystack: 0 the name, 1 the id. */
export function haystackLine(haystack: string, line: 0 | 1): string {
  return haystack.split('\n', 2)[line] ?? '';
}
