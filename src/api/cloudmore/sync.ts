import { type Fault, FaultError } from '../../model/fault.ts';
import { limits } from '../../model/limits.ts';
import type { Pin } from '../../model/scope.ts';
import type { Named } from '../../model/subscription.ts';
import type { NodeFact, Page, Reading, SyncScope } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { type ExpectedIds, listOf } from '../identity.ts';
import { isBelow, isNodeBelow } from '../is-below.ts';
import { readAhead } from '../read-ahead.ts';
import { rowWithoutId } from '../row-without-id.ts';
import { type RowsAhead, rowsAhead } from '../rows-ahead.ts';
import { listWire } from '../wire-list.ts';
import type { CloudmoreClient } from './client.ts';
import { placeOf } from './map.ts';
import { asksFor } from './reads.ts';

const rowsPerPage = 500;

/** Rows of a service that wait while those of another are kept; each may have a megabyte (src/model/limits.ts). */
const mostRowsAhead = 200;

/**
 * The list service by service, several at once, since the seller's whole list may be hundreds of megabytes: the services first, then each
 * one's list streamed. Can be resumed behind every service that is done. One service that cannot be read is reported as
 * missing; two in a row end the sync run.
 */
export async function* syncCloudmore(
  client: CloudmoreClient,
  { within, resume, signal }: SyncScope,
): AsyncGenerator<Page> {
  const isWanted = ({ subscription }: Reading) => within === undefined || isBelow(subscription, within);
  const missing: Fault[] = [];
  const done = new Set(doneServices(resume));
  const mark = () => (done.size === 0 ? null : JSON.stringify([...done]));
  let rows = 0;
  let failedInARow = 0;
  const page = (more: Partial<Page>): Page => ({
    rows: [],
    nodes: [],
    progress: { done: rows, total: null },
    resume: mark(),
    complete: false,
    missing: [],
    shortfall: 0,
    ...more,
  });

  const { lists, nodes, fault } = await plan(client, within, signal);
  if (fault) missing.push(fault);
  yield page({ nodes: within ? nodes.filter((node) => isNodeBelow(node, within)) : nodes, missing: [...missing] });

  const todo = lists.filter(({ key }) => !done.has(key));
  for await (const { list, items } of listsAhead(client, todo, signal)) {
    let batch: Reading[] = [];
    let bytes = 0;
    let hasNameless = false;
    try {
      for await (const { item, size } of items) {
        bytes += size;
        const reading = client.reading(item);
        if (reading === null && hasNameless) continue;
        if (reading === null) {
          hasNameless = true;
          missing.push(rowWithoutId(client.connection));
          yield page({ missing: [rowWithoutId(client.connection)] });
          continue;
        }
        rows++;
        if (isWanted(reading)) batch.push(reading);
        if (batch.length < rowsPerPage && bytes < limits.transactionBytes) continue;
        yield page({ rows: batch });
        batch = [];
        bytes = 0;
      }
      failedInARow = 0;
      done.add(list.key);
      yield page({ rows: batch });
    } catch (error) {
      if (!(error instanceof FaultError) || !mayGoOn(error.fault) || ++failedInARow > 1) throw error;
      missing.push(error.fault);
      yield page({ rows: batch, missing: [error.fault] });
    }
  }
  yield page({ nodes: within ? [] : [selfNode(client)], complete: missing.length === 0 });
}

/** Lists in their order, each with its rows; several are read at once. */
async function* listsAhead(client: CloudmoreClient, lists: readonly ServiceList[], signal: AbortSignal | undefined) {
  const begun = new Set<RowsAhead<ListedRow>>();
  const read = async (list: ServiceList) => {
    const ahead = rowsAhead(rowsOf(client, list, signal), mostRowsAhead);
    begun.add(ahead);
    return { list, ahead };
  };
  try {
    for await (const { list, ahead } of readAhead(lists, client.width, read)) yield { list, items: ahead.rows() };
  } finally {
    for (const ahead of begun) ahead.stop();
  }
}

/** A row as the vendor wrote it, and its length. */
interface ListedRow {
  readonly item: unknown;
  readonly size: number;
}

