import type { Journal } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import { type CustomerLink, customerKey, organizationKey, organizationOfKey } from '../model/customer-link.ts';
import type { LevelNode, Pin } from '../model/scope.ts';
import type { CacheReader } from '../query/cache-reader.ts';

export interface CustomerDeps {
  readonly cache: Pick<CacheReader, 'levelWindow' | 'node'>;
  readonly journal: Pick<Journal, 'links'>;
  /** In the order of the settings. */
  readonly connections: readonly { readonly name: string; readonly account: AccountKey }[];
}

/** An organization of one account, through every connection of that account that shows it. */
export interface Organization {
  /** See `organizationKey`. */
  readonly key: string;
  readonly id: string;
  /** As a vendor, or a line of the journal, has it: untrusted. */
  readonly name: string;
  /** The internet domain that a vendor gives; null: none does. Untrusted, like the name. */
  readonly domain: string | null;
  /** Its nodes in the cache, one for each connection; none: the cache does not have it. */
  readonly pins: readonly Pin[];
  /** What a person said of it last; null: nothing, or nothing that can be read. */
  readonly link: CustomerLink | null;
}

const pageRows = 500;

/** The organizations in the cache with this name or domain (`customerKey`), each once, in the order of the connections. */
export function organizationsWith(deps: CustomerDeps, nameOrDomain: string): readonly Organization[] {
  const wanted = customerKey(nameOrDomain);
  if (wanted === '') return [];
  const nodes: LevelNode[] = [];
  for (const node of eachOrganization(deps, nameOrDomain.normalize('NFKC'))) {
    if (comparedBy(node).includes(wanted)) nodes.push(node);
  }
  return asOrganizations(deps, nodes);
}

interface Identified {
  readonly id: string | null;
  readonly name: string;
  readonly domain: string | null;
}

/** What tells that two organizations may be one customer, as `customerKey` gives it: the name, and the domain. */
export function comparedBy({ id, name, domain }: Identified): readonly string[] {
  const texts = [...(isNamed({ id, name }) ? [name] : []), ...(domain === null ? [] : [domain])];
  return [...new Set(texts.map(customerKey))].filter((key) => key !== '');
}

/** Every organization of the cache whose name, id or domain contains a text, in any case; null: all of them. By name. */
export function* eachOrganization(
  { cache, connections }: Pick<CustomerDeps, 'cache' | 'connections'>,
  search: string | null,
): Generator<LevelNode> {
  const names = connections.map(({ name }) => name);
  const query = { level: 'organization', scope: [], connections: names, search, sort: null } as const;
  for (let offset = 0; ; offset += pageRows) {
    const { rows, total } = cache.levelWindow({ ...query, offset, limit: pageRows });
    for (const row of rows) if (row.id !== null && !row.implied) yield row;
    if (rows.length === 0 || offset + rows.length >= total) return;
  }
}

/** Vendors that give no name have the id or a dash in its place: that two vendors have the same says nothing. */
export function isNamed({ id, name }: { readonly id: string | null; readonly name: string }): boolean {
  return id !== null && name.trim() !== id.trim() && /[\p{L}\p{N}]/u.test(name);
}

/** Nodes of organizations in the order of the connections, those of one account and id as one. */
export function asOrganizations(deps: CustomerDeps, nodes: readonly LevelNode[]): readonly Organization[] {
  const places = new Map(deps.connections.map(({ name }, place) => [name, place]));
  const placeOf = ({ connection }: LevelNode) => places.get(connection) ?? places.size;
  const ordered = nodes.toSorted((one, other) => placeOf(one) - placeOf(other));
  const keys = ordered.flatMap(({ connection, id }) => {
    const account = accountOf(deps, connection);
    return account === null || id === null ? [] : [organizationKey({ account, id })];
  });
  return [...new Set(keys)].flatMap((key) => organizationOf(deps, key) ?? []);
}

/** The organization of a node; null: there is no such connection. */
export function organizationAt(deps: CustomerDeps, connection: string, id: string): Organization | null {
  const account = accountOf(deps, connection);
  return account === null ? null : organizationOf(deps, organizationKey({ account, id }));
}

/** The organization of an `organizationKey`; null for another text. */
export function organizationOf(deps: CustomerDeps, key: string): Organization | null {
  const place = organizationOfKey(key);
  if (place === null) return null;
  const nodes = deps.connections.flatMap(({ name, account }) => {
    if (account !== place.account) return [];
    return deps.cache.node({ level: 'organization', connection: name, id: place.id }) ?? [];
  });
  const link = deps.journal.links().get(key) ?? null;
  const pins = nodes.map(({ connection }): Pin => ({ level: 'organization', connection, id: place.id }));
  const domain = nodes.find((node) => node.domain !== null)?.domain ?? null;
  return { key, id: place.id, name: nodes[0]?.name ?? link?.name ?? place.id, domain, pins, link };
}

function accountOf({ connections }: Pick<CustomerDeps, 'connections'>, connection: string): AccountKey | null {
  return connections.find(({ name }) => name === connection)?.account ?? null;
}

/** `CONNECTION/ID`, by the first connection that shows it; null: the cache does not have it. */
export function referenceOf({ id, pins }: Pick<Organization, 'id' | 'pins'>): string | null {
  const [first] = pins;
  return first === undefined ? null : `${first.connection}/${id}`;
}
