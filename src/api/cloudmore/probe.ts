import type { Reading } from '../contract.ts';
import type { ProbeAnswer } from '../http/probe-client.ts';
import { path } from '../http/url-path.ts';
import { listOf } from '../identity.ts';
import type { ProbeReport } from '../probe/report.ts';
import { type Checked, type Checks, fails, fieldsHold, holds, open, runProbe, statusWordsHold } from '../probe/run.ts';
import { shapeOf } from '../probe/shapes.ts';
import type { VendorSetup } from '../setup.ts';
import { cloudmoreAssumptions, historyPaths } from './assumptions.ts';
import { type CloudmoreClient, openClient } from './client.ts';
import { placeOf } from './map.ts';

interface Sample {
  readonly client: CloudmoreClient;
  readonly signal: AbortSignal | undefined;
  readonly rows: readonly unknown[];
  readonly readings: readonly Reading[];
  /** The service that the rows are of; null where there is none with rows. */
  readonly service: string | null;
}

const onlyAChange = 'Only a write can show it.';
const resellersOnly = 'A seller-level connection cannot read it; a reseller-level connection can.';

const checks: Checks<typeof cloudmoreAssumptions, Sample> = {
  'removal-parameter': onlyAChange,
  'history-path': historyCheck,
  provisioning: onlyAChange,
  'omitted-name': onlyAChange,
  'price-list-currency': (sample) =>
    sample.service === null
      ? open('No service has subscriptions.')
      : parameterCheck(sample, `${sample.client.root}${path`/services/${sample.service}/pricelist`}`, 'currency'),
  'organizations-show-active': (sample) => parameterCheck(sample, `${sample.client.root}/Organizations`, 'showActive'),
  'lists-unpaged': async ({ client, signal }) => {
    const { body } = await client.probe.ask({ path: `${client.root}/services`, signal });
    return Array.isArray(body)
      ? holds(`The list of services is an array with ${body.length} items.`)
      : fails('A list is not an array.');
  },
  'create-body': onlyAChange,
  'license-key-body': onlyAChange,
  'price-per-unit': 'Only an invoice can show it.',
  'cloudmore-status-words': statusWordsHold,
  'cloudmore-fields': ({ rows }) =>
    fieldsHold(rows, ['id', 'name', 'status', 'productId', 'serviceId', 'organizationId', 'quantity']),
};

/** Reads the first subscriptions of the first service that has some. Throws `FaultError` where nothing can be read. */
export async function probeCloudmore(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport> {
  const client = openClient(setup);
  const { body } = await client.probe.ask({ path: `${client.root}/services`, signal });
  const services = (Array.isArray(body) ? body : []).map(placeOf).filter((service) => service !== null);
  let [rows, service]: [unknown[], string | null] = [[], null];
  for (const { id } of services.slice(0, 10)) {
    rows = await firstRows(client, id, signal);
    service = id;
    if (rows.length > 0) break;
  }
  const readings = rows.map((row) => client.reading(row)).filter((reading) => reading !== null);
  const sample = { client, signal, rows, readings, service: rows.length === 0 ? null : service };
  const nobody = '00000000-0000-0000-0000-000000000001';
  return runProbe({
    vendor: 'cloudmore',
    assumptions: cloudmoreAssumptions,
    client: client.probe,
    sample,
    checks,
    shapes: [shapeOf('a service', Array.isArray(body) ? body : [])],
    error: await client.probe.ask({ path: client.root + path`/services/${nobody}`, signal }),
  });
}

const mostRows = 200;

/** The list may be hundreds of megabytes: reading stops after the first rows. */
async function firstRows(client: CloudmoreClient, service: string, signal: AbortSignal | undefined) {
  const at =
    client.level === 'seller' ? path`/subscriptions/service/${service}` : path`/services/${service}/subscriptions`;
  const rows: unknown[] = [];
  for await (const row of client.read.rows({ path: client.root + at, asked: listOf({}), signal })) {
    rows.push(row);
    if (rows.length >= mostRows) break;
  }
  return rows;
}

async function historyCheck({ client, signal, readings }: Sample): Promise<Checked> {
  if (client.level === 'seller') return open(resellersOnly);
  const row = readings.find(({ subscription }) => subscription.organization !== null)?.subscription;
  const service = row?.services[0];
  if (row?.organization === undefined || row.organization === null || service === undefined)
    return open('There is no subscription.');
  const at = client.root + path`/organizations/${row.organization.id}/services/${service.id}`;
  const found: boolean[] = [];
  for (const pathOf of historyPaths) found.push(isGood(await client.probe.ask({ path: pathOf(at, row.id), signal })));
  const [document, swagger] = found;
  if (document && swagger) return holds('Both paths answer.');
  if (document) return holds('Only the documented path answers: Subscriptionshistory/{id}.');
  return swagger ? holds('Only the other path answers: Subscriptions/history/{id}.') : fails('Neither path answers.');
}

/** A list that needs no parameter, or answers 400 that it does. */
async function parameterCheck({ client, signal }: Sample, at: string, name: string): Promise<Checked> {
  if (client.level === 'seller') return open(resellersOnly);
  const answer = await client.probe.ask({ path: at, signal });
  if (isGood(answer)) return holds('It works without a parameter.');
  const wants =
    answer.status === 400 &&
    JSON.stringify(answer.body ?? '')
      .toLowerCase()
      .includes(name.toLowerCase());
  return wants ? holds(`A 400 requires ${name}.`) : fails(`The answer is ${answer.status}.`);
}

function isGood({ status, body }: ProbeAnswer): boolean {
  return status < 300 && body !== undefined;
}
