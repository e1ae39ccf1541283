import { markedActions } from '../../../operations/marked-actions.ts';
import { bulkCount, bulkMoney } from '../../../state/bulk-words.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import type { Prompt } from '../../../state/overlay.ts';
import { findByRef } from '../../../state/read-screen.ts';
import { rowId } from '../../../state/row-id.ts';
import type { Screen, Stack } from '../../../state/screen.ts';
import { proposedLine } from '../../../state/text-line.ts';
import type { GroupLine } from '../../../state/today-lines.ts';
import type { BulkScreen } from '../../../state/today-screens.ts';
import { bulkScreen, keptPlan } from '../../../state/today-screens.ts';
import { push } from '../../../state/updates/navigate.ts';
import { say, sayFault } from '../../../state/updates/status.ts';
import { isTakenBack, runBulkPlan } from '../../../writes/bulk/bulk-run.ts';
import { makeBulkPlan, type PlanInput } from '../../../writes/bulk/make-plan.ts';
import { proposedText, writePlanFile } from '../../../writes/bulk/plan-file.ts';
import { confirmableRows, confirmation, largeText, whyNotConfirmed } from '../../../writes/confirmation.ts';
import { reasonFault } from '../../../writes/request-text.ts';
import { readOnlyReason } from '../reasons.ts';
import type { Using } from './deps.ts';
import { faultOf } from './reported.ts';
import { notice, showWait } from './wait-overlay.ts';

/** A run stops by itself after this many failures. */
const mostFailures = 3;

type Making = Using<'cache' | 'clock' | 'connections' | 'journal' | 'writes'>;

/** Asks for the inputs of a change of all marked rows, or opens its plan. */
export function chooseBulk(store: ConsoleStore, deps: Making, id: string): void {
  const marked = markedActions.find((action) => action.id === id)?.marked;
  if (marked === undefined) return;
  if (marked.asks === null) planMarked(store, deps, id, '');
  else ask(store, 'marked', marked.asks.title, marked.asks.label, '', { about: id });
}

/** Opens the plan of one change of all marked rows; the prompt says why `typed` is invalid. */
export function planMarked(store: ConsoleStore, deps: Making, id: string, typed: string): string | null {
  const screen = topScreen(store.getState());
  const marked = markedActions.find((action) => action.id === id)?.marked;
  if (marked === undefined) return null;
  const rows = markedRefs(screen).flatMap((ref) => findByRef(deps.context.cache, ref) ?? []);
  const asked: PlanInput[] = [];
  for (const seen of rows) {
    const writeRequest = marked.request(seen, typed);
    if ('problem' in writeRequest) return writeRequest.problem;
    asked.push({ writeRequest, seen });
  }
  const hidden = screen.kind === 'subscriptions' ? screen.marked?.outside : undefined;
  void makePlan(store, deps, asked, hidden ?? new Set());
  return null;
}

/** The marked rows, or those of the group of Today under the cursor. */
function markedRefs(screen: Screen): readonly string[] {
  if (screen.kind === 'subscriptions') return [...screen.marks];
  const line = screen.kind === 'today' ? rowUnderCursor(screen.list, rowId.today) : null;
  return line?.kind === 'group' ? refsOfGroup(line) : [];
}

/** Its subscriptions, each once. */
export function refsOfGroup({ group }: Pick<GroupLine, 'group'>): readonly string[] {
  return [...new Set(group.items.flatMap(({ ref, row }) => (ref === null || row === null ? [] : [ref])))];
}

async function makePlan(
  store: ConsoleStore,
  deps: Making,
  asked: readonly PlanInput[],
  outside: ReadonlySet<string>,
): Promise<void> {
  const { context } = deps;
  await showWait(store, deps, `Reading ${asked.length} rows from the vendors and planning…`, async (signal) => {
    const onProgress = (done: number, count: number) =>
      store.update((state) => say(state, `${done} of ${count} looked up`));
    const made = await makeBulkPlan(context, asked, {
      ...{ by: context.journal.author, proposedBy: null, source: 'console', reason: null, signal, onProgress },
    });
    const leftOut = made.leftOut.map(({ asked: { seen }, sentence }) => `${seen?.name ?? ''}: ${sentence}`);
    if (made.plan.rows.length === 0) return notice('Nothing to change', leftOut.join(' '));
    return (state) => push({ ...state, overlay: null }, bulkScreen(made.plan, { leftOut, outside }));
  });
}

/** Asks for the file of the plan. */
export function askPlanFile(store: ConsoleStore): void {
  const day = new Date(store.getState().now).toISOString().slice(0, 10);
  ask(store, 'plan-file', 'Save the plan to which file?', 'File', `changes-${day}.plan`);
}

/** Writes the plan file; the prompt says why that failed. */
export function savePlan(store: ConsoleStore, path: string): string | null {
  const screen = topScreen(store.getState());
  if (screen.kind !== 'bulk') return null;
  try {
    writePlanFile(path.trim(), keptPlan(screen));
  } catch (error) {
    return faultOf(error).message;
  }
  store.update((state) => ({
    ...withBulk(say(state, `The plan is saved. Review it, then press x to run it.`, 'good'), screen, {
      path: path.trim(),
    }),
    overlay: null,
  }));
  return null;
}

