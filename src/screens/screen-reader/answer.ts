import type { Keys } from '../../commands/command.ts';
import type { EffectContext } from '../../commands/keys/effects/deps.ts';
import { open } from '../../commands/keys/effects/open.ts';
import { run } from '../../commands/keys/effects/palette.ts';
import { submitPrompt } from '../../commands/keys/effects/prompt.ts';
import { takeBack, whyNotTakenBack } from '../../commands/keys/effects/take-back.ts';
import { choose, send, submitForm } from '../../commands/keys/effects/write-path.ts';
import { activeScopes } from '../../state/active-key-scopes.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen, withTop } from '../../state/console-state.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { textLine } from '../../state/text-line.ts';
import { move } from '../../state/updates/cursor.ts';
import { dropFilter, keepFilter, openFilter, typeFilter } from '../../state/updates/filter.ts';
import { focused, turnField } from '../../state/updates/form.ts';
import { closeOverlay } from '../../state/updates/navigate.ts';
import { giveReason, isTyped, leavePlan, planListens, planProblem, whyNotSent } from '../../state/updates/plan.ts';
import { say } from '../../state/updates/status.ts';

export const readerHelp: readonly string[] = [
  'Type a number to open that line, n or p to turn pages, b to go back, Enter alone to repeat the screen.',
  '/ and a text filters. a lists actions. c copies. r refreshes. s settles a write, u takes one back, as a new plan. o goes offline or online.',
  't opens Today, j the journal, w the requests, l the calls, g the charts.',
  'On Today z snoozes, d is done, e notes, k takes or gives back, m shows only mine, f groups, u sorts, x shows what is hidden.',
  'v opens the customer of a line; there h is the next tab, y says that organizations of the same name or domain are one customer, i that they are not.',
  'A letter and a number is for that line: z 3.',
  'Commands work without subdeck: subscription list, handover, help. q quits.',
];

/** Handles one typed line. `at` is its arrival (monotonic ms). */
export function answer(effects: EffectContext, line: string, at: number): void {
  const { store, deps } = effects;
  const text = line.trim();
  const { overlay } = store.getState();
  if (overlay === null) onScreen(effects, text);
  else if (overlay.kind === 'plan') onPlan(effects, overlay, text, at);
  else if (overlay.kind === 'result' && text === 'u') onTakeBack(effects);
  else if (text === 'b' || overlay.kind === 'result' || overlay.kind === 'notice' || overlay.kind === 'waiting') {
    store.update(closeOverlay);
  } else if (overlay.kind === 'menu') {
    const entry = overlay.entries[Number(text) - 1];
    if (entry === undefined) store.update((state) => say(state, 'There is no such number.', 'warn'));
    else {
      store.update((state) => ({ ...state, overlay: { ...overlay, cursor: entry.id } }));
      choose(store, deps);
    }
  } else if (overlay.kind === 'prompt') {
    const line = text === '' ? overlay.line : textLine(text);
    store.update((state) => ({ ...state, overlay: { ...overlay, line, problem: null } }));
    submitPrompt(store, deps);
  } else if (overlay.kind === 'form') onForm(effects, line);
  else if (overlay.kind === 'leave') {
    if (text === 'yes') deps.exit(overlay.exitCode);
    else store.update((state) => ({ ...state, overlay: overlay.over }));
  }
}

function onScreen(effects: EffectContext, text: string): void {
  const { store, deps } = effects;
  const [, letter, number] = /^([a-z]) (\d+)$/.exec(text) ?? [];
  if (letter !== undefined) {
    store.update((state) => withCursorAt(state, Number(number) - 1));
    onScreen(effects, letter);
    return;
  }
  const named = deps.commands.flatMap(({ keys }) => (keys?.readerKey === text ? [keys] : []));
  const keys = named.find((each) => isHere(store.getState(), each)) ?? named[0];
  if (keys !== undefined) performKey(effects, keys);
  else if (text === 'n' || text === 'p') store.update((state) => paged(state, text === 'n' ? 1 : -1));
  else if (/^\d+$/.test(text)) openRow(effects, Number(text) - 1);
  else if (text.startsWith('/')) {
    store.update((state) => filteredBy(state, text.slice(1).trim()));
  } else if (text !== '') run(store, deps, text.replace(/^:\s*/, ''));
}

