import { hasEffect } from '../effects.ts';
import { guids, type Ids } from '../ids.ts';
import { remembered } from '../memoize.ts';
import { resellerName } from '../names/companies.ts';
import { hardNames } from '../names/hard.ts';
import { organizationName } from '../names/organizations.ts';
import { type Rows, rows } from '../rows.ts';
import { salt, seededRandom } from '../seeded-random.ts';
import { type Spread, spread } from '../spread.ts';
import type { SandboxTime } from '../time.ts';
import { variantsOf } from '../variants.ts';
import type { Ground } from '../vendor.ts';
import { type Readings, variants } from './assumptions.ts';
import { firstOffer, firstRow, type Row } from './row.ts';
import { sharedCustomer } from './shared-customers.ts';
import type { HistoryEntry } from './wire.ts';

export const sellerName = 'Nordavind Distribution AS';

type Kind = 'reseller' | 'organization' | 'service' | 'product' | 'priceLine' | 'subscription' | 'addon';

/** One seller's whole business with its resellers, organizations and subscriptions. Everything is counted from 0. */
export interface Dataset {
  readonly seed: number;
  readonly time: SandboxTime;
  readonly readings: Readings;
  readonly sellerId: string;
  readonly resellers: number;
  /** Brokers beyond the resellers: associated with the seller, but selling none of its services. */
  readonly brokers: number;
  readonly organizations: number;
  readonly ids: Readonly<Record<Kind, Ids<string>>>;
  readonly rows: Rows<Row>;
  resellerName(reseller: number): string;
  organizationName(organization: number): string | null;
  resellerOf(organization: number): number;
  organizationsOf(reseller: number): readonly number[];
  rowsOf(organization: number): Iterable<Row>;
  /** The rows of one service, rising; the others are not computed. */
  rowsOfOffer(offer: number): Iterable<Row>;
  /** A row as it was before anything was done to it. */
  original(row: number): Row;
  /** What was done since the start, newest first. */
  changesOf(row: number): readonly HistoryEntry[];
  remember(row: number, entries: readonly HistoryEntry[]): void;
}

const resellerThrow = salt('cloudmore reseller of');

export function openDataset({ seed, scale, time, variants: chosen }: Ground): Dataset {
  const chance = seededRandom(seed);
  const organizations = Math.min(25_000, Math.max(3, Math.round(scale / 12)));
  const resellers = Math.min(600, Math.max(2, Math.round(organizations / 9)));
  const places = spread(seed, salt('cloudmore organization of'), scale, organizations);
  const resellerOf = (organization: number) =>
    Math.floor(resellers * chance.fraction(resellerThrow, organization) ** 2);
  const original = (index: number) => firstRow(chance, time, index, places.ownerOf(index));
  const dataset = rows(scale, original);
  const changes = new Map<number, readonly HistoryEntry[]>();
  let byReseller: Map<number, number[]> | null = null;
  return {
    seed,
    time,
    readings: variantsOf(variants, chosen),
    sellerId: guids(seed, salt('cloudmore seller')).of(0),
    resellers,
    brokers: resellers + 2,
    organizations,
    ids: idsOf(seed),
    rows: dataset,
    resellerName: (reseller) => resellerName(chance, reseller),
    organizationName: (organization) =>
      organization % 61 === 17
        ? brokenName(organization)
        : (sharedCustomer(organization)?.name ?? organizationName(chance, organization)),
    resellerOf,
    organizationsOf: (reseller) => {
      byReseller ??= Map.groupBy(new Array<number>(organizations).keys(), resellerOf);
      return byReseller.get(reseller) ?? [];
    },
    rowsOf: (organization) => rowsOf(dataset, places, scale, organization),
    rowsOfOffer: function* (offer) {
      for (const index of dataset.indexes()) {
        if (index < scale && firstOffer(chance, index) !== offer) continue;
        const row = dataset.get(index);
        if (row?.offer === offer) yield row;
      }
    },
    original,
    changesOf: (row) => changes.get(row) ?? [],
    remember: (row, entries) => {
      if (hasEffect()) changes.set(row, [...entries, ...(changes.get(row) ?? [])]);
    },
  };
}

function idsOf(seed: number): Dataset['ids'] {
  const of = (kind: string) => guids(seed, salt(`cloudmore ${kind}`));
  const few = (kind: string): Ids<string> => ({ ...of(kind), of: remembered(of(kind).of) });
  return {
    reseller: few('reseller'),
    organization: few('organization'),
    service: few('service'),
    product: few('product'),
    priceLine: of('price line'),
    subscription: of('subscription'),
    addon: of('addon'),
  };
}

function* rowsOf(dataset: Rows<Row>, places: Spread, scale: number, organization: number): Generator<Row> {
  for (const index of places.rowsOf(organization)) {
    const row = dataset.get(index);
    if (row !== null) yield row;
  }
  for (let index = scale; index < dataset.end; index++) {
    const row = dataset.get(index);
    if (row?.organization === organization) yield row;
  }
}

function brokenName(organization: number): string | null {
  const at = Math.floor(organization / 61) % (hardNames.length + 1);
  return hardNames[at] ?? null;
}
