import { grouped } from '../../../model/numbers.ts';
import type { Subscription } from '../../../model/subscription.ts';
import { happened } from '../../../model/verdict.ts';
import type { VendorChoiceInput } from '../../../operations/input.ts';
import { findOperation, type Operation } from '../../../operations/registry.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Form } from '../../../state/form.ts';
import { valuesOf } from '../../../state/form.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import { markedCount } from '../../../state/mark-words.ts';
import type { Menu, MenuEntry, Overlay } from '../../../state/overlay.ts';
import { findByRef } from '../../../state/read-screen.ts';
import { rowId } from '../../../state/row-id.ts';
import { subjectOf } from '../../../state/subject.ts';
import type { TodayRow } from '../../../state/today-screens.ts';
import { turnFold } from '../../../state/updates/fold.ts';
import { formProblem } from '../../../state/updates/form.ts';
import { closeOverlay } from '../../../state/updates/navigate.ts';
import { planListens, whyNotSent } from '../../../state/updates/plan.ts';
import { sortBy } from '../../../state/updates/sort.ts';
import { say } from '../../../state/updates/status.ts';
import { filterByValue } from '../../../state/updates/values.ts';
import { chooseView } from '../../../state/updates/views.ts';
import type { ConfirmationGiven } from '../../../writes/confirmation.ts';
import { offlineReason, readOnlyReason } from '../reasons.ts';
import { actionsOn, requestedBy } from './actions.ts';
import { toggleArmed } from './arm.ts';
import { chooseBulk, refsOfGroup } from './bulk.ts';
import { actionMenu, bulkMenu } from './bulk-menu.ts';
import { chooseCopy } from './copy.ts';
import { chooseForCreation, planCreation } from './create.ts';
import type { EffectDeps, Using } from './deps.ts';
import { foldEntries } from './fold-entries.ts';
import { fieldsOf } from './input-fields.ts';
import { reloadTabs } from './load-tab.ts';
import { planWriteRequest } from './plan-request.ts';
import { readAgain, refsOf } from './refresh.ts';
import { faultOf } from './reported.ts';
import { entryOf, settle, settleByPerson } from './settle.ts';
import { submitMarkForm } from './today-marks.ts';
import { notice, showWait } from './wait-overlay.ts';

/** A plan's arguments, and the vendor's choices for them. */
type Planning = Using<'clock' | 'connections' | 'writes'>;
/** The arguments of the entries of all menus. */
type Choosing = Planning & Pick<EffectDeps, 'terminal'> & Using<'cache' | 'journal' | 'settings'>;

/** The menu of every operation on the subscription. */
export function openActions(store: ConsoleStore, deps: Using<'cache' | 'clock' | 'connections' | 'writes'>): void {
  const screen = topScreen(store.getState());
  if (screen.kind === 'subscriptions' && screen.marks.size > 0) {
    const markedRows = [...(screen.marked?.rows.values() ?? [])];
    void showWait(store, deps, 'Loading the actions…', async () =>
      unlessEmpty(await bulkMenu(deps.context, markedRows, markedCount(screen), whyDenied(store, deps))),
    );
    return;
  }
  if (screen.kind === 'today') {
    const line = rowUnderCursor(screen.list, rowId.today);
    if (line !== null && line.kind !== 'item') {
      openGroupActions(store, deps, line);
      return;
    }
  }
  const subject = subjectOf(store.getState());
  const settling = settleEntries(store.getState());
  if (subject === null) {
    const title = entryOf(store.getState())?.sentence ?? '';
    const cursor = settling[0]?.id ?? null;
    if (settling.length === 0) store.update((state) => say(state, 'There is no action here.', 'warn'));
    else {
      const overlay = { kind: 'menu', purpose: 'actions', title, entries: settling, cursor, subject } as const;
      store.update((state) => ({ ...state, overlay }));
    }
    return;
  }
  void showWait(store, deps, 'Loading the actions…', async () => {
    const vendor = await deps.context.connections.declared(subject.connection);
    const actions = [...settling.map((entry) => ({ entry })), ...actionsOn(subject, vendor)];
    const folded = foldEntries(actions, whyDenied(store, deps), vendor.charging.vendor);
    return unlessEmpty(actionMenu('actions', subject.name, folded, subject));
  });
}

/** Where nothing can be done, for one reason, that is all there is to say. */
function unlessEmpty(menu: Menu) {
  return menu.entries.length === 0 ? notice(menu.title, `Nothing can be changed here: ${menu.notice ?? ''}`) : menu;
}

