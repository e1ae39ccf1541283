import type { AccountKey } from './account.ts';
import { nameKey } from './name-key.ts';

/** An organization, through whatever connection of its account. */
export interface OrganizationPlace {
  readonly account: AccountKey;
  readonly id: string;
}

/** Identifies an organization: an account may be connected under several names, and be renamed. */
export function organizationKey({ account, id }: OrganizationPlace): string {
  return JSON.stringify([account, id]);
}

/** The organization of an `organizationKey`; null for another text. */
export function organizationOfKey(key: string): OrganizationPlace | null {
  try {
    const parsed: unknown = JSON.parse(key);
    const [account, id] = Array.isArray(parsed) ? parsed : [];
    return typeof account === 'string' && typeof id === 'string' ? { account, id } : null;
  } catch {
    return null;
  }
}

/** What customers are compared by: their whole name, the legal form included. */
export const customerKey = nameKey;

export const linkActions = ['link', 'unlink'] as const;
export type LinkAction = (typeof linkActions)[number];

/** One line of what a person said of an organization. Lines are added and never changed; the last one counts. */
export interface CustomerLink {
  readonly action: LinkAction;
  /** The customer's name. */
  readonly customer: string;
  /** The organization's name when the line was written. */
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: string;
}

/** By `organizationKey`; null: its last line cannot be read, so it counts as not linked. */
export type CustomerLinks = ReadonlyMap<string, CustomerLink | null>;

/** What a person says of some organizations at once. */
export interface LinkRequest extends Omit<CustomerLink, 'name'> {
  readonly organizations: readonly { readonly key: string; readonly name: string }[];
}

export type LinkOutcome =
  /** How many lines were added; 0: everything was said before. */
  | { readonly kind: 'kept'; readonly added: number }
  /** An organization belongs to another customer; nothing was added. */
  | { readonly kind: 'taken'; readonly key: string; readonly name: string; readonly customer: string };

/** The customer that an organization belongs to, or null. */
function customerOf(links: CustomerLinks, key: string): string | null {
  const last = links.get(key) ?? null;
  return last?.action === 'link' ? last.customer : null;
}

/** The lines to add, all or none: an organization belongs to at most one customer, and nothing is said twice. */
export function linesOf(
  links: CustomerLinks,
  { organizations, ...said }: LinkRequest,
): readonly { readonly key: string; readonly line: CustomerLink }[] | Extract<LinkOutcome, { kind: 'taken' }> {
  const wanted = customerKey(said.customer);
  const lines: { readonly key: string; readonly line: CustomerLink }[] = [];
  for (const { key, name } of new Map(organizations.map((each) => [each.key, each])).values()) {
    const customer = customerOf(links, key);
    if (customer !== null && customerKey(customer) !== wanted) return { kind: 'taken', key, name, customer };
    if (links.get(key)?.action === said.action) continue;
    lines.push({ key, line: { ...said, name } });
  }
  return lines;
}

/** Organizations that people said are one customer. */
export interface LinkedCustomer {
  /** `customerKey` of its name. */
  readonly key: string;
  readonly name: string;
  /** Keys of its organizations, sorted. */
  readonly organizations: readonly string[];
}

/** Every customer with at least one organization, by `customerKey`. The same whatever the order of the lines was. */
export function linkedCustomers(links: CustomerLinks): ReadonlyMap<string, LinkedCustomer> {
  const members = [...links].flatMap(([organization, last]) =>
    last?.action === 'link' ? [{ organization, name: last.customer }] : [],
  );
  return new Map(
    [...Map.groupBy(members, ({ name }) => customerKey(name))].map(([key, all]): [string, LinkedCustomer] => {
      // People may write it in several ways: one of them, whatever came last.
      const [name = ''] = all.map((each) => each.name).sort();
      return [key, { key, name, organizations: all.map(({ organization }) => organization).sort() }];
    }),
  );
}
