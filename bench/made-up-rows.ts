import { createHash } from 'node:crypto';
import type { Reading } from '../src/api/contract.ts';
import { safeText } from '../src/api/text.ts';
import { subscriptionFrom } from '../src/model/mapped-subscription.ts';
import type { Named, Status } from '../src/model/subscription.ts';
import type { VendorId } from '../src/model/vendor.ts';

/** The connections of the cache, one per vendor; row `i` of the cache is row `baseline(i / 5)` of connection `i % 5`. */
export const cacheConnections = [
  { name: 'nordic', title: 'Nordic Cloud', vendor: 'cloudmore' },
  { name: 'adria', title: 'Adria Distribution', vendor: 'interworks' },
  { name: 'vista', title: 'Vista Partners', vendor: 'vmware' },
  { name: 'asahi', title: 'Asahi Works', vendor: 'lineworks' },
  { name: 'iberia', title: 'Iberia CSP', vendor: 'cloudcockpit' },
] as const;

const first =
  'Acme Zenith Borealis Fjord Kestrel Lumen Orion Pivot Quartz Rhône Saga Tundra Umbra Vélo Wexford Århus'.split(' ');
const second = 'Logistics Foods Energy Media Motors Labs Health Textiles Marine Legal Schools Steel Travel Games'.split(
  ' ',
);
const forms = 'Oy AB GmbH Ltd SA ApS Kft s.r.o.'.split(' ');
const japanese = ['東京商事', '大阪電機', '安全メール', '北海道水産', '京都織物', '名古屋製鋼'];
const products =
  'Backup,Mail,Security,Archive,Voice,Endpoint,Compute,Storage,Directory,Connectivity,Office,Analytics'.split(',');
const plans = 'Basic,Standard,Premium,Pro 1 year,Pro 3 years,Business,Enterprise'.split(',');
const currencies = ['EUR', 'SEK', 'USD', 'JPY', 'EUR'];
const day = 86_400_000;

/** Rows computed from their number alone, with dates around a fixed day. */
export function cacheReading(index: number, scale: number, today: number): Reading {
  const which = index % cacheConnections.length;
  const number = Math.floor(index / cacheConnections.length);
  const { name: connection, vendor } = cacheConnections[which] ?? cacheConnections[0];
  const dice = mixed(index);
  const organizations = Math.max(3, Math.floor(scale / cacheConnections.length / 12));
  const organization = mixed(number * 7 + which) % organizations;
  const product = dice % (products.length * plans.length);
  const productName = `${pick(products, product)} ${pick(plans, Math.floor(product / products.length))}`;
  const id = idOf(vendor, number, dice);
  const ends = today + ((dice >>> 3) % 720) * day - 60 * day;
  const status = pick<Status>(
    ['active', 'active', 'active', 'active', 'active', 'suspended', 'pending', 'cancelled', 'expired'],
    dice >>> 7,
  );
  const services = serviceOf(product, dice);
  const isTrial = dice % 23 === 0;
  const subscription = subscriptionFrom({
    ref: `${connection}/${id}`,
    connection,
    vendor,
    id,
    name: safeText(dice % 3 === 0 ? `${productName} ${(dice >>> 5) % 100_000}` : productName),
    status,
    vendorStatus: safeText(status.toUpperCase()),
    seller:
      vendor === 'cloudmore' || vendor === 'cloudcockpit'
        ? named('seller', organization % 3, `Seller ${organization % 3}`)
        : null,
    reseller: resellerOf(vendor, organization, organizations),
    organization: named('org', organization, organizationName(organization, which)),
    services,
    product: named('product', product, productName),
    isAddon: dice % 31 === 0,
    isTrial,
    quantity: dice % 17 === 0 ? null : (dice >>> 11) % 400,
    billing: safeText(pick(['Monthly', 'Annual', 'Triennial'], dice)),
    term: dice % 4 === 0 ? null : safeText(pick(['OneYear', 'ThreeYears', 'OneMonth'], dice >>> 2)),
    startsAt: new Date(ends - 365 * day).toISOString().slice(0, 10),
    endsAt: dice % 19 === 0 ? null : new Date(ends).toISOString(),
    cancellableUntil: dice % 5 === 0 ? new Date(ends - 30 * day).toISOString() : null,
    renewal: isTrial
      ? null
      : { mode: pick(['auto', 'manual', 'none'], dice >>> 4), quantity: null, productId: null, plan: null },
    prices:
      dice % 13 === 0
        ? []
        : [
            {
              kind: 'list',
              amount: `${(dice >>> 6) % 900}.${String(dice % 100).padStart(2, '0')}`,
              currency: safeText(pick(currencies, which)),
            },
          ],
    hasLicenseKey: dice % 6 === 0,
    externalIds: vendor === 'vmware' ? { billingEngineSubscriptionId: `M${13_000_000 + number}` } : {},
    readAt: new Date(today - (index % 1000)).toISOString(),
    surprises: [],
  });
  return {
    subscription,
    raw: { id, name: subscription.name, status: subscription.vendorStatus, quantity: subscription.quantity },
  };
}

function idOf(vendor: VendorId, number: number, dice: number): string {
  if (vendor === 'interworks') return String(100_000 + number);
  if (vendor === 'lineworks') return `${400_000_000 + number}`;
  const hex = createHash('md5').update(`${vendor} ${number} ${dice}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function organizationName(organization: number, which: number): string {
  const dice = mixed(organization * 31 + which);
  if (which === 3) return `${pick(japanese, dice)} ${organization}`;
  return `${pick(first, dice)} ${pick(second, dice >>> 5)} ${pick(forms, dice >>> 10)} ${organization}`;
}

function resellerOf(vendor: VendorId, organization: number, organizations: number): Named | null {
  if (vendor === 'interworks' || vendor === 'lineworks') return null;
  if (vendor === 'cloudcockpit' && organization % 10 === 0) return null;
  const reseller = organization % Math.max(2, Math.floor(organizations / 25));
  return named('reseller', reseller, `${pick(first, reseller)} IT ${pick(forms, reseller >>> 2)} ${reseller}`);
}

function serviceOf(product: number, dice: number): readonly Named[] {
  const main = product % products.length;
  const service = (which: number) => named('service', which, pick(products, which));
  if (dice % 29 === 0) return [];
  return dice % 11 === 0 ? [service(main), service((main + 1) % products.length)] : [service(main)];
}

function named(kind: string, number: number, name: string): Named {
  return { id: `${kind}-${number}`, name: safeText(name) };
}

function pick<Value>(values: readonly Value[], dice: number): Value {
  const value = values[dice % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** A 31-bit hash, the same for the same input. */
function mixed(number: number): number {
  let bits = Math.imul(number + 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 1) & 0x7fffffff;
}
