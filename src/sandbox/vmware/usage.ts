import type { Dataset } from './dataset.ts';
import type { ResellerCustomers } from './wire.ts';

/** Every reseller with its customers and what they use; customers that bought nothing are there too. */
export function* usageByReseller(dataset: Dataset): Generator<ResellerCustomers> {
  const { parties } = dataset;
  const customersOf = new Map<number, number[]>();
  for (let customer = 0; customer < parties.customers; customer++) {
    const { reseller } = parties.customer(customer);
    const own = customersOf.get(reseller);
    if (own) own.push(customer);
    else customersOf.set(reseller, [customer]);
  }
  for (const [reseller, customers] of customersOf) {
    const { name, partnerId } = parties.reseller(reseller);
    yield {
      resellerName: name,
      resellerPRMId: partnerId,
      customers: customers.map((customer) => {
        const { name: customerName, orgId } = parties.customer(customer);
        return { customerName, customerOrgId: orgId, serviceRef: servicesOf(dataset, customer) };
      }),
    };
  }
}

function servicesOf(dataset: Dataset, customer: number): { readonly id: string; readonly name: string }[] {
  const services = new Map<string, string>();
  for (const index of dataset.parties.rowsOfCustomer(customer)) {
    for (const { id, name } of dataset.services(index)) services.set(id, name);
  }
  return [...services].map(([id, name]) => ({ id, name }));
}
