import type { Reading } from '../api/contract.ts';
import { fold } from '../model/filter-fold.ts';
import { searchLines } from '../model/filter-match.ts';
import type { Subscription } from '../model/subscription.ts';
import type { VendorId } from '../model/vendor.ts';
import { parsed } from './sql-values.ts';

type Kept = readonly [
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
export function encodeNoun(of: Subscription): string {
  const kept: Kept = [
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
  return JSON.stringify(kept);
}

/** A reading with the texts that are kept of it. */
export interface WrittenReading {
  readonly subscription: Subscription;
  readonly noun: string;
  readonly raw: string;
}

export function writtenOf({ subscription, raw }: Reading): WrittenReading {
  return { subscription, noun: encodeNoun(subscription), raw: JSON.stringify(raw) };
}

interface NounPlace {
  readonly connection: string;
  readonly vendor: VendorId;
  readonly id: string;
  /** Milliseconds. */
  readonly readAt: number;
}

export function decodeNoun(text: string, { connection, vendor, id, readAt }: NounPlace): Subscription {
  const kept = parsed<Kept>(text);
  return {
    ref: `${connection}/${id}`,
    connection,
    vendor,
    id,
    name: kept[0],
    status: kept[1],
    vendorStatus: kept[2],
    seller: kept[3],
    reseller: kept[4],
    organization: kept[5],
    services: kept[6],
    product: kept[7],
    parentId: kept[8],
    isAddon: kept[9],
    isTrial: kept[10],
    quantity: kept[11],
    billing: kept[12],
    term: kept[13],
    startsAt: kept[14],
    endsAt: kept[15],
    cancellableUntil: kept[16],
    renewal: kept[17],
    prices: kept[18],
    hasLicenseKey: kept[19],
    externalIds: kept[20],
    readAt: new Date(readAt).toISOString(),
    surprises: kept[21],
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
