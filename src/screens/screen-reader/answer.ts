import { confirms } from '../../model/confirmation.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen, withTop } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { textLine } from '../../state/text-line.ts';
import { move } from '../../state/updates/cursor.ts';
import { keepFilter, openFilter, typeFilter } from '../../state/updates/filter.ts';
import { focused, turnField } from '../../state/updates/form.ts';
import { back, closeOverlay } from '../../state/updates/navigate.ts';
import { planListens, planProblem } from '../../state/updates/plan.ts';
import { say } from '../../state/updates/status.ts';
import { openCalls, openCharts, openToday } from '../../state/updates/today.ts';

export const readerHelp: readonly string[] = [
  'A number opens that line. n and p turn pages. b goes back. Enter alone says the screen again.',
  '/ and a text filters. a lists actions. c copies. r reads again. t today, j journal, w requests, l calls, g pictures.',
  'Words of the command line work without subdeck: subscription list, handover, help. q quits.',
];

const plainKeys: Readonly<Record<string, (console: ConsoleStore) => void>> = {
  b: (console) => console.update(back),
  n: (console) => console.update((state) => paged(state, 1)),
  p: (console) => console.update((state) => paged(state, -1)),
  a: (console) => console.effects.openActions(),
  r: (console) => console.effects.refresh(),
  s: (console) => console.effects.settle(),
  c: (console) => console.effects.copy(),
  t: (console) => console.update(openToday),
  l: (console) => console.update(openCalls),
  g: (console) => console.update(openCharts),
  j: (console) => console.effects.openJournal(),
  w: (console) => console.effects.openRequests(),
  q: (console) => console.effects.quit(0),
};

/** What one typed line does. `at` is when it came (monotonic ms). */
export function answer(console: ConsoleStore, line: string, at: number): void {
  const text = line.trim();
  const { overlay } = console.getState();
  if (overlay === null) onScreen(console, text);
  else if (overlay.kind === 'plan') onPlan(console, overlay, text, at);
  else if (text === 'b' || overlay.kind === 'result' || overlay.kind === 'notice' || overlay.kind === 'waiting') {
    console.update(closeOverlay);
  } else if (overlay.kind === 'menu') {
    const entry = overlay.entries[Number(text) - 1];
    if (entry === undefined) console.update((state) => say(state, 'There is no such number.', 'warn'));
    else {
      console.update((state) => ({ ...state, overlay: { ...overlay, cursor: entry.id } }));
      console.effects.choose();
    }
  } else if (overlay.kind === 'prompt') {
    const line = text === '' ? overlay.line : textLine(text);
    console.update((state) => ({ ...state, overlay: { ...overlay, line, problem: null } }));
    console.effects.submitPrompt();
  } else if (overlay.kind === 'form') onForm(console, line);
  else if (overlay.kind === 'leave') {
    if (text === 'yes') console.effects.quit(overlay.exitCode);
    else console.update((state) => ({ ...state, overlay: overlay.over }));
  }
}

function onScreen(console: ConsoleStore, text: string): void {
  const known = plainKeys[text];
  if (known !== undefined) known(console);
  else if (/^\d+$/.test(text)) openRow(console, Number(text) - 1);
  else if (text.startsWith('/')) {
    console.update((state) => keepFilter(typeFilter(openFilter(state), textLine(text.slice(1).trim()))));
  } else if (text !== '') console.effects.runWords(text.replace(/^:\s*/, ''));
}

function openRow(console: ConsoleStore, index: number): void {
  console.update((state) => {
    const screen = topScreen(state);
    return 'list' in screen ? move(state, { rows: index - screen.list.index }) : state;
  });
  console.effects.open();
}

/** A page further: the first row of the next page is the first that is said. */
function paged(state: ConsoleState, by: 1 | -1): ConsoleState {
  const moved = move(state, { pages: by });
  const screen = topScreen(moved);
  if (!('list' in screen)) return moved;
  return withTop(moved, { ...screen, list: { ...screen.list, top: screen.list.index } } as typeof screen);
}

function onPlan(console: ConsoleStore, box: PlanBox, text: string, at: number): void {
  if (!planListens(box, at)) {
    console.update((state) => planProblem(state, 'Too quick to have been read. Nothing was sent; type it again.'));
    return;
  }
  if (box.plan.irreversible && text !== '' && text !== 'b') {
    console.update((state) => ({
      ...state,
      lastKey: 'enter',
      overlay: { ...box, typed: textLine(text), problem: null },
    }));
    if (confirms(box.plan.confirmations, text)) console.effects.send();
    else console.update((state) => planProblem(state, 'That is not it, letter by letter. Nothing was sent.'));
  } else if (!box.plan.irreversible && text === 'yes') {
    console.update((state) => ({ ...state, lastKey: 'yes' }));
    console.effects.send();
  } else console.update((state) => say(closeOverlay(state), 'Nothing was sent.'));
}

/** Each line answers one field; the last one submits. */
function onForm(console: ConsoleStore, line: string): void {
  const { overlay } = console.getState();
  if (overlay?.kind !== 'form') return;
  const { form } = overlay;
  const field = focused(form);
  if (field.kind === 'masked') return;
  const picked = field.kind === 'choice' ? Number(line.trim()) - 1 : null;
  const answered = { ...field, line: textLine(line), picked: picked !== null && field.choices[picked] ? picked : null };
  const [first, ...rest] = form.fields;
  const put = (other: typeof field) => (other.name === field.name ? answered : other);
  const isLast = form.focus === form.fields.length - 1;
  console.update((state) => {
    const next = {
      ...state,
      overlay: { kind: 'form', form: { ...form, fields: [put(first), ...rest.map(put)], problem: null } },
    } as const;
    return isLast ? next : turnField(next, 1);
  });
  if (isLast) console.effects.submitForm();
}
