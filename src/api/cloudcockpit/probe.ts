import * as v from 'valibot';
import { beginOf } from '../../model/date-text.ts';
import type { Reading } from '../contract.ts';
import type { Query } from '../http/url-path.ts';
import { path } from '../http/url-path.ts';
import type { ProbeReport } from '../probe/report.ts';
import { type Checked, type Checks, fails, fieldsHold, holds, open, runProbe, statusWordsHold } from '../probe/run.ts';
import { shapeOf } from '../probe/shapes.ts';
import type { VendorSetup } from '../setup.ts';
import { cloudcockpitAssumptions, queryNames, stableSort } from './assumptions.ts';
import { type CloudcockpitClient, namesOf, openClient, subscriptionsPath } from './client.ts';
import { type Company, directoryOf } from './directory.ts';
import { pageWire } from './wire.ts';

interface Sample {
  readonly client: CloudcockpitClient;
  readonly signal: AbortSignal | undefined;
  readonly rows: readonly unknown[];
  readonly readings: readonly Reading[];
  /** Whose subscriptions the rows are. */
  readonly customer: string | null;
  readonly detail: unknown;
  readonly customers: readonly Company[];
}

const onlyAChange = 'Only a write can show it.';

const checks: Checks<typeof cloudcockpitAssumptions, Sample> = {
  'status-filter-name': statusFilterCheck,
  'query-names': sortCheck,
  'stable-sort': 'Only a list that changes during the probe can show it.',
  'omitted-renewal': onlyAChange,
  'immediate-change': onlyAChange,
  'late-cancellation': onlyAChange,
  'correlation-id': 'Every call carries one, so the probe cannot show whether it is required.',
  'cloudcockpit-status-words': statusWordsHold,
  'list-fields': ({ rows }) =>
    fieldsHold(rows, [
      ...['id', 'customerId', 'subscriptionName', 'subscriptionStatus', 'startDate', 'endDate', 'quantity'],
      'autoRenewal',
    ]),
  'detail-fields': ({ detail }) =>
    fieldsHold(detail === null ? [] : [detail], ['id', 'customerId', 'name', 'status', 'quantity', 'autoRenewEnabled']),
  'conflict-sides': onlyAChange,
  'search-columns': 'The results of a search do not prove which fields it covers.',
  'customer-domain': domainCheck,
  'price-per-unit': 'Only an invoice can show it.',
  'currency-code': currencyCheck,
};

/** Reads the list of one customer and one subscription by itself. Throws `FaultError` where nothing can be read. */
export async function probeCloudcockpit(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport> {
  const client = openClient(setup);
  const { customers } = await directoryOf(client, { signal, onIncomplete: () => {} });
  let [rows, customer]: [readonly unknown[], string | null] = [[], null];
  // One that has several statuses says more.
  for (const { id } of customers.slice(0, 20)) {
    const found = await page(client, id, {}, signal);
    if (found === null || found.items.length <= rows.length) continue;
    [rows, customer] = [found.items, id];
    if (rows.length >= 50) break;
  }
  const readings = rows
    .map((row) => client.readingOf(row, customer, namesOf(null)))
    .filter((reading) => reading !== null);
  const id = readings[0]?.subscription.id;
  const one = customer === null || id === undefined ? null : subscriptionsPath(customer) + path`/${id}`;
  const detail = one === null ? null : (await client.probe.ask({ path: one, signal })).body;
  const nobody = '00000000-0000-0000-0000-000000000001';
  return runProbe({
    vendor: 'cloudcockpit',
    assumptions: cloudcockpitAssumptions,
    client: client.probe,
    sample: { client, signal, rows, readings, customer, detail, customers },
    checks,
    shapes: [shapeOf('a single subscription', detail === null ? [] : [detail])],
    error:
      customer === null
        ? null
        : await client.probe.ask({ path: subscriptionsPath(customer) + path`/${nobody}`, signal }),
  });
}

async function page(client: CloudcockpitClient, customer: string, more: Query, signal: AbortSignal | undefined) {
  const query = { pageNumber: 1, pageSize: 200, ...more };
  const { status, body } = await client.probe.ask({ path: subscriptionsPath(customer), query, signal });
  const found = v.safeParse(pageWire, body);
  return status < 300 && found.success ? found.output : null;
}

/** One word alone has to leave as many rows as have it. */
async function statusFilterCheck({ client, signal, readings, customer }: Sample): Promise<Checked> {
  const words = readings.flatMap(({ subscription }) => subscription.vendorStatus ?? []);
  const word = words.find((one) => words.some((other) => other !== one)) ?? null;
  if (customer === null || word === null) return open('No customer has subscriptions with two statuses.');
  const expected = words.filter((one) => one === word).length;
  const obeyed: string[] = [];
  for (const name of ['subscriptionStatuses', 'statuses'] as const) {
    const found = await page(client, customer, { [name]: word }, signal);
    if (found?.items.length === expected) obeyed.push(name);
  }
  if (obeyed.length === 0) return fails('Neither name of the filter changes the list.');
  return holds(`The vendor applies ${obeyed.join(' and ')}.`);
}

async function sortCheck({ client, signal, customer, rows }: Sample): Promise<Checked> {
  if (customer === null || rows.length < 3) return open('No customer has enough subscriptions.');
  const inOrder = async (ascending: boolean) => {
    const names = { [queryNames.sort]: stableSort, [queryNames.ascending]: String(ascending) };
    const items = (await page(client, customer, names, signal))?.items ?? [];
    const starts = items.map((item) => beginOf(String(Object(item).startDate)) ?? Number.NaN);
    const sorted = [...starts].sort((one, other) => (ascending ? one - other : other - one));
    return starts.length > 2 && starts.every((start, at) => start === sorted[at]);
  };
  return (await inOrder(true)) && (await inOrder(false))
    ? holds('The vendor applies the order in both directions.')
    : fails('The vendor does not apply the order.');
}

function domainCheck({ customers }: Sample): Checked {
  if (customers.length === 0) return open('There is no customer.');
  const known = customers.filter(({ domain }) => domain !== null).length;
  return known === 0
    ? fails('No customer has a domain.')
    : holds(`${known} of ${customers.length} customers have one.`);
}

function currencyCheck({ readings }: Sample): Checked {
  const currencies = readings.flatMap(({ subscription }) =>
    subscription.prices.flatMap(({ currency }) => currency ?? []),
  );
  if (currencies.length === 0) return open('No price has a currency.');
  const others = currencies.filter((currency) => !/^[A-Z]{3}$/.test(currency)).length;
  return others === 0
    ? holds(`All ${currencies.length} consist of three capital letters.`)
    : fails(`${others} do not consist of three capital letters.`);
}
