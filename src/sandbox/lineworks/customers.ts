import { counted } from '../ids.ts';
import { plainName } from '../names/companies.ts';
import { hardNames } from '../names/hard.ts';
import { organizationName } from '../names/organizations.ts';
import { personName } from '../names/people.ts';
import { acme, amongCustomers, lindholm, tokai } from '../names/shared-customers.ts';
import { mix, type SeededRandom, salt, seededRandom } from '../seeded-random.ts';
import type { Customer } from './wire.ts';

/** The partner's customers, each a domain, computed from their index. */
export interface Customers {
  readonly size: number;
  get(index: number): Customer;
  domainId(index: number): number;
  indexOf(domainId: string): number | null;
  /** All indexes by company name. */
  sorted(): readonly number[];
}

const streams = {
  domain: salt('lineworks domain'),
  hard: salt('lineworks hard'),
  locale: salt('lineworks locale'),
  product: salt('lineworks customer product'),
};

const sharedCustomer = amongCustomers([acme, tokai, { ...lindholm, name: 'Lindholm Shipping' }]);

export function customers(seed: number, size: number): Customers {
  const throwing = seededRandom(mix(seed, salt('lineworks customers'), 0));
  const ids = counted(seed, streams.domain, 10_000_001, 13);
  let order: readonly number[] | null = null;
  const nameOf = (index: number) =>
    index % 29 === 11
      ? throwing.pick(streams.hard, index, hardNames)
      : (sharedCustomer(index)?.name ?? organizationName(throwing, index));
  return {
    size,
    get: (index) => customer(throwing, index, ids.of(index), nameOf(index)),
    domainId: ids.of,
    indexOf: (domainId) => {
      const index = /^\d{1,15}$/.test(domainId) ? ids.indexOf(Number(domainId)) : null;
      return index !== null && index < size ? index : null;
    },
    sorted: () => {
      order ??= Array.from({ length: size }, (_, index) => ({ index, name: nameOf(index) }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index))
        .map(({ index }) => index);
      return order;
    },
  };
}

function customer(throwing: SeededRandom, index: number, domainId: number, companyName: string): Customer {
  const domain = sharedCustomer(index)?.domain ?? `${plainName(companyName).slice(0, 20)}-${index}.example`;
  const [lastName = '', firstName = ''] = personName(throwing, index).split(' ').reverse();
  return {
    tenantId: domainId + 500_000_000,
    domainId,
    domain,
    productId: throwing.pick(streams.product, index, ['STD', 'ADV', 'STD_T', 'FR', null]),
    companyName,
    phoneNumber: index % 4 === 1 ? null : `+81-3-5550-${String(1000 + (index % 9000))}`,
    timeZone: 'Asia/Tokyo',
    locale: throwing.pick(streams.locale, index, ['ja_JP', 'ja_JP', 'ko_KR', 'en_US', 'zh_TW', 'zh_CN']),
    enableActiveMxrecord: index % 3 === 0,
    enableActiveDomain: true,
    domainType: index % 7 === 5 ? 'GROUP' : 'DOMAIN',
    administrator: {
      lastName,
      firstName,
      id: `admin@${domain}`,
      privateEmail: `admin${index}@mail.example`,
      cellphone: `090-5550-${String(1000 + (index % 9000))}`,
      countryCode: '+81',
    },
    partnership: {
      status: index % 17 === 8 ? 'TRANSFER_READY' : 'PARTNERED',
      customerCode: `C-${String(index).padStart(6, '0')}`,
      enablePartnerProfileDisplay: index % 2 === 0,
      memo: index % 10 === 3 ? '請求は四半期ごと' : '',
    },
  };
}
