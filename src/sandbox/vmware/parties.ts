import { resellerName } from '../names/companies.ts';
import { hardNames } from '../names/hard.ts';
import { organizationName } from '../names/organizations.ts';
import { acme, amongCustomers, hollenstein, tokai, vallmark } from '../names/shared-customers.ts';
import { mix, type SeededRandom, salt, seededRandom } from '../seeded-random.ts';
import { spread } from '../spread.ts';
import type { ResellerRef } from './wire.ts';

export interface Customer {
  readonly name: string;
  readonly orgId: string;
  readonly reseller: number;
}

/** Who buys through whom. The last few customers have bought nothing yet. */
export interface Parties {
  readonly customers: number;
  customer(index: number): Customer;
  reseller(index: number): ResellerRef;
  customerOfRow(row: number): number;
  rowsOfCustomer(customer: number): Iterable<number>;
}

const subscriptionsPerCustomer = 7;
const customersPerReseller = 12;
const idleCustomers = 3;

const sharedCustomer = amongCustomers([acme, hollenstein, tokai, vallmark]);

export function parties(seed: number, subscriptions: number): Parties {
  const throwing = seededRandom(mix(seed, salt('vmware'), 0));
  const buying = Math.max(1, Math.ceil(subscriptions / subscriptionsPerCustomer));
  const customers = buying + idleCustomers;
  const resellers = Math.max(1, Math.ceil(customers / customersPerReseller));
  const owners = spread(seed, salt('vmware customer'), subscriptions, buying);
  const resellerOf = (customer: number) => throwing.below(salt('vmware reseller of'), customer, resellers);
  return {
    customers,
    customer: (index) => ({
      name: customerName(throwing, index),
      orgId: orgIdOf(seed, salt('vmware customer org'), index),
      reseller: resellerOf(index),
    }),
    reseller: (index) => ({
      name: resellerName(throwing, index),
      orgId: orgIdOf(seed, salt('vmware reseller org'), index),
      partnerId: String(112_341_234 + index * 17),
    }),
    customerOfRow: owners.ownerOf,
    rowsOfCustomer: (customer) => (customer < buying ? owners.rowsOf(customer) : []),
  };
}

function customerName(throwing: SeededRandom, index: number): string {
  if (index % 61 === 19) return throwing.pick(salt('vmware hard'), index, hardNames);
  return sharedCustomer(index)?.name ?? organizationName(throwing, index);
}

/** Organization ids look like the sample's: three groups of letters and digits, not a UUID. */
function orgIdOf(seed: number, stream: number, index: number): string {
  const group = (part: number, length: number) =>
    mix(seed, stream + part, index)
      .toString(36)
      .padStart(length, '0')
      .slice(-length);
  return `${group(0, 4)}${index.toString(36).padStart(4, '0')}-${group(1, 5)}-${group(2, 6)}`;
}
