import * as v from 'valibot';
import type { Reading } from '../contract.ts';
import { path } from '../http/url-path.ts';
import type { ProbeReport } from '../probe/report.ts';
import { type Checked, type Checks, fails, fieldsHold, holds, open, runProbe, statusWordsHold } from '../probe/run.ts';
import { shapeOf } from '../probe/shapes.ts';
import type { VendorSetup } from '../setup.ts';
import { inactiveFilter, like, pageLimit, vmwareAssumptions } from './assumptions.ts';
import { openClient, type VmwareClient } from './client.ts';
import { searchWire } from './wire.ts';

type Found = v.InferOutput<typeof searchWire>;

interface Sample {
  readonly client: VmwareClient;
  readonly signal: AbortSignal | undefined;
  readonly rows: readonly unknown[];
  readonly readings: readonly Reading[];
  readonly first: Found | null;
}

const checks: Checks<typeof vmwareAssumptions, Sample> = {
  'inactive-value': async ({ client, signal }) => {
    const word = await search(client, { filters: [inactiveFilter(true, 'word')] }, 1, 1, signal);
    if (word.found !== null) return holds('The string is accepted.');
    const boolean = await search(client, { filters: [inactiveFilter(true, 'boolean')] }, 1, 1, signal);
    return boolean.found === null
      ? fails(`Neither the string (${word.status}) nor the boolean (${boolean.status}) is accepted.`)
      : fails(`The string is refused with ${word.status}; the boolean is accepted.`, 'boolean');
  },
  'next-at-end': endCheck,
  'page-limit': ({ first }) => {
    if (first === null) return open('No page could be read.');
    const count = first.results.length;
    const total = first.totalResultsCount;
    if (total !== null && total <= pageLimit) return open(`There are only ${total} results.`);
    return count === pageLimit
      ? holds(`A page has ${count} results.`)
      : fails(`A page of ${pageLimit} had ${count} results.`);
  },
  'reseller-id': resellerCheck,
  'filter-operators': async ({ client, signal }) => {
    const filters = [{ key: 'CUSTOMER_NAME', operator: like, value: 'zz~zz' }];
    const { found, status } = await search(client, { filters }, 1, 1, signal);
    if (found === null) return fails(`LIKE is refused with ${status}.`);
    return found.results.length === 0
      ? holds('LIKE is accepted and returns nothing, as expected.')
      : fails('LIKE does not change the answer.');
  },
  'vmware-status-words': statusWordsHold,
  'vmware-fields': ({ rows }) =>
    fieldsHold(rows, [
      ...['id', 'customerRef', 'resellerRef', 'serviceRefs', 'status', 'renewalPreference'],
      'subscriptionEndDate',
    ]),
  'price-per-unit': 'Only an invoice can show it.',
  retired: ({ first }) => (first === null ? fails('The search has no answer.') : holds('The search has an answer.')),
};

/** Reads the first page of the search and of the customers. Throws `FaultError` where nothing can be read. */
export async function probeVmware(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport> {
  const client = openClient(setup);
  const { found: first } = await search(client, {}, 1, pageLimit, signal);
  const rows = first?.results ?? [];
  const readings = rows.map(client.readingOf).filter((reading) => reading !== null);
  return runProbe({
    vendor: 'vmware',
    assumptions: vmwareAssumptions,
    client: client.probe,
    sample: { client, signal, rows, readings, first },
    checks,
    shapes: [shapeOf('a page of a search', first === null ? [] : [{ ...first, results: [] }])],
    error: await client.probe.ask({ path: client.home + path`/subscriptions/${'none'}`, signal }),
  });
}

async function search(
  client: VmwareClient,
  body: object,
  pageStart: number,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly status: number; readonly found: Found | null }> {
  const answer = await client.probe.ask({
    path: `${client.home}/subscriptions/search`,
    method: 'POST',
    query: { pageLimit: limit, pageStart },
    json: body,
    signal,
  });
  const page = v.safeParse(searchWire, answer.body);
  return { status: answer.status, found: answer.status < 300 && page.success ? page.output : null };
}

async function endCheck({ client, signal, first }: Sample): Promise<Checked> {
  const total = first?.totalResultsCount ?? null;
  if (first === null || first.results.length === 0) return open('There are no results.');
  if (total === null) return fails('No answer gives a total: a list ends with an empty page.');
  const start = Math.max(1, total - 1);
  const { found: last } = await search(client, {}, start, 2, signal);
  if (last === null) return open('The last page could not be read.');
  const { next } = last;
  if (next === null) return holds('On the last page next is missing.');
  const manner =
    next === 0 ? '0' : next > total ? 'beyond the total' : next <= start ? 'the same page' : 'the last result';
  return holds(`On the last page next is ${manner}.`);
}

async function resellerCheck({ client, signal, readings }: Sample): Promise<Checked> {
  const { body } = await client.probe.ask({ path: `${client.home}/usage/customers`, signal });
  const listed = new Set((Array.isArray(body) ? body : []).map((group) => String(Object(group).resellerPRMId ?? '')));
  const own = new Set(readings.flatMap(({ subscription }) => subscription.reseller?.id ?? []));
  if (own.size === 0 || listed.size === 0) return open('There is no reseller to compare.');
  const shared = [...own].filter((id) => listed.has(id)).length;
  return shared > 0
    ? holds(`${shared} of ${own.size} are in both lists.`)
    : fails(`None of ${own.size} is in both lists.`);
}
