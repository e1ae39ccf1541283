import { plainName, resellerName } from '../names/companies.ts';
import { hardNames } from '../names/hard.ts';
import { organizationName } from '../names/organizations.ts';
import { personName } from '../names/people.ts';
import { acme, amongCustomers, bergmann, hollenstein, kuusela, tokai } from '../names/shared-customers.ts';
import { mix, type SeededRandom, salt, seededRandom } from '../seeded-random.ts';
import { type Spread, spread } from '../spread.ts';
import type { DatasetIds } from './ids.ts';
import type { Customer, Reseller } from './wire.ts';

/** The tenant's resellers and customers, computed from their index. Every ninth customer is direct: it has no reseller. */
export interface Parties {
  readonly customers: number;
  readonly resellers: number;
  /** Which customer owns which of the first subscriptions. */
  readonly owners: Spread;
  customer(index: number): Customer;
  reseller(index: number): Reseller;
  resellerOf(customer: number): number | null;
  customerIndex(id: string): number | null;
  resellerIndex(id: string): number | null;
  currency(customer: number): string;
}

const subscriptionsPerCustomer = 9;
const customersPerReseller = 14;
const idleCustomers = 3;

const sharedCustomer = amongCustomers([
  acme,
  kuusela,
  hollenstein,
  tokai,
  { ...bergmann, name: 'Bergmann Druckerei AG' },
]);

export function parties(seed: number, ids: DatasetIds, subscriptions: number): Parties {
  const throwing = seededRandom(mix(seed, salt('cloudcockpit'), 0));
  const buying = Math.max(1, Math.ceil(subscriptions / subscriptionsPerCustomer));
  const customers = buying + idleCustomers;
  const resellers = Math.max(1, Math.ceil(customers / customersPerReseller));
  const owners = spread(seed, salt('cloudcockpit owners'), subscriptions, buying);
  const resellerOf = (customer: number) =>
    customer % 9 === 2 ? null : throwing.below(salt('cloudcockpit reseller of'), customer, resellers);
  const within = (index: number | null, size: number) => (index !== null && index < size ? index : null);
  return {
    customers,
    resellers,
    owners: {
      ownerOf: owners.ownerOf,
      rowsOf: (customer) => (customer < buying ? owners.rowsOf(customer) : []),
    },
    resellerOf,
    customer: (index) => customer(throwing, ids, index, resellerOf(index)),
    reseller: (index) => reseller(throwing, ids, index),
    customerIndex: (id) => within(ids.customer.indexOf(id), customers),
    resellerIndex: (id) => within(ids.reseller.indexOf(id), resellers),
    currency: (index) =>
      throwing.pick(salt('cloudcockpit currency'), index, ['EUR', 'EUR', 'USD', 'CHF', 'GBP', 'JPY']),
  };
}

function customer(throwing: SeededRandom, ids: DatasetIds, index: number, resellerIndex: number | null): Customer {
  const shared = sharedCustomer(index);
  const companyName =
    index % 71 === 30
      ? throwing.pick(salt('cloudcockpit hard'), index, hardNames)
      : (shared?.name ?? organizationName(throwing, index));
  const domain = shared?.domain ?? `${plainName(companyName).slice(0, 30)}.example`;
  return {
    id: ids.customer.of(index),
    companyName,
    domain,
    taxId: index % 3 === 1 ? null : `DE${String(100_000_000 + index * 7)}`,
    country: throwing.pick(salt('cloudcockpit country'), index, ['DE', 'AT', 'CH', 'NL', 'JP']),
    addressLine1: `Hauptstraße ${1 + (index % 200)}`,
    city: throwing.pick(salt('cloudcockpit city'), index, ['Köln', 'Graz', 'Zürich', '’s-Hertogenbosch', '横浜']),
    zipCode: String(10_000 + (index % 80_000)),
    email: `it@${domain}`,
    phone: index % 4 === 0 ? null : `+49 221 555${String(index % 10_000).padStart(4, '0')}`,
    internalIdentifier: index % 2 === 0 ? `K-${index}` : null,
    resellerId: resellerIndex === null ? null : ids.reseller.of(resellerIndex),
    providerCustomers: [
      { providerInstanceId: ids.provider.of(0), providerCustomerId: ids.provided.of(1_000_000_000 + index) },
    ],
    customerAssociations: [],
  };
}

function reseller(throwing: SeededRandom, ids: DatasetIds, index: number): Reseller {
  const companyName = resellerName(throwing, index);
  const [firstName = '', lastName = ''] = personName(throwing, index).split(' ');
  return {
    id: ids.reseller.of(index),
    companyName,
    country: throwing.pick(salt('cloudcockpit reseller country'), index, ['DE', 'AT', 'CH', 'NL']),
    addressLine1: `Ring ${1 + index}`,
    addressLine2: index % 3 === 0 ? 'Aufgang B' : null,
    city: throwing.pick(salt('cloudcockpit reseller city'), index, ['Köln', 'Graz', 'Zürich', 'Utrecht']),
    state: null,
    zipCode: String(50_000 + index),
    firstName,
    lastName,
    email: `office@${plainName(companyName)}.example`,
    phone: index % 2 === 0 ? `+49 30 555${String(index).padStart(4, '0')}` : null,
  };
}
