import type { Fault } from '../../model/fault.ts';
import { FaultError } from '../../model/fault.ts';
import { movedMeanwhile, passState, resumeOf } from '../pass.ts';
import type { NodeFact, Page, SyncScope } from '../vendor.ts';
import { isBelow, isNodeBelow } from '../within.ts';
import type { Navigator } from './navigator.ts';
import { everything, searchPages } from './search.ts';
import { usageNodes } from './usage.ts';

/**
 * The whole book by search. One branch is the same pass with the other rows left out: the search takes names of customers,
 * no ids. The vendor's own lists of customers come first, so that one without subscriptions is there too.
 */
export async function* sync(navigator: Navigator, scope: SyncScope): AsyncGenerator<Page, void, undefined> {
  const { within, signal } = scope;
  const state = passState(scope.resume);
  let missing: Fault[] = [];
  let missed = state.missed;
  const doubt = (fault: Fault) => {
    missing.push(fault);
    missed = true;
  };
  let total = state.total;
  const onTotal = (count: number | null) => {
    if (state.total !== null && count !== null && count !== total) {
      doubt(movedMeanwhile(navigator.connection));
    }
    total = count ?? total;
  };
  let nodes: readonly NodeFact[] = (await nodesOf(navigator, signal, doubt)).filter(
    (node) => within === undefined || isNodeBelow(node, within),
  );
  for await (const page of searchPages(navigator, everything, { start: state.at, signal, onTotal, onDoubt: doubt })) {
    const rows = page.items.filter(({ subscription }) => within === undefined || isBelow(subscription, within));
    yield {
      rows,
      nodes,
      progress: { done: page.done, total: page.total },
      resume: resumeOf({ at: page.next, total, missed }),
      complete: page.next === null && !missed,
      missing,
    };
    nodes = [];
    missing = [];
  }
}

/** Where the vendor does not offer the list, there is nothing to miss; where it fails, the pass went without it. */
async function nodesOf(
  navigator: Navigator,
  signal: AbortSignal | undefined,
  onFailure: (fault: Fault) => void,
): Promise<readonly NodeFact[]> {
  try {
    return await usageNodes(navigator, signal);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { kind } = error.fault;
    if (kind === 'signed-out' || kind === 'interrupted') throw error;
    if (kind === 'unreachable') onFailure(error.fault);
    return [];
  }
}
