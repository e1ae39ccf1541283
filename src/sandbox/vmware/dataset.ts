import { counted } from '../ids.ts';
import { withinOfficeHours } from '../office-hours.ts';
import { salt, seededRandom } from '../seeded-random.ts';
import { dayLength } from '../time.ts';
import { assumptions } from './assumptions.ts';
import { type Parties, parties } from './parties.ts';
import { type CatalogService, catalog, iconOf } from './services.ts';
import type { CustomerRef, DistributorSubscription, ServiceRef } from './wire.ts';

/** The distributor's subscriptions, each computed from its index. Indexes rise with the end date, those without one last. */
export interface Dataset {
  readonly size: number;
  readonly parties: Parties;
  id(index: number): string;
  indexOf(id: string): number | null;
  billingEngineId(index: number): string;
  customerName(index: number): string;
  isInactive(index: number): boolean;
  services(index: number): readonly CatalogService[];
  subscription(index: number): DistributorSubscription;
}

const daysBehind = 150;
const daysAhead = 1100;
/** On-demand subscriptions run until somebody ends them: the last four in a hundred have no end date. */
const openEndedShare = 0.04;
const expirySoon = 30 * dayLength;

const streams = {
  id: salt('vmware id'),
  billing: salt('vmware billing engine id'),
  status: salt('vmware status'),
  renewal: salt('vmware renewal'),
  service: salt('vmware service'),
  services: salt('vmware services'),
  term: salt('vmware term'),
  currency: salt('vmware currency'),
  source: salt('vmware order source'),
};

export function dataset(seed: number, size: number, today: number): Dataset {
  const throwing = seededRandom(seed);
  const who = parties(seed, size);
  const ids = counted(seed, streams.id, 34_563, 9);
  const inactive: ReadonlySet<string> = new Set(assumptions.inactive);

  /** Ids are opaque: one in ninety-seven holds a slash, spaces, a percent sign and letters beyond ASCII. */
  const id = (index: number) => {
    const number = ids.of(index);
    return index % 97 === 41 ? `EA/${number} 100% Zürich` : String(number);
  };
  const openEnded = (index: number) => index >= size - Math.floor(size * openEndedShare);
  const endOf = (index: number) =>
    withinOfficeHours(today + Math.floor(((index / size) * (daysBehind + daysAhead) - daysBehind) * dayLength));

  const status = (index: number): string => {
    const luck = throwing.below(streams.status, index, 100);
    if (!openEnded(index) && endOf(index) < today) {
      if (luck < 60) return 'EXPIRED';
      if (luck < 80) return 'CANCELLED';
      return luck < 95 ? 'TERMINATED' : 'ERROR';
    }
    if (index % 311 === 200) return 'MIGRATING';
    if (luck < 3) return 'CANCELLED';
    if (luck < 5) return 'TERMINATED';
    if (luck < 7) return 'SUSPENDED';
    if (luck < 9) return luck < 8 ? 'SUBMITTED' : 'CREATED';
    return luck < 40 && !openEnded(index) && endOf(index) < today + expirySoon ? 'PENDING_EXPIRY' : 'ACTIVE';
  };

  const services = (index: number): readonly CatalogService[] => {
    const luck = throwing.below(streams.services, index, 100);
    const count = luck < 78 ? 1 : luck < 94 ? 2 : luck < 98 ? 3 : 0;
    const first = throwing.below(streams.service, index, catalog.length);
    return Array.from({ length: count }, (_, at) => catalog[(first + at * 3) % catalog.length] ?? catalog[0]);
  };

  const customer = (index: number) => who.customer(who.customerOfRow(index));

  return {
    size,
    parties: who,
    id,
    indexOf: (text) => {
      const number = /^(?:EA\/)?(\d+)/.exec(text)?.[1];
      const index = number === undefined ? null : ids.indexOf(Number(number));
      return index !== null && index < size && id(index) === text ? index : null;
    },
    billingEngineId: (index) => `M${13_130_022 + index * 3}`,
    customerName: (index) => customer(index).name,
    isInactive: (index) => inactive.has(status(index)),
    services,
    subscription: (index) => {
      const buyer = customer(index);
      const renewing = status(index) === 'PENDING_EXPIRY' ? 0 : throwing.below(streams.renewal, index, 100);
      const months = throwing.pick(streams.term, index, [12, 12, 36, 1]);
      const end = endOf(index);
      return {
        id: id(index),
        billingEngineSubscriptionId: `M${13_130_022 + index * 3}`,
        ...(index % 211 === 100 ? {} : { customerOrgId: buyer.orgId }),
        customerRef: customerRef(index, buyer.name, buyer.orgId),
        ...(index % 149 === 60 ? {} : { resellerRef: who.reseller(buyer.reseller) }),
        ...(index % 173 === 90 ? {} : { serviceRefs: services(index).map(serviceRef) }),
        renewalPreference:
          renewing < 10 ? 'CANCEL' : renewing < 60 ? 'AUTO' : renewing < 80 ? 'MANUAL' : 'NOT_SELECTED',
        status: status(index),
        subscriptionStartDate: instant(end - Math.round(months * 30.4375) * dayLength),
        ...(openEnded(index) ? {} : { subscriptionEndDate: instant(end) }),
        currency: throwing.pick(streams.currency, index, ['USD', 'USD', 'EUR', 'GBP', 'JPY']),
        orderSourceType: throwing.pick(streams.source, index, ['MARKETPLACE_2T', 'PARTNER_2T', 'VMWARE']),
        subscriptionGroupId: `SG-${who.customerOfRow(index)}-${months}`,
        subscriptionType: openEnded(index) ? 'ONDEMAND' : 'COMMIT',
      };
    },
  };
}

/** The document's sample gives a name and nothing more; one in five rows does too. */
function customerRef(index: number, name: string, orgId: string): CustomerRef {
  return index % 5 === 3 ? { name } : { name, orgId, orgName: name };
}

function serviceRef(service: CatalogService): ServiceRef {
  return { id: service.id, name: service.name, serviceIcon: iconOf(service) };
}

/** ISO 8601 in UTC without fractions, as the sample writes it. */
function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
