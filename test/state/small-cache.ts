import type { DeadlineRules } from '../../src/api/contract.ts';
import type { AccountKey } from '../../src/model/account.ts';
import type { Fault } from '../../src/model/fault.ts';
import { matches } from '../../src/model/filter-match.ts';
import type { Counts, LevelNode, Pin } from '../../src/model/scope.ts';
import type { CachedSubscription, Named, Subscription } from '../../src/model/subscription.ts';
import type { SafeText } from '../../src/model/text.ts';
import type { Level, VendorId } from '../../src/model/vendor.ts';
import type {
  CacheReader,
  LevelQuery,
  SubscriptionQuery,
  SubscriptionWindow,
  Window,
} from '../../src/query/cache-reader.ts';

export interface SmallConnection {
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
  readonly account: AccountKey;
  readonly deadlines: DeadlineRules;
  readonly implied: readonly Level[];
}

/** A cache in memory, for the console's tests: the questions of `CacheReader`, answered by walking all rows. */
export class SmallCache implements CacheReader {
  readonly notice = null;
  rows: CachedSubscription[];
  readonly #connections: readonly SmallConnection[];
  readonly #now: () => number;
  /** Faults of the last refresh, by connection. */
  readonly faults = new Map<string, Fault>();
  #revision = 1;

  constructor(rows: readonly Subscription[], connections: readonly SmallConnection[], now: () => number) {
    this.rows = rows.map(cached);
    this.#connections = connections;
    this.#now = now;
  }

  /** Changes the rows, as a refresh does. */
  change(rows: readonly Subscription[]): void {
    this.rows = rows.map(cached);
    this.#revision += 1;
  }

  warm(): boolean {
    return false;
  }

  subscriptionWindow(query: SubscriptionQuery): SubscriptionWindow {
    const window = windowOf(this.#found(query), query);
    return { ...window, subscriptions: window.total };
  }

  positionOf(query: SubscriptionQuery, ref: string): number | null {
    return positionIn(this.#found(query), (row) => row.ref === ref);
  }

  levelWindow(query: LevelQuery): Window<LevelNode> {
    return windowOf(this.#nodes(query), query);
  }

  levelPositionOf(query: LevelQuery, pin: Pin): number | null {
    return positionIn(this.#nodes(query), (node) => node.id === pin.id && node.connection === pin.connection);
  }

  eachSubscription(query: Omit<SubscriptionQuery, 'offset' | 'limit'>): Iterable<CachedSubscription> {
    return this.#found({ ...query, offset: 0, limit: 0 });
  }

  totals(query: Pick<SubscriptionQuery, 'scope' | 'filter' | 'search' | 'connections'>): Counts {
    return countsOf(this.#found({ ...query, sort: [], offset: 0, limit: 0 }));
  }

  subscription(connection: string, id: string): CachedSubscription | null {
    return this.rows.find((row) => row.connection === connection && row.id === id) ?? null;
  }

  raw(connection: string, id: string) {
    return this.subscription(connection, id) === null ? null : { id, connection };
  }

  node(): LevelNode | null {
    return null;
  }
  money(): readonly [] {
    return [];
  }
  shares(): readonly [] {
    return [];
  }
  changes(): readonly [] {
    return [];
  }
  count(query: SubscriptionQuery) {
    const total = this.#found(query).length;
    return { total, subscriptions: total, counted: true };
  }
  freshness(connection: string) {
    const rows = this.rows.filter((row) => row.connection === connection);
    return {
      readAt: rows[0]?.readAt ?? null,
      rows: rows.length,
      lastFault: this.faults.get(connection) ?? null,
      resumable: false,
    };
  }
  revision(): number {
    return this.#revision;
  }

  refreshSnapshot(): void {}
  close(): void {}

  #found(query: SubscriptionQuery): readonly CachedSubscription[] {
    const found = this.rows.filter(
      (row) => query.scope.every((pin) => isBelow(row, pin)) && matches(query.filter, row, this.#now()),
    );
    const [sort] = query.sort;
    const key = (row: Subscription) =>
      sort?.field === 'qty' ? (row.quantity ?? -1) : sort?.field === 'ends' ? (row.endsAt ?? '') : row.name;
    const order = found.toSorted((one, other) => compare(key(one), key(other)) || compare(one.ref, other.ref));
    return sort?.descending === true ? order.toReversed() : order;
  }

  #nodes(query: LevelQuery): readonly LevelNode[] {
    const nodes = new Map<string, { node: LevelNode; rows: Subscription[] }>();
    for (const row of this.rows) {
      if (!query.scope.every((pin) => isBelow(row, pin))) continue;
      const connection = this.#connections.find(({ name }) => name === row.connection);
      if (connection === undefined) continue;
      const implied = connection.implied.includes(query.level);
      const own: readonly (Named | null)[] = implied
        ? [{ id: connection.name, name: connection.title as SafeText }]
        : ancestors(row, query.level);
      for (const named of own) {
        const key = JSON.stringify([row.connection, named?.id ?? null]);
        const found = nodes.get(key) ?? { node: nodeOf(row, named, query.level, implied), rows: [] };
        found.rows.push(row);
        nodes.set(key, found);
      }
    }
    const found = [...nodes.values()]
      .map(({ node, rows }) => ({ ...node, counts: countsOf(rows) }))
      .filter((node) => node.name.toLowerCase().includes(query.search?.toLowerCase() ?? ''))
      .toSorted((one, other) => compare(one.name, other.name) || compare(one.connection, other.connection));
    return query.sort?.descending === true ? found.toReversed() : found;
  }
}

/** No two connections of this cache share an account. */
function cached(row: Subscription): CachedSubscription {
  return { ...row, sameAs: [] };
}

function ancestors(row: Subscription, level: Level): readonly (Named | null)[] {
  switch (level) {
    case 'seller':
      return [row.seller];
    case 'reseller':
      return [row.reseller];
    case 'organization':
      return [row.organization];
    case 'service':
      return row.services;
  }
}

function isBelow(row: Subscription, pin: Pin): boolean {
  if (row.connection !== pin.connection) return false;
  return pin.id === pin.connection || ancestors(row, pin.level).some((named) => (named?.id ?? null) === pin.id);
}

function nodeOf(row: Subscription, named: Named | null, level: Level, implied: boolean): LevelNode {
  const { connection, vendor, readAt } = row;
  const name = named?.name ?? ('(none)' as SafeText);
  return { id: named?.id ?? null, name, connection, vendor, level, implied, counts: countsOf([]), readAt };
}

function countsOf(rows: readonly Subscription[]): Counts {
  const distinct = (ids: readonly (string | undefined)[]) => new Set(ids.filter((id) => id !== undefined)).size;
  return {
    resellers: distinct(rows.map((row) => row.reseller?.id)),
    organizations: distinct(rows.map((row) => row.organization?.id)),
    services: distinct(rows.flatMap((row) => row.services.map(({ id }) => id))),
    subscriptions: rows.length,
    seats: rows.reduce((sum, row) => sum + (row.quantity ?? 0), 0),
    endingSoon: 0,
  };
}

function windowOf<Row>(all: readonly Row[], { offset, limit }: { offset: number; limit: number }): Window<Row> {
  return { rows: all.slice(offset, offset + limit), offset, total: all.length, counted: true };
}

function positionIn<Row>(all: readonly Row[], is: (row: Row) => boolean): number | null {
  const position = all.findIndex(is);
  return position === -1 ? null : position;
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
