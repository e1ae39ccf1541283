import { cloudmoreDeadlines } from '../../src/api/cloudmore/deadlines.ts';
import { cloudmore } from '../../src/api/cloudmore/vendor.ts';
import { interworksDeadlines } from '../../src/api/interworks/deadlines.ts';
import { interworks } from '../../src/api/interworks/vendor.ts';
import { lineworksDeadlines } from '../../src/api/lineworks/deadlines.ts';
import { lineworks } from '../../src/api/lineworks/vendor.ts';
import { chargingOf } from '../../src/api/vendor-kind.ts';
import { subscriptionFrom } from '../../src/model/mapped-subscription.ts';
import { type Subscription, statuses } from '../../src/model/subscription.ts';
import type { SafeText } from '../../src/model/text.ts';
import type { FixtureConnection } from './memory-cache.ts';

/** The tests' own safe text: what is written here is safe. */
export function safe(text: string): SafeText {
  return text as SafeText;
}

/** Noon, UTC, 21 November 2026. */
export const noon = Date.UTC(2026, 10, 21, 12);

const portal = () => ({ no: 'The address of the portal is not known.' });

export const connections: readonly FixtureConnection[] = [
  {
    name: 'nordic',
    title: 'Nordic',
    vendor: 'cloudmore',
    deadlines: cloudmoreDeadlines,
    charging: chargingOf(cloudmore, {}),
    portal,
    account: 'nordic',
    implied: [],
  },
  {
    name: 'bss',
    title: 'BSS Athens',
    vendor: 'interworks',
    deadlines: interworksDeadlines,
    charging: chargingOf(interworks, {}),
    portal,
    account: 'bss',
    implied: ['seller', 'reseller'],
  },
  {
    name: 'line',
    title: 'LINE Tokyo',
    vendor: 'lineworks',
    deadlines: lineworksDeadlines,
    charging: chargingOf(lineworks, {}),
    portal,
    account: 'line',
    implied: ['seller', 'reseller'],
  },
];

export function subscription(changes: Partial<Subscription> & { readonly id: string }): Subscription {
  const connection = changes.connection ?? 'nordic';
  return subscriptionFrom({
    ref: `${connection}/${changes.id}`,
    connection,
    vendor: connections.find(({ name }) => name === connection)?.vendor ?? 'cloudmore',
    name: safe(changes.id),
    status: 'active',
    vendorStatus: safe('Active'),
    seller: { id: 's1', name: safe('Nordic Cloud AB') },
    reseller: { id: 'r1', name: safe('Helsinki IT Oy') },
    organization: { id: 'o1', name: safe('Acme Oy') },
    services: [{ id: 'v1', name: safe('Mail') }],
    product: { id: 'p1', name: safe('Mail Pro 1 year') },
    isAddon: false,
    isTrial: false,
    quantity: 25,
    billing: safe('Monthly'),
    term: safe('OneYear'),
    startsAt: '2026-01-01',
    endsAt: '2026-12-12',
    renewal: { mode: 'auto', quantity: null, productId: null, plan: null },
    prices: [{ kind: 'list', amount: '42.00', currency: safe('EUR') }],
    hasLicenseKey: true,
    externalIds: {},
    readAt: '2026-11-21T11:58:00.000Z',
    surprises: [],
    ...changes,
  });
}

/** This many rows over all connections, with a few organizations each. */
export function manyRows(count: number): readonly Subscription[] {
  return Array.from({ length: count }, (_, index) => {
    const connection = connections[index % connections.length]?.name ?? 'nordic';
    const organization = index % 7;
    return subscription({
      id: `sub-${index}`,
      connection,
      name: safe(`${index % 11 === 3 ? '安全なメール' : 'Backup'} ${String(index).padStart(4, '0')}`),
      status: statuses[index % statuses.length] ?? 'active',
      seller: connection === 'nordic' ? { id: 's1', name: safe('Nordic Cloud AB') } : null,
      reseller: connection === 'nordic' ? { id: `r${index % 2}`, name: safe(`Reseller ${index % 2}`) } : null,
      organization: { id: `o${organization}`, name: safe(`Organization ${organization}`) },
      services: [{ id: `v${index % 3}`, name: safe(['Mail', 'Backup', 'Network'][index % 3] ?? 'Mail') }],
      quantity: index % 13 === 0 ? null : (index * 7) % 400,
      endsAt: `2027-0${(index % 9) + 1}-15`,
      cancellableUntil: index % 5 === 0 ? '2026-11-24T12:00:00Z' : null,
    });
  });
}
