import type { Sight } from './access.ts';
import type { Dataset } from './dataset.ts';
import { wrongProperty } from './errors.ts';
import { page, type Query, readFlag, readWindow } from './paging.ts';
import type { Customer, ListPage, Reseller } from './wire.ts';

/** `GET /v1/Resellers`, by company name. Throws Refused. */
export function listResellers({ parties }: Dataset, query: Query): ListPage<Reseller> {
  const all = Array.from({ length: parties.resellers }, (_, index) => parties.reseller(index));
  const found = all.filter(searched(query, { 'Company.Name': (reseller) => reseller.companyName }));
  return sortedPage(found, query);
}

/** What a search of customers looks through, by the name of the field. */
const customerFields: Readonly<Record<string, (customer: Customer) => string>> = {
  'Company.Name': ({ companyName }) => companyName,
  Domain: ({ domain }) => domain,
  InternalIdentifier: ({ internalIdentifier }) => internalIdentifier ?? '',
  ProviderCustomerId: ({ providerCustomers }) => providerCustomers.map((own) => own.providerCustomerId).join('\n'),
};

/** `GET /v1/Customers`, by company name: those that the caller sees. Throws Refused. */
export function listCustomers({ parties }: Dataset, sight: Sight, query: Query): ListPage<Customer> {
  const resellerId = query('resellerId');
  const keeps = searched(query, customerFields);
  const found: Customer[] = [];
  for (let index = 0; index < parties.customers; index++) {
    if (!sight.sees(index)) continue;
    const customer = parties.customer(index);
    if (keeps(customer) && (resellerId === undefined || customer.resellerId === resellerId)) found.push(customer);
  }
  return sortedPage(found, query);
}

function searched<Item>(
  query: Query,
  fields: Readonly<Record<string, (item: Item) => string>>,
): (item: Item) => boolean {
  const wanted = (query('searchValue') ?? '').toLowerCase();
  const name = query('searchField') ?? 'Company.Name';
  const field = Object.entries(fields).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  if (field === undefined) throw wrongProperty('SearchField', `'${name}' is not a field to search.`);
  return (item) => wanted === '' || field(item).toLowerCase().includes(wanted);
}

function sortedPage<Item extends { readonly companyName: string }>(found: Item[], query: Query): ListPage<Item> {
  const window = readWindow(query);
  const direction = readFlag(query, 'ascendingOrder') === false ? -1 : 1;
  found.sort((a, b) => (a.companyName < b.companyName ? -direction : a.companyName > b.companyName ? direction : 0));
  return page(found.length, (at) => itemAt(found, at), window);
}

function itemAt<Item>(items: readonly Item[], at: number): Item {
  const item = items[at];
  if (item === undefined) throw new RangeError('A page reaches beyond its list.');
  return item;
}