/** What is settled stands first: nothing else can be sent to its subscription before. */
function settleEntries(state: ConsoleState): readonly MenuEntry[] {
  const entry = entryOf(state);
  if (entry === null) return [];
  const isUnknown = entry.state === 'unknown' || entry.state === 'needs-person';
  const isOpen = !isUnknown && happened(entry.state) === null;
  return [
    {
      id: settleEntryId,
      label: isUnknown ? 'Settle: find out the outcome' : 'Correct the outcome',
      note: null,
      unavailable: isOpen ? 'It is still open.' : isUnknown ? offlineReason(state) : null,
    },
  ];
}

const settleEntryId = 'settle';

/** One plan for all subscriptions of a group. */
function openGroupActions(
  store: ConsoleStore,
  deps: Using<'cache' | 'clock' | 'connections' | 'writes'>,
  line: Exclude<TodayRow, { readonly kind: 'item' }>,
): void {
  const refs = refsOfGroup(line);
  if (line.kind === 'fold') store.update((state) => say(state, 'Open this line first (Enter).', 'warn'));
  else if (refs.length === 0) store.update((state) => say(state, 'There is no action here.', 'warn'));
  else {
    const rows = refs.flatMap((ref) => findByRef(deps.context.cache, ref) ?? []);
    const title = `${grouped(refs.length)} ${refs.length === 1 ? 'subscription' : 'subscriptions'}`;
    void showWait(store, deps, 'Loading the actions…', async () =>
      unlessEmpty(await bulkMenu(deps.context, rows, title, whyDenied(store, deps))),
    );
  }
}

function whyDenied(store: ConsoleStore, { context }: Using<'writes'>): string | null {
  const state = store.getState();
  const denied = context.writes.denied()?.message ?? null;
  if (state.offline) return state.offlineForGood && denied !== null ? denied : offlineReason(state);
  return readOnlyReason(state) ?? denied;
}

/** Runs the menu entry under the cursor. An unavailable one shows its reason and the menu stays. */
export function choose(store: ConsoleStore, deps: Choosing): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'menu') return;
  const entry = overlay.entries.find((each) => each.id === overlay.cursor);
  if (entry === undefined) return;
  if (entry.unavailable !== null) {
    store.update((state) => say(state, `${entry.label}: ${entry.unavailable}`, 'warn'));
  } else if (entry.fold !== undefined) {
    store.update((state) => turnFold(state, entry.id));
  } else if (overlay.purpose === 'sort') {
    store.update((state) => sortBy(state, entry.id));
  } else if (overlay.purpose === 'columns') {
    store.update(closeOverlay);
  } else if (overlay.purpose === 'values') {
    store.update((state) => filterByValue(state, entry.id, false));
  } else if (overlay.purpose === 'views') {
    store.update((state) => chooseView(state, entry.id));
  } else if (overlay.purpose === 'arm') {
    toggleArmed(store, deps, entry.id);
  } else if (overlay.purpose === 'bulk') {
    chooseBulk(store, deps, entry.id);
  } else if (overlay.purpose === 'copy') {
    chooseCopy(store, deps, entry.id);
  } else if (overlay.purpose === 'actions' && entry.id === settleEntryId) {
    settle(store, deps);
  } else if (overlay.purpose === 'settle') {
    settleByPerson(store, deps, entry.id);
  } else if (overlay.creation !== undefined) {
    chooseForCreation(store, deps, overlay.creation, entry);
  } else if (overlay.subject !== null) {
    chooseAction(store, deps, overlay, overlay.subject, entry.id);
  }
}

function chooseAction(store: ConsoleStore, deps: Planning, menu: Menu, subject: Subscription, id: string): void {
  const operation = findOperation(menu.operation ?? id);
  if (operation === null) return;
  const chosen = operation.inputs.find(({ kind }) => kind === 'vendor choice');
  if (menu.operation !== undefined && chosen !== undefined) {
    planAction(store, deps, subject, operation, { [chosen.name]: id });
  } else openAction(store, deps, subject, operation);
}

/** Opens the form for the inputs; without inputs, the plan. */
function openAction(store: ConsoleStore, deps: Planning, subject: Subscription, operation: Operation): void {
  const { menu } = operation;
  if (menu === null) return;
  void showWait(store, deps, 'One moment…', async (signal) => {
    const vendor = await deps.context.connections.vendor(subject.connection);
    const title = menu.label(subject, vendor);
    const asked = menu.asks(subject, vendor);
    const choice = asked.find((input) => input.kind === 'vendor choice');
    if (choice !== undefined) {
      return choiceMenu(operation, title, choice, await choice.choices(vendor, subject, signal), subject);
    }
    const [first, ...rest] = await fieldsOf(asked, subject, vendor, signal);
    if (first === undefined) return null;
    const fields = [first, ...rest] as const;
    return {
      kind: 'form',
      form: { action: operation.id, title, subject, fields, focus: 0, reason: null, problem: null },
    };
  }).then((opened) => {
    if (opened === null) planAction(store, deps, subject, operation, {});
  });
}