async function* rowsOf(
  client: CloudmoreClient,
  { path: at, asked }: ServiceList,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedRow, void, undefined> {
  let size = 0;
  const onBytes = (bytes: number) => {
    size = bytes;
  };
  for await (const item of client.read.rows({ path: at, asked, signal, onBytes })) yield { item, size };
}

interface ServiceList {
  readonly key: string;
  readonly path: string;
  readonly asked: ExpectedIds;
}

interface Plan {
  readonly lists: readonly ServiceList[];
  readonly nodes: readonly NodeFact[];
  readonly fault: Fault | null;
}

async function plan(client: CloudmoreClient, within: Pin | undefined, signal: AbortSignal | undefined): Promise<Plan> {
  const organization = client.level === 'reseller' && within?.level === 'organization' ? within.id : null;
  const base = organization === null ? client.root : client.root + path`/organizations/${organization}`;
  const [services, { companies, fault }] = await Promise.all([
    servicesAt(client, base, signal),
    companiesOf(client, signal),
  ]);
  if (services === null)
    return { lists: [{ key: '', path: `${client.root}/subscriptions`, asked: listOf({}) }], nodes: companies, fault };
  if (organization !== null && services[0]) await learnName(client, services[0].id, signal);
  const wanted = within?.level === 'service' ? services.filter(({ id }) => id === within.id) : services;
  return {
    lists: wanted.map(({ id }) => {
      const asked = listOf({ serviceId: id, organizationId: organization });
      return { key: id, path: listPath(client, base, id), asked };
    }),
    nodes: [...companies, ...services.map((service) => nodeOf('service', service, ancestors(client)))],
    fault,
  };
}

/** An organization's rows omit the reseller's name; a row of the reseller's own lists has it. */
async function learnName(client: CloudmoreClient, service: string, signal: AbortSignal | undefined): Promise<void> {
  for await (const item of client.read.rows({
    path: listPath(client, client.root, service),
    asked: listOf({}),
    signal,
  })) {
    client.reading(item);
    return;
  }
}

function listPath(client: CloudmoreClient, base: string, service: string): string {
  return client.level === 'seller'
    ? base + path`/subscriptions/service/${service}`
    : base + path`/services/${service}/subscriptions`;
}

/** Null if a seller's services cannot be listed: then its whole list of subscriptions is read at once. */
async function servicesAt(
  client: CloudmoreClient,
  base: string,
  signal: AbortSignal | undefined,
): Promise<readonly Named[] | null> {
  try {
    const items = await client.read.get({ path: `${base}/services`, asked: listOf({}), signal }, listWire);
    return items.map(placeOf).filter((service) => service !== null);
  } catch (error) {
    const isBarred = error instanceof FaultError && ['denied', 'missing', 'refused'].includes(error.fault.kind);
    if (isBarred && client.level === 'seller') return null;
    throw error;
  }
}

/**
 * Resellers of a seller, or organizations of a reseller, including those without subscriptions. If they cannot be
 * listed, they are derived from the rows.
 */
async function companiesOf(
  client: CloudmoreClient,
  signal: AbortSignal | undefined,
): Promise<{ readonly companies: readonly NodeFact[]; readonly fault: Fault | null }> {
  const [level, name] =
    client.level === 'seller' ? (['reseller', 'resellers'] as const) : (['organization', 'Organizations'] as const);
  try {
    const items = await companyItems(client, `${client.root}/${name}`, signal);
    const places = items.map(placeOf).filter((place) => place !== null);
    return { companies: places.map((place) => nodeOf(level, place, ancestors(client))), fault: null };
  } catch (error) {
    if (error instanceof FaultError && mayGoOn(error.fault)) return { companies: [], fault: error.fault };
    throw error;
  }
}

/** If the list requires showActive: the active and the inactive ones. */
async function companyItems(
  client: CloudmoreClient,
  at: string,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const call = { path: at, asked: listOf({}), signal };
  try {
    return await client.read.get(call, listWire);
  } catch (error) {
    if (!asksFor(error, /showActive/i)) throw error;
    const both = ['true', 'false'].map((showActive) => client.read.get({ ...call, query: { showActive } }, listWire));
    const byId = new Map<string | null | undefined, unknown>();
    for (const item of (await Promise.all(both)).flat()) {
      const id = placeOf(item)?.id;
      if (!byId.has(id)) byId.set(id, item);
    }
    return [...byId.values()];
  }
}

/** The connection's own node comes last, once the rows have given its name. */
function selfNode(client: CloudmoreClient): NodeFact {
  return client.level === 'seller'
    ? nodeOf('seller', client.self(), [])
    : nodeOf('reseller', client.self(), ancestors(client).slice(0, 1));
}

function ancestors(client: CloudmoreClient): readonly Pin[] {
  const { connection, seller, reseller } = client;
  const top = { level: 'seller', connection, id: seller.id } as const;
  return reseller === null ? [top] : [top, { level: 'reseller', connection, id: reseller.id }];
}

function nodeOf(level: NodeFact['level'], place: Named, parents: readonly Pin[]): NodeFact {
  return { ...place, level, domain: null, parents };
}

function mayGoOn(fault: Fault): boolean {
  return ['denied', 'missing', 'refused', 'unreachable'].includes(fault.kind);
}

function doneServices(resume: string | undefined): readonly string[] {
  try {
    const value: unknown = JSON.parse(resume ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