/** Asks for the reason of all changes of the plan. */
export function askReason(store: ConsoleStore): void {
  const screen = topScreen(store.getState());
  if (screen.kind !== 'bulk') return;
  const note = 'For the journal and the receipt. Empty: none.';
  ask(store, 'plan-reason', 'The reason for all changes of this plan', 'Reason', screen.plan.reason ?? '', { note });
}

/** Keeps it; a plan that was saved has to be saved again. The prompt says what is wrong with it. */
export function giveReason(store: ConsoleStore, text: string): string | null {
  const screen = topScreen(store.getState());
  if (screen.kind !== 'bulk') return null;
  const given = text.trim() === '' ? null : text.trim();
  const wrong = reasonFault(given);
  if (wrong !== null) return wrong.message;
  const { reason: before, ...rest } = screen.plan;
  const plan = given === null ? rest : { ...rest, reason: given };
  const path = (before ?? null) === given ? screen.path : null;
  store.update((state) => ({ ...withBulk(state, screen, { plan, path }), overlay: null }));
  return null;
}

/** Asks for the typed confirmation of the whole plan. */
export function askRun(store: ConsoleStore): void {
  const state = store.getState();
  const screen = topScreen(state);
  if (screen.kind !== 'bulk') return;
  const subject = confirmableRows(keptPlan(screen), state.guard);
  const asked = confirmation(subject, { by: 'marked rows' });
  const offered = asked.kind === 'typed' ? asked.offered.join(' or ') : '';
  const note = [proposedText(screen.plan), largeText(subject), bulkMoney(screen), `Digest: ${subject.proof.text}`]
    .filter((part) => part !== null)
    .join('   ');
  ask(store, 'run-plan', `Send ${bulkCount(screen)}?`, '>', '', { demand: `Type exactly: ${offered}`, note });
}

/** Opens the plan of what takes the sent rows back, each by the vendor's own way. */
export function takeRowsBack(store: ConsoleStore, deps: Making): void {
  const screen = topScreen(store.getState());
  if (screen.kind !== 'bulk') return;
  const asked = screen.ends
    .filter(isTakenBack)
    .flatMap(({ row, wayBack }): readonly PlanInput[] =>
      wayBack?.kind === 'offered'
        ? [{ writeRequest: wayBack.writeRequest, seen: findByRef(deps.context.cache, row.ref) }]
        : [],
    );
  void makePlan(store, deps, asked, new Set());
}

const running = new Map<string, AbortController>();

/** Sends the plan row by row; each row is checked again first. Any text but the requested one sends nothing. */
export function runPlan(
  store: ConsoleStore,
  { context }: Using<'clock' | 'connections' | 'journal' | 'writes'>,
  typed: string,
): string | null {
  const state = store.getState();
  const screen = topScreen(state);
  if (screen.kind !== 'bulk' || screen.running) return null;
  const asked = confirmation(confirmableRows(keptPlan(screen), state.guard), { by: 'marked rows' });
  const problem = whyNotConfirmed(asked, { kind: 'line', text: typed, isByHand: true });
  if (problem !== null) return problem;
  if (state.offline) return 'The console is offline, so nothing is sent.';
  const denied = readOnlyReason(state) ?? context.writes.denied()?.message ?? null;
  if (denied !== null) return denied;
  const stopping = new AbortController();
  running.set(screen.plan.id, stopping);
  const since = context.clock.now();
  store.update((before) => ({
    ...withBulk(before, screen, { running: true, since, ends: [], stopped: null }),
    overlay: null,
  }));
  void runBulkPlan(context, keptPlan(screen), {
    ...{ reason: screen.plan.reason ?? null, dryRun: false, stopAfter: mostFailures, signal: stopping.signal },
    holding: (work) => work(),
    onRow: (_, ends) => store.update((before) => withBulk(before, screen, { ends: [...ends] })),
  })
    .then(
      ({ ends, stopped }) => store.update((before) => withBulk(before, screen, { ends, stopped, running: false })),
      (error: unknown) =>
        store.update((before) => withBulk(sayFault(before, faultOf(error)), screen, { running: false })),
    )
    .finally(() => running.delete(screen.plan.id));
  return null;
}

/** The current row is finished; no other begins. */
export function stopPlan(store: ConsoleStore): void {
  const screen = topScreen(store.getState());
  if (screen.kind !== 'bulk') return;
  running.get(screen.plan.id)?.abort();
  store.update((state) => say(state, 'The plan stops after the current row.'));
}

/** Updates the plan's screen wherever it is: in the stack, or among the screens that were left. */
function withBulk(state: ConsoleState, { plan }: BulkScreen, change: Partial<BulkScreen>): ConsoleState {
  const changed = (stack: Stack): Stack =>
    stack.map((each) => (each.kind === 'bulk' && each.plan.id === plan.id ? { ...each, ...change } : each));
  const { stack, past, future } = state;
  return { ...state, stack: changed(stack), past: past.map(changed), future: future.map(changed) };
}

function ask(
  store: ConsoleStore,
  purpose: Prompt['purpose'],
  title: string,
  label: string,
  proposal: string,
  more: Pick<Prompt, 'demand' | 'note' | 'about'> = {},
): void {
  store.update((state) => ({
    ...state,
    overlay: {
      kind: 'prompt',
      ...{ purpose, title, label, line: proposedLine(proposal), problem: null },
      ...more,
    },
  }));
}
