import type { Fault } from '../../model/fault.ts';
import type { Pin } from '../../model/scope.ts';
import type { NodeFact, Page, SyncScope } from '../contract.ts';
import { isBelow, isNodeBelow } from '../is-below.ts';
import { readEach } from '../read-each.ts';
import { movedMeanwhile, resumeOf, resumeStateOf } from '../resume-state.ts';
import { type CloudcockpitClient, type Names, namesIn } from './client.ts';
import { type Company, type Directory, directoryOf } from './directory.ts';
import { allSubscriptions, wholeCustomer } from './lists.ts';

/** Shared by the parts of one sync run: what was missing so far. */
interface RunProgress {
  readonly names: Names;
  readonly scope: SyncScope;
  readonly incomplete: (fault: Fault) => void;
  readonly lacking: (rows: number) => void;
  /** What was told since the last page, and whether there ever was a fault. */
  take(): Pick<Page, 'missing' | 'shortfall'>;
  missed(): boolean;
}

/**
 * First the companies, whose names subscriptions need, then the subscriptions: in one list for a CSP, customer by
 * customer for the other roles and for one customer's branch. Throws `FaultError`.
 */
export async function* sync(client: CloudcockpitClient, scope: SyncScope): AsyncGenerator<Page, void, undefined> {
  const { within, signal } = scope;
  const ledger = { missing: [] as Fault[], missed: resumeStateOf(scope.resume).missed, shortfall: 0 };
  const incomplete = (fault: Fault) => {
    ledger.missing.push(fault);
    ledger.missed = true;
  };
  const lacking = (rows: number) => {
    ledger.shortfall += rows;
  };
  const { width: ahead } = client;
  const directory = await directoryOf(client, { signal, ahead, onIncomplete: incomplete, onShortfall: lacking });
  const shared: RunProgress = {
    names: namesIn(directory),
    scope,
    incomplete,
    lacking,
    take: () => {
      const { shortfall } = ledger;
      ledger.shortfall = 0;
      return { missing: ledger.missing.splice(0), shortfall };
    },
    missed: () => ledger.missed,
  };
  const nodes = nodesOf(client, directory).filter((node) => within === undefined || isNodeBelow(node, within));
  const none = { rows: [], progress: { done: 0, total: null }, complete: false };
  yield { ...none, nodes, resume: scope.resume ?? null, ...shared.take() };
  const isOneList = client.role.kind === 'csp' && within?.level !== 'organization';
  if (isOneList) yield* inOneList(client, shared);
  else yield* byCustomer(client, customersWithin(directory, within), shared);
}

async function* inOneList(client: CloudcockpitClient, ledger: RunProgress): AsyncGenerator<Page, void, undefined> {
  const { within, signal, resume } = ledger.scope;
  const state = resumeStateOf(resume);
  let { total } = state;
  const onTotal = (count: number | null) => {
    if (state.total !== null && count !== null && count !== total) ledger.incomplete(movedMeanwhile(client.connection));
    total = count ?? total;
  };
  const { names, incomplete: onIncomplete, lacking: onShortfall } = ledger;
  const options = { names, start: state.at, ahead: client.width, signal, onTotal, onIncomplete, onShortfall };
  for await (const page of allSubscriptions(client, options)) {
    yield {
      rows: page.items.filter(({ subscription }) => within === undefined || isBelow(subscription, within)),
      nodes: [],
      progress: { done: page.done, total: page.total },
      resume: resumeOf({ at: page.next, total, missed: ledger.missed() }),
      complete: page.next === null && !ledger.missed(),
      ...ledger.take(),
    };
  }
}

async function* byCustomer(
  client: CloudcockpitClient,
  customers: readonly Company[],
  ledger: RunProgress,
): AsyncGenerator<Page, void, undefined> {
  const { within, signal, resume } = ledger.scope;
  const { names, lacking: onShortfall } = ledger;
  const total = customers.length;
  const first = customers.findIndex(({ id }) => id === resumeStateOf(resume).at) + 1;
  let index = first;
  const read = readEach(customers.slice(first), {
    width: client.width,
    nameOf: ({ name }) => name,
    read: ({ id }, onIncomplete) => wholeCustomer(client, id, { names, signal, onIncomplete, onShortfall }),
  });
  for await (const { place: customer, items, missing } of read) {
    for (const fault of missing) ledger.incomplete(fault);
    const isLast = index === total - 1;
    yield {
      rows: items.filter(({ subscription }) => within === undefined || isBelow(subscription, within)),
      nodes: [],
      progress: { done: ++index, total },
      resume: resumeOf({ at: isLast ? null : customer.id, total: null, missed: ledger.missed() }),
      complete: isLast && !ledger.missed(),
      ...ledger.take(),
    };
  }
  if (first < total) return;
  const progress = { done: total, total };
  yield { rows: [], nodes: [], progress, resume: null, complete: !ledger.missed(), ...ledger.take() };
}

/** The one of a branch, whether or not it is listed; all of them for any other branch. */
function customersWithin({ customers }: Directory, within: Pin | undefined): readonly Company[] {
  if (within?.level !== 'organization') return customers;
  return customers.filter(({ id }) => id === within.id);
}

function nodesOf(
  { connection, seller, role }: CloudcockpitClient,
  { resellers, customers }: Directory,
): readonly NodeFact[] {
  const pin = (level: Pin['level'], id: string | null): Pin => ({ level, connection, id });
  const top = pin('seller', seller.id);
  // The reseller of a reseller's customers is implied; only the rows contain its id.
  const above = ({ resellerId }: Company) =>
    role.kind === 'csp' || resellerId !== null ? [top, pin('reseller', resellerId)] : [top];
  return [
    { ...seller, level: 'seller', domain: null, parents: [] },
    ...resellers.map(({ id, name }): NodeFact => ({ id, name, level: 'reseller', domain: null, parents: [top] })),
    ...customers.map(
      (customer): NodeFact => ({
        id: customer.id,
        name: customer.name,
        level: 'organization',
        domain: customer.domain,
        parents: above(customer),
      }),
    ),
  ];
}
