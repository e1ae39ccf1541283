import { catalog } from '../names/catalog.ts';
import { plainName } from '../names/companies.ts';
import { personName } from '../names/people.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Dataset } from './dataset.ts';
import { offerAt } from './row.ts';
import { sharedCustomer } from './shared-customers.ts';

/** A reseller or broker as the seller's lists show it. */
export function resellerModel(dataset: Dataset, reseller: number) {
  const name = dataset.resellerName(reseller);
  const domain = `${plainName(name)}.example`;
  return {
    id: dataset.ids.reseller.of(reseller),
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

export function organizationModel(dataset: Dataset, organization: number) {
  const name = dataset.organizationName(organization);
  const domain =
    sharedCustomer(organization)?.domain ?? `${plainName(name ?? 'kunde').slice(0, 40)}-${organization}.example`;
  return {
    id: dataset.ids.organization.of(organization),
    name,
    registrationNumber: String(800_000_000 + organization * 13),
    vat: organization % 9 === 0 ? null : `EU${800_000_000 + organization * 13}`,
    customerNumber: `K${10_000 + organization}`,
    notificationEmail: `it@${domain}`,
    contact: contact(organization + 1000, domain),
    resellerId: dataset.ids.reseller.of(dataset.resellerOf(organization)),
  };
}

export function serviceModel(dataset: Dataset, offer: number) {
  const { service, maker, category, metered, licenseKeys } = offerAt(offer);
  return {
    id: dataset.ids.service.of(offer),
    name: service,
    vendorName: maker,
    category,
    allowMultipleUsers: !metered,
    licenseKeysEnabled: licenseKeys,
    customProperties: [],
  };
}

/** The place of a service in the catalogue, or null for an id that names none. */
export function offerOf(dataset: Dataset, serviceId: string): number | null {
  const offer = dataset.ids.service.indexOf(serviceId);
  return offer !== null && offer < catalog.length ? offer : null;
}

/** An organization that is there, or null. */
export function organizationOf(dataset: Dataset, id: string): number | null {
  const organization = dataset.ids.organization.indexOf(id);
  return organization !== null && organization < dataset.organizations ? organization : null;
}

function contact(person: number, domain: string) {
  const name = personName(seededRandom(7), person);
  return { name, email: `${plainName(name)}@${domain}`, phone: `+47 22 ${100_000 + person}`, cellPhone: null };
}