/** What is wrong with a filter is said, and the filter from before stays. */
function filteredBy(state: ConsoleState, text: string): ConsoleState {
  const typed = typeFilter(openFilter(state), textLine(text));
  const { overlay } = typed;
  if (overlay?.kind !== 'filter') return typed;
  const wrong = overlay.cannot ?? overlay.problem?.message ?? null;
  return wrong === null ? keepFilter(typed) : say(dropFilter(typed), wrong, 'warn');
}

/** Runs a key's command if it is available on this screen. */
function performKey(effects: EffectContext, keys: Keys): void {
  const state = effects.store.getState();
  const reason = isHere(state, keys) ? (keys.unavailable?.(state) ?? null) : 'It is not available on this screen.';
  if (reason === null) keys.perform(effects);
  else effects.store.update((before) => say(before, reason, 'warn'));
}

function isHere(state: ConsoleState, { scopes }: Keys): boolean {
  return activeScopes(state).some((scope) => scopes.includes(scope));
}

function openRow({ store, deps }: EffectContext, index: number): void {
  store.update((state) => withCursorAt(state, index));
  open(store, deps);
}

function withCursorAt(state: ConsoleState, index: number): ConsoleState {
  const screen = topScreen(state);
  return 'list' in screen ? move(state, { rows: index - screen.list.index }) : state;
}

/** The next page: its first row is the first one printed. */
function paged(state: ConsoleState, by: 1 | -1): ConsoleState {
  const moved = move(state, { pages: by });
  const screen = topScreen(moved);
  if (!('list' in screen)) return moved;
  return withTop(moved, { ...screen, list: { ...screen.list, top: screen.list.index } } as typeof screen);
}

function onPlan({ store, deps }: EffectContext, box: PlanBox, text: string, at: number): void {
  const given = { kind: 'line', text, isByHand: true } as const;
  const problem = whyNotSent(box, given, 'screen reader');
  if (text === 'b' && problem !== null) {
    store.update((state) => say(toFirstField(leavePlan(state)), 'Nothing was sent.'));
  } else if (!planListens(box, at)) {
    store.update((state) =>
      planProblem(state, 'The answer came before the plan could be read. Nothing was sent; type it again.'),
    );
  } else if (problem !== null && text.startsWith('r ')) {
    store.update((state) => giveReason(state, text.slice(2)));
  } else if (problem === null) send(store, deps, given, 'screen reader');
  else {
    const what = isTyped(box) ? problem : 'Type yes to send it, or b to go back. Nothing was sent.';
    store.update((state) => planProblem(state, what));
  }
}

/** The fields are asked one after another. */
function toFirstField(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  return overlay?.kind === 'form' ? { ...state, overlay: { ...overlay, form: { ...overlay.form, focus: 0 } } } : state;
}

function onTakeBack({ store, deps }: EffectContext): void {
  const reason = whyNotTakenBack(store.getState());
  if (reason === null) takeBack(store, deps);
  else store.update((state) => say(state, reason, 'warn'));
}

/** Each line answers one field, an empty one keeps what is filled in; the last one submits. */
function onForm({ store, deps }: EffectContext, line: string): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'form') return;
  const { form } = overlay;
  const field = focused(form);
  if (field.kind === 'masked') return;
  const picked = field.kind === 'choice' ? Number(line.trim()) - 1 : null;
  const answered =
    line === ''
      ? field
      : { ...field, line: textLine(line), picked: picked !== null && field.choices[picked] ? picked : null };
  const [first, ...rest] = form.fields;
  const put = (other: typeof field) => (other.name === field.name ? answered : other);
  const isLast = form.focus === form.fields.length - 1;
  store.update((state) => {
    const next = {
      ...state,
      overlay: { kind: 'form', form: { ...form, fields: [put(first), ...rest.map(put)], problem: null } },
    } as const;
    return isLast ? next : turnField(next, 1);
  });
  if (isLast) submitForm(store, deps);
}
