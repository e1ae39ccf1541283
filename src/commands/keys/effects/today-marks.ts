import { momentText } from '../../../model/date-words.ts';
import { FaultError } from '../../../model/fault.ts';
import { type ConsoleState, topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Form, FormField, MarkedItems } from '../../../state/form.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import { rowId } from '../../../state/row-id.ts';
import { proposedLine, textLine } from '../../../state/text-line.ts';
import { itemsOfLine, type TodayLine } from '../../../state/today-lines.ts';
import { formProblem } from '../../../state/updates/form.ts';
import { say } from '../../../state/updates/status.ts';
import type { Item } from '../../../today/item.ts';
import { isResting } from '../../../today/today.ts';
import { itemSubject } from '../../../today/today-words.ts';
import { type MarkRequest, markItems } from '../../mark-items.ts';
import { untilHelp, untilOf } from '../../until.ts';
import type { Using } from './deps.ts';
import { faultOf, inBackground } from './reported.ts';

type Marking = Using<'clock' | 'journal'>;
type MarkForm = 'snooze' | 'done' | 'note';

/** Why nothing under the cursor can be marked; null: it can. */
export function unmarkable(state: ConsoleState): string | null {
  const line = lineUnderCursor(state);
  if (line === null) return 'There are no rows here.';
  return line.kind === 'fold' ? 'Open this line first (Enter): it stands for several.' : null;
}

function lineUnderCursor(state: ConsoleState): TodayLine | null {
  const screen = topScreen(state);
  return screen.kind === 'today' ? rowUnderCursor(screen.list, rowId.today) : null;
}

function itemsUnderCursor(state: ConsoleState): readonly Item[] {
  const line = lineUnderCursor(state);
  return line === null || line.kind === 'fold' ? [] : itemsOfLine(line);
}

const reason: FormField = {
  ...{ name: 'text', label: 'Reason', kind: 'text', help: 'why, for the others', required: false },
  ...{ line: textLine(), choices: [], picked: null },
};

const forms: Readonly<Record<MarkForm, { readonly title: string; readonly fields: Form['fields'] }>> = {
  snooze: {
    title: 'Snooze',
    fields: [{ ...reason, name: 'until', label: 'Until', help: untilHelp, required: true }, reason],
  },
  done: { title: 'Done', fields: [reason] },
  note: { title: 'Note', fields: [{ ...reason, label: 'Note', help: 'for everybody', required: true }] },
};

/** Asks for the time, the reason or the note; the same for all items of a group. */
export function openMarkForm(store: ConsoleStore, action: MarkForm): void {
  store.update((state) => {
    const items = itemsUnderCursor(state);
    if (items.length === 0) return state;
    const { title, fields } = forms[action];
    const [first] = items;
    const note = action === 'note' && items.length === 1 ? (first?.marks.note?.text ?? '') : '';
    const filled: Form['fields'] = note === '' ? fields : [{ ...fields[0], line: proposedLine(note) }];
    const form = { action, title, subject: subjectOf(items), fields: filled, focus: 0, reason: null, problem: null };
    return { ...state, overlay: { kind: 'form', form } };
  });
}

function subjectOf(items: readonly Item[]): MarkedItems {
  const [first] = items;
  const name = first === undefined || items.length > 1 ? `${items.length} items` : itemSubject(first);
  const organization = first?.organization?.name ?? first?.connection ?? '';
  return { kind: 'items', keys: items.map(({ key }) => key), name, organization };
}

/** Keeps what the form says; a mistake is shown in it, and nothing is lost. */
export function submitMarkForm(
  store: ConsoleStore,
  { context }: Marking,
  { action }: Form,
  { keys, name }: MarkedItems,
  values: Readonly<Record<string, string>>,
): void {
  const found = (['snooze', 'done', 'note'] as const).find((each) => each === action);
  if (found === undefined) return;
  void (async () => {
    const text = (values.text ?? '').trim();
    const until = found === 'snooze' ? untilOf('Until', values.until ?? '', context.clock.now()) : null;
    const request: MarkRequest = { action: found, until, text: text === '' ? null : text };
    await markItems(
      context,
      keys.map((key) => ({ key })),
      request,
    );
    const said = { snooze: `snoozed until ${until === null ? '' : momentText(until)}`, done: 'done', note: 'noted' };
    store.update((state) => say({ ...state, overlay: null }, `${name}: ${said[found]}.`, 'good'));
  })().catch((error: unknown) => {
    const { message, next } = faultOf(error);
    store.update((state) => formProblem(state, error instanceof FaultError ? `${message} ${next}` : message));
  });
}

/** Takes the items; those that are all mine already are given back. */
export function takeOrRelease(store: ConsoleStore, { context }: Marking): void {
  const items = itemsUnderCursor(store.getState());
  const me = context.journal.author;
  const isMine = items.every(({ marks }) => marks.owner === me);
  mark(store, { context }, items, isMine ? 'release' : 'take', isMine ? 'nobody has it now' : 'yours');
}

/** Marks it as done with a reason; what is snoozed or done is put back. */
export function doneOrBack(store: ConsoleStore, deps: Marking): void {
  const state = store.getState();
  const items = itemsUnderCursor(state);
  if (!items.every((item) => isResting(item, state.now))) openMarkForm(store, 'done');
  else mark(store, deps, items, 'release', 'back on the list');
}

function mark(
  store: ConsoleStore,
  { context }: Marking,
  items: readonly Item[],
  action: 'take' | 'release',
  said: string,
): void {
  if (items.length === 0) return;
  inBackground(store, async () => {
    await markItems(context, items, { action, until: null, text: null });
    store.update((state) => say(state, `${subjectOf(items).name}: ${said}.`, 'good'));
  });
}
