import type { Fault } from '../../model/fault.ts';
import { FaultError } from '../../model/fault.ts';
import type { Pin } from '../../model/scope.ts';
import { begunPages } from '../begun-pages.ts';
import type { NodeFact, Page, SyncScope } from '../contract.ts';
import { isBelow, isNodeBelow } from '../is-below.ts';
import { narrowedOrWhole } from '../narrowed-or-whole.ts';
import { movedMeanwhile, resumeOf, resumeStateOf } from '../resume-state.ts';
import type { VmwareClient } from './client.ts';
import { everything, ofCustomer, searchPages } from './search.ts';
import { usageNodes } from './usage.ts';

/**
 * The whole list by search. One customer is asked for by the name that the vendor's list of customers gives it, since the
 * search takes no ids, and not resumed; any other branch is the whole sync run with the other rows left out. The list of
 * customers is read beside the first page, so that one without subscriptions is there too.
 */
export async function* sync(client: VmwareClient, scope: SyncScope): AsyncGenerator<Page, void, undefined> {
  const { within, onlyNarrow = false, signal } = scope;
  const state = resumeStateOf(scope.resume);
  let missing: Fault[] = [];
  let missed = state.missed;
  const incomplete = (fault: Fault) => {
    missing.push(fault);
    missed = true;
  };
  let lacking = 0;
  const onShortfall = (rows: number) => {
    lacking += rows;
  };
  let total = state.total;
  const onTotal = (count: number | null) => {
    if (state.total !== null && count !== null && count !== total) {
      incomplete(movedMeanwhile(client.connection));
    }
    total = count ?? total;
  };
  const options = { ahead: client.width, signal, onTotal, onIncomplete: incomplete, onShortfall };
  const whole = (start: string | null) => searchPages(client, everything(client), { ...options, start });
  const isOne = within?.level === 'organization';
  const begun = isOne ? null : begunPages(whole(state.at));
  const known = await nodesOf(client, signal, incomplete);
  let nodes = known.filter((node) => within === undefined || isNodeBelow(node, within));
  const customer = isOne ? known.find((node) => isAt(node, within)) : undefined;
  if (onlyNarrow && customer === undefined) return;
  const narrowed = ({ name }: NodeFact) =>
    narrowedOrWhole(
      searchPages(client, ofCustomer(client, name), { ...options, start: null, onTotal: () => {} }),
      onlyNarrow ? null : () => whole(null),
      // That the names are the same is assumed: an empty answer is not believed.
      ({ items, next }) => items.length === 0 && next === null,
    );
  const list = customer ? narrowed(customer) : (begun ?? whole(state.at));
  for await (const page of list) {
    const rows = page.items.filter(({ subscription }) => within === undefined || isBelow(subscription, within));
    yield {
      rows,
      nodes,
      progress: { done: page.done, total: page.total },
      resume: customer ? null : resumeOf({ at: page.next, total, missed }),
      complete: page.next === null && !missed,
      missing,
      shortfall: lacking,
    };
    lacking = 0;
    nodes = [];
    missing = [];
  }
}

function isAt(node: NodeFact, { level, id }: Pin): boolean {
  return node.level === level && node.id === id;
}

/** Where the vendor does not offer the list, there is nothing to miss; where it fails, the sync run went without it. */
async function nodesOf(
  client: VmwareClient,
  signal: AbortSignal | undefined,
  onFailure: (fault: Fault) => void,
): Promise<readonly NodeFact[]> {
  try {
    return await usageNodes(client, signal);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { kind } = error.fault;
    if (kind === 'signed-out' || kind === 'interrupted') throw error;
    if (kind === 'unreachable') onFailure(error.fault);
    return [];
  }
}
