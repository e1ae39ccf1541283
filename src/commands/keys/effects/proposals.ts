import { FaultError } from '../../../model/fault.ts';
import { printable } from '../../../model/printable.ts';
import type { Proposal } from '../../../model/proposal.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { type BulkScreen, bulkScreen } from '../../../state/today-screens.ts';
import { proposedPlans } from '../../../today/proposal-items.ts';
import { accountsIn, basesIn, isResting, itemsOf } from '../../../today/today.ts';
import { refuseOtherAccount } from '../../../writes/bulk/plan-accounts.ts';
import { unknownRowFault } from '../../../writes/bulk/plan-file.ts';
import type { Context } from '../../context.ts';
import type { Using } from './deps.ts';

const everyMilliseconds = 2_000;

/**
 * Looks for plans that assistants proposed. New ones are told in one line of the status, once no other message stands there;
 * Today lists them. What is done or snoozed there is not told again. Returns a function that stops it.
 */
export function watchProposals(store: ConsoleStore, { context }: Using<Watched>): () => void {
  const { clock, proposals } = context;
  const stopping = new AbortController();
  const told = new Set<string>();
  const look = async () => {
    await proposals.refresh();
    const resting = restingIn(context);
    const fresh = proposals.open().filter(({ id, name }) => !told.has(id) && !resting.has(name));
    if (fresh.length === 0 || stopping.signal.aborted) return;
    const isSeen = topScreen(store.getState()).kind === 'today';
    if (!isSeen && store.getState().status !== null) return;
    for (const { id } of fresh) told.add(id);
    if (isSeen) return;
    store.update((state) => ({ ...state, status: { text: newText(fresh), tone: 'plain', fault: null, brief: false } }));
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      await look();
      await clock.wait(everyMilliseconds, stopping.signal);
    }
  };
  void run();
  return () => stopping.abort();
}

type Watched = 'clock' | 'connections' | 'journal' | 'proposals';

/** The proposals that a person set aside on Today, by name. */
function restingIn({ clock, connections: { list }, journal, proposals }: Pick<Context, Watched>): ReadonlySet<string> {
  const names = list.map(({ name }) => name);
  const deps = { journal, accountOf: accountsIn(list), basisOf: basesIn(list) };
  const items = itemsOf(proposedPlans(proposals.open(), names).items, deps);
  const now = clock.now();
  return new Set(items.flatMap((item) => (isResting(item, now) && item.proposal !== undefined ? [item.proposal] : [])));
}

function newText(fresh: readonly Proposal[]): string {
  const [first] = fresh;
  const what =
    first !== undefined && fresh.length === 1
      ? `1 plan proposed by ${printable(first.proposedBy)}: ${first.changes}`
      : `${fresh.length} plans proposed by assistants`;
  return `${what}. T shows Today.`;
}

/** The screen of a proposed plan, from its file as it is now; a sentence says why it cannot be opened. */
export function proposalScreen({ context }: Using<'connections' | 'proposals'>, name: string): BulkScreen | string {
  try {
    const plan = context.proposals.read(name);
    refuseOtherAccount(plan, context.connections);
    const path = context.proposals.open().find((each) => each.name === name)?.path ?? name;
    const leftOut = plan.unknownRows.map((row) => unknownRowFault(row).message);
    return { ...bulkScreen(plan, { leftOut, outside: new Set() }), path };
  } catch (error) {
    if (error instanceof FaultError) return `${error.fault.message} ${error.fault.next}`;
    throw error;
  }
}
