import * as v from 'valibot';
import type { Reading } from '../contract.ts';
import type { ProbeAnswer } from '../http/probe-client.ts';
import { path, type Query } from '../http/url-path.ts';
import type { ProbeReport } from '../probe/report.ts';
import { type Checked, type Checks, fails, fieldsHold, holds, open, runProbe, statusWordsHold } from '../probe/run.ts';
import { shapeOf } from '../probe/shapes.ts';
import type { VendorSetup } from '../setup.ts';
import { interworksAssumptions, noId } from './assumptions.ts';
import { type InterworksClient, openClient } from './client.ts';
import { pageWire } from './wire.ts';

interface Sample {
  readonly client: InterworksClient;
  readonly signal: AbortSignal | undefined;
  readonly rows: readonly unknown[];
  readonly readings: readonly Reading[];
  /** The version that was asked for, and the one that the lists were read with. */
  readonly versions: readonly [string, string];
  readonly accounts: readonly unknown[];
}

const onlyAChange = 'Only a write can show it.';

const checks: Checks<typeof interworksAssumptions, Sample> = {
  'api-version': ({ versions: [asked, taken] }) =>
    asked === taken
      ? holds(`${asked} is accepted.`)
      : fails(`${asked} is refused and ${taken} is accepted: set apiVersion=${taken}.`),
  'list-paging': pagingCheck,
  'order-answer': onlyAChange,
  'decrease-quantity': onlyAChange,
  'order-item-quantity': onlyAChange,
  'ordered-quantity': onlyAChange,
  'rate-limit-403': 'Only too many calls can show it.',
  'old-token-500': 'Only an expired token can show it.',
  'interworks-status-words': statusWordsHold,
  'request-words': onlyAChange,
  'subscription-fields': ({ rows }) =>
    fieldsHold(rows, ['id', 'name', 'quantity', 'startDate', 'endDate', 'status', 'account', 'product']),
  'price-per-unit': 'Only an invoice can show it.',
  'account-web-site': ({ accounts }) => fieldsHold(accounts, ['webSite']),
  'filter-properties': filterCheck,
};

/** Reads a few pages of everything that assumptions are made about. Throws `FaultError` where nothing can be read. */
export async function probeInterworks(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport> {
  const client = openClient(setup);
  const rows = await firstItems(client, '/api/subscriptions', signal);
  const readings = rows.map(client.reading).filter((reading) => reading !== null);
  const versions = [setup.settings.apiVersion ?? '3.0', client.version()] as const;
  const accounts = await firstItems(client, '/api/accounts', signal);
  return runProbe({
    vendor: 'interworks',
    assumptions: interworksAssumptions,
    client: client.probe,
    sample: { client, signal, rows, readings, versions, accounts },
    checks,
    shapes: [shapeOf('an account', accounts)],
    error: await client.probe.ask({ path: path`/api/subscriptions/${noId}`, signal }),
  });
}

async function firstItems(client: InterworksClient, at: string, signal: AbortSignal | undefined) {
  for await (const { items } of client.pages({ path: at, signal }, { onIncomplete: () => {} }))
    return items.slice(0, 200);
  return [];
}

/** Two rows a page, by each pair of names alone. */
async function pagingCheck({ client, signal, rows }: Sample): Promise<Checked> {
  if (rows.length < 5) return open(`There are only ${rows.length} subscriptions, too few for several pages.`);
  const ids = async (query: Query) => idsIn(await client.probe.ask({ path: '/api/subscriptions', query, signal }));
  const first = await ids({ page: 1, size: 2 });
  const second = await ids({ page: 2, size: 2 });
  if (differ(first, second)) return holds(`page and size are used; a page of 2 had ${first?.length ?? 0} rows.`);
  const one = await ids({ pageIndex: 1, pageSize: 2 });
  const two = await ids({ pageIndex: 2, pageSize: 2 });
  if (differ(one, two)) {
    const zero = await ids({ pageIndex: 0, pageSize: 2 });
    const base = differ(zero, one) && (zero?.length ?? 0) > 0 ? 0 : 1;
    return holds(`pageIndex (from ${base}) and pageSize are used; a page of 2 had ${one?.length ?? 0} rows.`);
  }
  const seen = `Neither pair of parameters changes the answer, which has ${first?.length ?? 0} rows.`;
  return fails(seen, 'none');
}

function idsIn({ status, body }: ProbeAnswer): readonly string[] | null {
  const page = v.safeParse(pageWire, body);
  if (status >= 300 || !page.success) return null;
  return page.output.items.map((item) => JSON.stringify(item));
}

/** Both are pages with rows, and of other ones. */
function differ(one: readonly string[] | null, other: readonly string[] | null): boolean {
  return (
    one !== null && other !== null && one.length > 0 && other.length > 0 && !other.every((row) => one.includes(row))
  );
}

const conditions: Readonly<Record<string, string>> = {
  name: "contains(name,'zz~zz')",
  id: `id eq '${noId}'`,
  quantity: 'quantity gt 2000000000',
  startDate: "startDate gt datetime'2200-01-01'",
  endDate: "endDate gt datetime'2200-01-01'",
  'account/id': 'account/id eq 0',
  'product/id': 'product/id eq 0',
};

/** Conditions that no row meets: each has to be taken, and to leave nothing. */
async function filterCheck({ client, signal, rows }: Sample): Promise<Checked> {
  const [refused, ignored]: [string[], string[]] = [[], []];
  for (const [property, condition] of Object.entries(conditions)) {
    const query = { $filter: condition, page: 1, size: 2, pageIndex: 1, pageSize: 2 };
    const found = idsIn(await client.probe.ask({ path: '/api/subscriptions', query, signal }));
    if (found === null) refused.push(property);
    else if (found.length > 0) ignored.push(property);
  }
  const parts = [
    ...(refused.length === 0 ? [] : [`refused: ${refused.join(', ')}`]),
    ...(ignored.length === 0 ? [] : [`ignored: ${ignored.join(', ')}`]),
  ];
  if (parts.length > 0) return fails(`Conditions are ${parts.join('; ')}.`);
  return rows.length === 0
    ? open('There is no subscription.')
    : holds('Every condition is accepted and returns nothing, as expected.');
}