function choiceMenu(
  operation: Operation,
  title: string,
  { label, none }: VendorChoiceInput,
  found: Awaited<ReturnType<VendorChoiceInput['choices']>>,
  subject: Subscription,
): Overlay {
  if ('no' in found) return notice(title, found.no);
  if (found.length === 0) return notice(title, none);
  const entries = found.map(({ value, label: text, note }) => ({ id: value, label: text, note, unavailable: null }));
  const cursor = entries[0]?.id ?? null;
  return { kind: 'menu', purpose: 'vendor-choice', title: label, entries, cursor, subject, operation: operation.id };
}

/** Turns the form into a write request and plans it; a mistake is shown in the form. */
export function submitForm(store: ConsoleStore, deps: Using<'clock' | 'journal' | 'writes'>): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'form') return;
  const { form } = overlay;
  const values = valuesOf(form);
  const lacking = missingField(form, values);
  if (lacking !== null) store.update((state) => formProblem(state, lacking));
  else if (!('kind' in form.subject)) {
    const operation = findOperation(form.action);
    if (operation !== null) planAction(store, deps, form.subject, operation, values);
  } else if (form.subject.kind === 'items') submitMarkForm(store, deps, form, form.subject, values);
  else planCreation(store, deps, form.subject, values);
}

function missingField(form: Form, values: Readonly<Record<string, string>>): string | null {
  const field = form.fields.find((each) => each.required && (values[each.name] ?? '').trim() === '');
  if (field === undefined) return null;
  return field.kind === 'choice' ? `${field.label}: choose one with ↑ and ↓.` : `${field.label} is missing.`;
}

function planAction(
  store: ConsoleStore,
  deps: Using<'clock' | 'writes'>,
  subject: Subscription,
  operation: Operation,
  values: Readonly<Record<string, string>>,
): void {
  const asked = operation.inputs.filter(({ name }) => name in values);
  const requested = requestedBy(operation, asked, values, subject);
  if (requested.ok) void planWriteRequest(store, deps, requested.writeRequest, subject);
  else store.update((state) => formProblem(state, requested.problem));
}

/** Sends the plan on screen, once. Every check is repeated here, at the last moment. */
export function send(
  store: ConsoleStore,
  { context }: Using<'cache' | 'clock' | 'connections' | 'settings' | 'sync' | 'writes'>,
  given: ConfirmationGiven,
  by: 'keys' | 'screen reader' = 'keys',
): void {
  const state = store.getState();
  const { overlay } = state;
  if (overlay?.kind !== 'plan' || state.offline || state.readOnly !== false) return;
  if (!planListens(overlay, context.clock.monotonic())) return;
  if (whyNotSent(overlay, given, by) !== null) return;
  const { plan, reason } = overlay;
  store.update((before) => ({
    ...before,
    overlay: { kind: 'sending', plan, steps: [], since: context.clock.now() },
  }));
  // Read now: after a deletion the subscription is no longer in the cache.
  const refs = refsOf(context, plan.ref);
  const [, ...others] = refs;
  void context.writes.apply(plan, { reason, onStep: (step) => store.update((before) => withStep(before, step)) }).then(
    (result) => {
      store.update((before) => ({ ...before, overlay: { kind: 'result', plan, result } }));
      if (result.outcome === 'done') readAgain(context, others);
      if (result.outcome !== 'refused' && result.outcome !== 'unsent') reloadTabs(store, { context }, refs);
    },
    (error: unknown) => {
      const fault = faultOf(error);
      const result = { outcome: 'unknown', journalId: null, request: null, fault } as const;
      store.update((before) => ({ ...before, overlay: { kind: 'result', plan, result } }));
    },
  );
}

function withStep(state: ConsoleState, step: Extract<Overlay, { kind: 'sending' }>['steps'][number]): ConsoleState {
  const { overlay } = state;
  const sending = overlay?.kind === 'leave' ? overlay.over : overlay;
  if (sending?.kind !== 'sending') return state;
  const next = { ...sending, steps: [...sending.steps.filter((other) => other.index !== step.index), step] };
  return { ...state, overlay: overlay?.kind === 'leave' ? { ...overlay, over: next } : next };
}
