import { catalog } from '../names/catalog.ts';
import { plainName } from '../names/companies.ts';
import { personName } from '../names/people.ts';
import { dice } from '../seeded-random.ts';
import type { Book } from './dataset.ts';
import { offerAt } from './row.ts';

/** A reseller or broker as the seller's lists show it. */
export function resellerModel(book: Book, reseller: number) {
  const name = book.resellerName(reseller);
  const domain = `${plainName(name)}.example`;
  return {
    id: book.ids.reseller.of(reseller),
    name,
    registrationNumber: String(900_000_000 + reseller * 37),
    vat: `NO${900_000_000 + reseller * 37}MVA`,
    domain,
    notificationEmail: `post@${domain}`,
    supportEmail: `support@${domain}`,
    contact: contact(reseller, domain),
    address: { address: `Storgata ${1 + (reseller % 90)}`, postalCode: '0155', city: 'Oslo', countryCode: 'NO' },
    allowCmpAccess: reseller % 3 !== 0,
  };
}

export function organizationModel(book: Book, organization: number) {
  const name = book.organizationName(organization);
  const domain = `${plainName(name ?? 'kunde').slice(0, 40)}-${organization}.example`;
  return {
    id: book.ids.organization.of(organization),
    name,
    registrationNumber: String(800_000_000 + organization * 13),
    vat: organization % 9 === 0 ? null : `EU${800_000_000 + organization * 13}`,
    customerNumber: `K${10_000 + organization}`,
    notificationEmail: `it@${domain}`,
    contact: contact(organization + 1000, domain),
    resellerId: book.ids.reseller.of(book.resellerOf(organization)),
  };
}

export function serviceModel(book: Book, offer: number) {
  const { service, maker, category, metered, licenseKeys } = offerAt(offer);
  return {
    id: book.ids.service.of(offer),
    name: service,
    vendorName: maker,
    category,
    allowMultipleUsers: !metered,
    licenseKeysEnabled: licenseKeys,
    customProperties: [],
  };
}

/** The place of a service in the catalogue, or null for an id that names none. */
export function offerOf(book: Book, serviceId: string): number | null {
  const offer = book.ids.service.indexOf(serviceId);
  return offer !== null && offer < catalog.length ? offer : null;
}

/** An organization that is there, or null. */
export function organizationOf(book: Book, id: string): number | null {
  const organization = book.ids.organization.indexOf(id);
  return organization !== null && organization < book.organizations ? organization : null;
}

function contact(person: number, domain: string) {
  const name = personName(dice(7), person);
  return { name, email: `${plainName(name)}@${domain}`, phone: `+47 22 ${100_000 + person}`, cellPhone: null };
}
