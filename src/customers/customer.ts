import { customerKey, type LinkedCustomer, linkedCustomers, organizationOfKey } from '../model/customer-link.ts';
import type { Pin } from '../model/scope.ts';
import {
  asOrganizations,
  type CustomerDeps,
  eachOrganization,
  isNamed,
  type Organization,
  organizationOf,
  organizationsNamed,
} from './organization.ts';

/** What one page shows: the organizations that people said are one customer, or a single organization. */
export interface Customer {
  /** Untrusted, like the names of its organizations. */
  readonly name: string;
  /** False: no person said anything; it is one organization. */
  readonly isLinked: boolean;
  readonly organizations: readonly Organization[];
  /** Null: nothing has exactly its name. */
  readonly suggestion: Suggestion | null;
}

/** Organizations of several accounts with exactly the same name: only a person knows whether they are one customer. */
export interface Suggestion {
  /** The customer to link them to. */
  readonly customer: string;
  /** Those to link. */
  readonly organizations: readonly Organization[];
  /** Those that belong to it. */
  readonly members: readonly Organization[];
}

export type FoundCustomer =
  | { readonly kind: 'found'; readonly customer: Customer }
  /** More than one customer, or organization without one, has this name. */
  | { readonly kind: 'several'; readonly customers: readonly Customer[] }
  | { readonly kind: 'none' };

/**
 * By the customer's own name; else by the name of an organization, if only one customer, or only one organization without a
 * customer, has it.
 */
export function findCustomer(deps: CustomerDeps, name: string): FoundCustomer {
  const linked = linkedCustomers(deps.journal.links());
  const own = linked.get(customerKey(name));
  if (own !== undefined) return { kind: 'found', customer: linkedPage(deps, own) };
  const customers = new Map<string, Customer>();
  for (const organization of organizationsNamed(deps, name)) {
    const customer = customerAt(deps, organization);
    customers.set(customer.isLinked ? customerKey(customer.name) : organization.key, customer);
  }
  const [first, ...others] = customers.values();
  if (first === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'found', customer: first } : { kind: 'several', customers: [first, ...others] };
}

/** The customer that an organization belongs to, else the organization alone. */
export function customerAt(deps: CustomerDeps, organization: Organization): Customer {
  const { link } = organization;
  const linked =
    link?.action === 'link' ? linkedCustomers(deps.journal.links()).get(customerKey(link.customer)) : undefined;
  if (linked !== undefined) return linkedPage(deps, linked);
  return {
    name: organization.name,
    isLinked: false,
    organizations: [organization],
    suggestion: link?.action === 'unlink' ? null : suggestionFor(deps, [organization], null),
  };
}

/** Every customer that people linked, by name. */
export function everyLinked(deps: CustomerDeps): readonly Customer[] {
  return [...linkedCustomers(deps.journal.links()).values()]
    .map((linked) => linkedPage(deps, linked))
    .sort((one, other) => (customerKey(one.name) < customerKey(other.name) ? -1 : 1));
}

/** Every suggestion, by name. Looks at every organization of the cache. */
export function everySuggestion(deps: CustomerDeps): readonly Suggestion[] {
  const accounts = new Map(deps.connections.map(({ name, account }) => [name, account]));
  const named = [...eachOrganization(deps, null)].filter(isNamed);
  const found = new Map<string, Suggestion>();
  for (const [key, nodes] of Map.groupBy(named, ({ name }) => customerKey(name))) {
    if (key === '' || new Set(nodes.map(({ connection }) => accounts.get(connection))).size < 2) continue;
    const suggestion = suggestionAmong(deps, asOrganizations(deps, nodes), []);
    if (suggestion !== null) found.set(suggestion.organizations.map((each) => each.key).join(' '), suggestion);
  }
  return [...found.values()];
}

/** Where the rows of a customer are. */
export function pinsOf({ organizations }: Pick<Customer, 'organizations'>): readonly Pin[] {
  return organizations.flatMap(({ pins }) => pins);
}

function linkedPage(deps: CustomerDeps, { name, organizations }: LinkedCustomer): Customer {
  const members = organizations.flatMap((key) => organizationOf(deps, key) ?? []);
  const places = deps.connections.map((connection) => connection.name);
  const placeOf = ({ pins: [first] }: Organization) =>
    first === undefined ? places.length : places.indexOf(first.connection);
  const ordered = members.toSorted((one, other) => placeOf(one) - placeOf(other));
  return { name, isLinked: true, organizations: ordered, suggestion: suggestionFor(deps, ordered, name) };
}

/** `customer`: the name that a person gave, which counts like those of the organizations. */
function suggestionFor(deps: CustomerDeps, of: readonly Organization[], customer: string | null): Suggestion | null {
  const given = of.filter(isNamed).map(({ name }) => name);
  const names = new Map([...(customer === null ? [] : [customer]), ...given].map((name) => [customerKey(name), name]));
  const alike = [...names.values()].flatMap((name) => organizationsNamed(deps, name));
  const all = [...new Map([...of, ...alike].map((each) => [each.key, each])).values()];
  return suggestionAmong(deps, all, of);
}

/** `of`: those that it must be about; none: any. */
function suggestionAmong(
  deps: CustomerDeps,
  alike: readonly Organization[],
  of: readonly Organization[],
): Suggestion | null {
  // Who said that one is not a customer's is not asked again.
  const open = alike.filter(({ link }) => link === null);
  const linked = linkedCustomers(deps.journal.links());
  const customers = new Set([
    ...alike.flatMap(({ link }) => (link?.action === 'link' ? [customerKey(link.customer)] : [])),
    ...open.map(({ name }) => customerKey(name)).filter((name) => linked.has(name)),
  ]);
  const [key, ...others] = customers;
  if (open.length === 0 || others.length > 0) return null;
  const customer = key === undefined ? undefined : linked.get(key);
  const members = customer?.organizations.flatMap((each) => organizationOf(deps, each) ?? []) ?? [];
  const together = [...members, ...open];
  const accounts = new Set(together.map((each) => organizationOfKey(each.key)?.account));
  if (accounts.size < 2 || !of.every((wanted) => together.some((each) => each.key === wanted.key))) return null;
  const name = customer?.name ?? of[0]?.name ?? open[0]?.name ?? '';
  return { customer: name.trim(), organizations: open, members };
}
