import type { Reading } from '../api/contract.ts';
import { fold } from '../model/filter-fold.ts';
import { searchLines } from '../model/filter-match.ts';
import type { Subscription } from '../model/subscription.ts';
import type { VendorId } from '../model/vendor.ts';
import { parsed } from './sql-values.ts';

type EncodedRow = readonly [
  Subscription['name'],
  Subscription['status'],
  Subscription['vendorStatus'],
  Subscription['seller'],
  Subscription['reseller'],
  Subscription['organization'],
  Subscription['services'],
  Subscription['product'],
  Subscription['parentId'],
  Subscription['isAddon'],
  Subscription['isTrial'],
  Subscription['quantity'],
  Subscription['billing'],
  Subscription['term'],
  Subscription['startsAt'],
  Subscription['endsAt'],
  Subscription['cancellableUntil'],
  Subscription['renewal'],
  Subscription['prices'],
  Subscription['hasLicenseKey'],
  Subscription['externalIds'],
  Subscription['surprises'],
];

/** What is kept of a subscription beside its connection, its id and when it was read. Equal text means an equal row. */
function encodeRow(of: Subscription): string {
  const levelTotals: EncodedRow = [
    of.name,
    of.status,
    of.vendorStatus,
    of.seller,
    of.reseller,
    of.organization,
    of.services,
    of.product,
    of.parentId,
    of.isAddon,
    of.isTrial,
    of.quantity,
    of.billing,
    of.term,
    of.startsAt,
    of.endsAt,
    of.cancellableUntil,
    of.renewal,
    of.prices,
    of.hasLicenseKey,
    of.externalIds,
    of.surprises,
  ];
  return JSON.stringify(levelTotals);
}

/** A reading with the texts that are kept of it. */
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

export function decodeRow(text: string, { connection, vendor, id, readAt }: RowOrigin): Subscription {
  const levelTotals = parsed<EncodedRow>(text);
  return {
    ref: `${connection}/${id}`,
    connection,
    vendor,
    id,
    name: levelTotals[0],
    status: levelTotals[1],
    vendorStatus: levelTotals[2],
    seller: levelTotals[3],
    reseller: levelTotals[4],
    organization: levelTotals[5],
    services: levelTotals[6],
    product: levelTotals[7],
    parentId: levelTotals[8],
    isAddon: levelTotals[9],
    isTrial: levelTotals[10],
    quantity: levelTotals[11],
    billing: levelTotals[12],
    term: levelTotals[13],
    startsAt: levelTotals[14],
    endsAt: levelTotals[15],
    cancellableUntil: levelTotals[16],
    renewal: levelTotals[17],
    prices: levelTotals[18],
    hasLicenseKey: levelTotals[19],
    externalIds: levelTotals[20],
    readAt: new Date(readAt).toISOString(),
    surprises: levelTotals[21],
  };
}

/**
 * What is searched in a subscription, folded: its name in the first line, its id in the second; then the names of
 * organization, reseller, product and services, and all other ids. Tabs part several texts in one line; a search text
 * holds neither tabs nor line breaks.
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

/** Names of what stands above subscriptions are the same for many of them. */
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
  if (folded.length < 2) return folded[0] ?? '';
  return folded.filter((text, index) => folded.indexOf(text) === index).join('\t');
}

/** A line of a haystack: 0 the name, 1 the id. */
export function haystackLine(haystack: string, line: 0 | 1): string {
  return haystack.split('\n', 2)[line] ?? '';
}
