import { printable } from '../../model/printable.ts';
import { rememberedText } from '../../model/remembered-name.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { caretPieces } from '../parts/caret.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Theme } from '../parts/theme.ts';
import { visible, widthOf } from '../text/cells.ts';
import type { FloatContent } from './float.tsx';
import { planDeed, planHead, planTitle, wrapped } from './plan-parts.ts';

/** Everything a person should know before saying yes; nothing of it is ever cut. */
export function planContent(box: PlanBox, state: ConsoleState, room: number, theme: Theme): FloatContent {
  const { plan } = box;
  const steps = plan.draft.steps.map((step) => step.name);
  return {
    title: planTitle(plan),
    tone: plan.irreversible ? 'bad' : 'warn',
    lines: [
      ...planHead(plan, state, room),
      [],
      ...planDeed(plan, room, theme.marks),
      ...wrapped(plan.rule, room),
      ...(steps.length > 1 ? wrapped(`Sent in ${steps.length} steps: ${steps.join(', ')}.`, room, 'dim') : []),
      ...plan.remembered.flatMap((name) => wrapped(rememberedText(name), room, 'warn')),
      ...plan.changedSince.flatMap((change) => wrapped(`Changed since you looked: ${change}`, room, 'warn')),
      [],
      ...confirmLines(box, room),
    ],
  };
}

/** What stands in place of a plan that is larger than the screen. */
export function planTooLarge(box: PlanBox, room: number): FloatContent {
  return {
    title: planTitle(box.plan),
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
    const send: PieceLine = [{ text: 'Send is on ' }, { text: ' y ', tone: 'press' }, { text: ' .', tone: 'dim' }];
    const width = send.reduce((sum, piece) => sum + widthOf(piece.text), 0);
    const otherwise = 'Anything else closes this and sends nothing.';
    return width + 2 + otherwise.length <= room
      ? [[...send, { text: `  ${otherwise}`, tone: 'dim' }], ...problem]
      : [send, ...wrapped(otherwise, room, 'dim'), ...problem];
  }
  const words = plan.confirmations.map((word) => visible(printable(word))).join('  or  ');
  return [
    ...wrapped('This cannot be undone. To send it, type exactly:', room, 'bad'),
    ...wrapped(words, room, 'bold'),
    [{ text: '> ', tone: 'accent' }, ...caretPieces(box.typed, room - 2)],
    ...wrapped('Enter sends; Esc closes this and sends nothing.', room, 'dim'),
    ...problem,
  ];
}
