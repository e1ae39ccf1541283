import type { JournalEntry } from '../../model/journal-entry.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { changeLines } from '../entry-lines.ts';
import { caretPieces } from '../parts/caret.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Tone } from '../parts/theme.ts';
import { mixesAlphabets } from '../text/alphabets.ts';
import { visible } from '../text/cells.ts';
import { wrap } from '../text/wrap.ts';
import type { FloatContent } from './float.tsx';

const titles: Readonly<Record<JournalEntry['verb'], string>> = {
  cancel: 'Cancel the subscription',
  delete: 'Delete the subscription',
  'set-quantity': 'Change the quantity',
  'set-license': 'Set the licence key',
  update: 'Change the subscription',
  suspend: 'Suspend the subscription',
  reactivate: 'Reactivate the subscription',
  create: 'Create a subscription',
  'renewal-set': 'Set what happens at renewal',
  'reservation-create': 'Reserve a change',
  'reservation-withdraw': 'Withdraw the reservation',
  'addon-cancel': 'Cancel the add-on',
};

/** Everything a person should know before saying yes; nothing of it is ever cut. */
export function planContent(box: PlanBox, state: ConsoleState, room: number): FloatContent {
  const { plan } = box;
  const title = state.connections.find((view) => view.name === plan.connection)?.title ?? plan.connection;
  const steps = plan.draft.steps.map((step) => step.name);
  return {
    title: titles[plan.verb],
    tone: plan.irreversible ? 'bad' : 'warn',
    lines: [
      ...wrapped([title, plan.connection, plan.organization?.name].filter(Boolean).join(' · '), room, 'dim'),
      ...wrapped(plan.target?.name ?? plan.ref, room, 'bold'),
      ...wrapped(plan.ref, room, 'dim'),
      ...(mixesAlphabets(plan.target?.name ?? '')
        ? wrapped('The name mixes alphabets, so it may only look like another: compare the id.', room, 'warn')
        : []),
      [],
      ...wrapped(plan.sentence, room),
      ...changeLines(plan.before, plan.after, room),
      ...(plan.money === undefined ? [] : wrapped(plan.money, room, 'bold')),
      ...wrapped(plan.rule, room),
      ...(steps.length > 1 ? wrapped(`Sent in ${steps.length} steps: ${steps.join(', ')}.`, room, 'dim') : []),
      ...plan.changedSince.flatMap((change) => wrapped(`Changed since you looked: ${change}`, room, 'warn')),
      [],
      ...confirmLines(box, room),
    ],
  };
}

/** What stands in place of a plan that is larger than the screen. */
export function planTooLarge(box: PlanBox, room: number): FloatContent {
  return {
    title: titles[box.plan.verb],
    tone: 'bad',
    lines: [
      ...wrapped('This plan does not fit on the screen, so it cannot be confirmed. Make the terminal larger.', room),
      ...wrapped('Esc closes it and sends nothing.', room, 'dim'),
    ],
  };
}

function confirmLines(box: PlanBox, room: number): readonly PieceLine[] {
  const { plan } = box;
  const problem = box.problem === null ? [] : wrapped(box.problem, room, 'bad');
  if (!plan.irreversible) {
    const send: PieceLine = [{ text: 'Send is on ' }, { text: ' y ', tone: 'press' }, { text: '.' }];
    return [send, ...wrapped('Anything else closes this and sends nothing.', room, 'dim'), ...problem];
  }
  const words = plan.confirmations.map((word) => visible(word)).join('  or  ');
  return [
    ...wrapped('This cannot be undone. To send it, type exactly:', room, 'bad'),
    ...wrapped(words, room, 'bold'),
    [{ text: '> ', tone: 'accent' }, ...caretPieces(box.typed, room - 2)],
    ...wrapped('Enter sends; Esc closes this and sends nothing.', room, 'dim'),
    ...problem,
  ];
}

function wrapped(text: string, room: number, tone: Tone = 'plain'): readonly PieceLine[] {
  return wrap(text, room).map((line): PieceLine => [{ text: line, tone }]);
}
