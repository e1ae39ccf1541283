import type { Customer } from '../customers/customer.ts';
import { pinsOf } from '../customers/customer.ts';
import { type CustomerPage, customerPage } from '../customers/customer-page.ts';
import type { CustomerDeps } from '../customers/organization.ts';
import { rulesIn } from '../today/next-step.ts';
import { accountsIn, basesIn } from '../today/today.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import type { ReadingContext } from './context.ts';

export type CustomerContext = Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'journal'>;

export function customerDeps({ cache, connections, journal }: CustomerContext): CustomerDeps {
  return { cache, journal, connections: connections.list };
}

/** The page of a customer. No call is made. */
export async function pageOf(context: CustomerContext, customer: Customer): Promise<CustomerPage> {
  const { cache, clock, connections, journal } = context;
  const asking = await connectionsWithAddons(
    context,
    pinsOf(customer).map(({ connection }) => connection),
  );
  const deps = {
    ...{ cache, journal, usual: usualDurations(journal), asksAddons: (name: string) => asking.has(name) },
    ...{
      rulesOf: rulesIn(connections.list),
      accountOf: accountsIn(connections.list),
      basisOf: basesIn(connections.list),
    },
  };
  return customerPage(deps, customer, clock.now());
}

/** Those of the connections that can list the add-ons of a subscription. */
export async function connectionsWithAddons(
  { connections }: Pick<CustomerContext, 'connections'>,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const all = [...new Set(names)].map(async (name) => ({ name, no: await connections.whyNot(name, 'addons') }));
  const asked = await Promise.allSettled(all);
  return new Set(asked.flatMap((end) => (end.status === 'fulfilled' && end.value.no === null ? [end.value.name] : [])));
}
