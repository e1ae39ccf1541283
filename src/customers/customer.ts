import { customerKey, type LinkedCustomer, linkedCustomers, organizationOfKey } from '../model/customer-link.ts';
import type { Pin } from '../model/scope.ts';
import {
  asOrganizations,
  type CustomerDeps,
  comparedBy,
  eachOrganization,
  isNamed,
  type Organization,
  organizationOf,
  organizationsWith,
} from './organization.ts';

/** What one page shows: the organizations that people said are one customer, or a single organization. */
export interface Customer {
  /** Untrusted, like the names of its organizations. */
  readonly name: string;
  /** False: no person said anything; it is one organization. */
  readonly isLinked: boolean;
  readonly organizations: readonly Organization[];
  /** Null: nothing else has exactly its name or domain. */
  readonly suggestion: Suggestion | null;
}

/** Organizations of several accounts with exactly the same name or domain: only a person knows whether they are one customer. */
export interface Suggestion {
  /** The customer to link them to. */
  readonly customer: string;
  /** The domain that one of them is suggested by, for it has another name; null: the names are the same. Untrusted. */
  readonly domain: string | null;
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
 * By the customer's own name; else by the name or domain of an organization, if only one customer, or only one organization without a
 * customer, has it.
 */
export function findCustomer(deps: CustomerDeps, name: string): FoundCustomer {
  const linked = linkedCustomers(deps.journal.links());
  const own = linked.get(customerKey(name));
  if (own !== undefined) return { kind: 'found', customer: linkedPage(deps, own) };
  const customers = new Map<string, Customer>();
  for (const organization of organizationsWith(deps, name)) {
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
  const compared = [...eachOrganization(deps, null)].flatMap((node) => comparedBy(node).map((by) => ({ by, node })));
  const found = new Map<string, Suggestion>();
  for (const alike of Map.groupBy(compared, ({ by }) => by).values()) {
    const nodes = alike.map(({ node }) => node);
    if (new Set(nodes.map(({ connection }) => accounts.get(connection))).size < 2) continue;
    const suggestion = suggestionAmong(deps, asOrganizations(deps, nodes), []);
    if (suggestion !== null) found.set(suggestion.organizations.map((each) => each.key).join(' '), suggestion);
  }
  return withoutContained([...found.values()]);
}

/** Some share the name, and those and others the domain: the larger suggestion has them all. */
function withoutContained(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const about = Map.groupBy(
    suggestions.flatMap((suggestion) => suggestion.organizations.map(({ key }) => ({ key, suggestion }))),
    ({ key }) => key,
  );
  return suggestions.filter(({ organizations: own }) => {
    const others = about.get(own[0]?.key ?? '')?.map(({ suggestion }) => suggestion.organizations) ?? [];
    return !others.some(
      (all) => all.length > own.length && own.every(({ key }) => all.some((each) => each.key === key)),
    );
  });
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
  const texts = new Set([...(customer === null ? [] : [customerKey(customer)]), ...of.flatMap(comparedBy)]);
  const alike = [...texts].flatMap((text) => organizationsWith(deps, text));
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
    ...open.flatMap(comparedBy).filter((text) => linked.has(text)),
  ]);
  const [key, ...others] = customers;
  if (open.length === 0 || others.length > 0) return null;
  const customer = key === undefined ? undefined : linked.get(key);
  const members = customer?.organizations.flatMap((each) => organizationOf(deps, each) ?? []) ?? [];
  const together = [...members, ...open];
  const accounts = new Set(together.map((each) => organizationOfKey(each.key)?.account));
  if (accounts.size < 2 || !of.every((wanted) => together.some((each) => each.key === wanted.key))) return null;
  const first = [...of, ...open].find(isNamed) ?? of[0] ?? open[0];
  const name = (customer?.name ?? first?.name ?? '').trim();
  return { customer: name, domain: domainAmong(together, open, name), organizations: open, members };
}

/** The domain of one whose name none of the others has. */
function domainAmong(together: readonly Organization[], open: readonly Organization[], customer: string) {
  const hasName = (of: Organization, name: string) => isNamed(of) && customerKey(of.name) === customerKey(name);
  const other = open.find(
    (each) => !hasName(each, customer) && !together.some(({ key, name }) => key !== each.key && hasName(each, name)),
  );
  return other?.domain ?? null;
}

/** Whether an organization may be suggested for a customer of this name. */
export function mayBeSuggested(deps: CustomerDeps, organization: Organization, customer: string): boolean {
  const alike = comparedBy(organization).flatMap((text) => organizationsWith(deps, text));
  return [organization, ...alike].some(({ name }) => customerKey(name) === customerKey(customer));
}
