import { paletteWords } from '../../model/palette-words.ts';
import { rememberedText } from '../../model/remembered-name.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { planTitle } from '../../state/plan-words.ts';
import type { TextLine } from '../../state/text-line.ts';
import { planConfirmation, whyTyped } from '../../state/updates/plan.ts';
import { caretPieces } from '../parts/caret.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Theme } from '../parts/theme.ts';
import { visible, widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import type { OverlayContent } from './overlay-box.tsx';
import {
  type PlanForm,
  planDeed,
  planHead,
  planMoneyBrief,
  planMoneyLines,
  shortened,
  wholeForm,
  withShortNames,
  wrapped,
} from './plan-parts.ts';

/** From full texts with blank lines to shortened names in as few lines as possible, at last with money in few words. */
const forms: readonly PlanForm[] = [
  wholeForm,
  ...[160, 80, 52, 36].map((name) => ({ name, isTight: false, isBrief: false })),
  ...[52, 36, 24, 16, 12, 8].map((name) => ({ name, isTight: true, isBrief: false })),
  ...[24, 16, 12, 8].map((name) => ({ name, isTight: true, isBrief: true })),
];

/**
 * Everything a person must know before confirming, in at most this many lines: names are shortened as needed; the
 * reference, the numbers, the vendor's rule and the required key or text are complete. If that needs more lines, the
 * shortest form is returned.
 */
export function planContent(
  box: PlanBox,
  state: ConsoleState,
  room: number,
  theme: Theme,
  height: number = Number.POSITIVE_INFINITY,
): OverlayContent {
  let content = contentIn(wholeForm, box, state, room, theme);
  for (const form of forms) {
    if (content.lines.length <= height) break;
    content = contentIn(form, box, state, room, theme);
  }
  return content;
}

function contentIn(form: PlanForm, box: PlanBox, state: ConsoleState, room: number, theme: Theme): OverlayContent {
  const { plan } = box;
  const steps = plan.draft.steps.map((step) => step.name);
  const air: readonly PieceLine[] = form.isTight ? [] : [[]];
  const short = (text: string) => withShortNames(text, plan, form);
  const changes = plan.changedSince.map((change) => shortened(change, { ...form, name: form.name * 2 + 24 }));
  return {
    title: planTitle(plan),
    tone: plan.irreversible ? 'bad' : 'warn',
    lines: [
      ...planHead(plan, state, room, form),
      ...air,
      ...planDeed(plan, room, theme.marks, form),
      ...(form.isBrief
        ? wrapped([short(plan.rule), planMoneyBrief(plan)].filter((part) => part !== '').join(' '), room)
        : [...planMoneyLines(plan, room, theme.marks, form), ...wrapped(short(plan.rule), room)]),
      ...(steps.length > 1
        ? wrapped(`This will be sent in ${steps.length} steps: ${steps.join(', ')}.`, room, 'dim')
        : []),
      ...plan.remembered.flatMap((name) => wrapped(short(rememberedText(name)), room, 'warn')),
      ...changes.flatMap((change) => wrapped(`Changed since it was last read: ${change}`, room, 'warn')),
      ...air,
      ...(box.reasonLine === null
        ? [...reasonLines(box, room, form), ...confirmLines(box, room, form)]
        : typingReason(box, box.reasonLine, room)),
    ],
  };
}

/** Replaces a plan that is larger than the screen. */
export function planTooLarge(box: PlanBox, room: number): OverlayContent {
  return {
    title: planTitle(box.plan),
    tone: 'bad',
    lines: [
      ...wrapped('This plan does not fit on the screen, so it cannot be confirmed. Make the terminal larger.', room),
      ...wrapped('Press Esc to go back; nothing is sent.', room, 'dim'),
    ],
  };
}

/** The reason, or how to give one; the shortest form has no room for the latter. */
function reasonLines({ reason }: PlanBox, room: number, form: PlanForm): readonly PieceLine[] {
  if (reason === null && form.isTight) return [];
  const text = clip(reason === null ? 'none; Tab adds one, such as a ticket number' : visible(reason), room - 8);
  return [
    [
      { text: 'Reason  ', tone: 'dim' },
      { text, tone: reason === null ? 'dim' : 'plain' },
    ],
  ];
}

/** In the place of the lines that confirm: keys do not answer the plan meanwhile. */
function typingReason({ problem }: PlanBox, line: TextLine, room: number): readonly PieceLine[] {
  return [
    [{ text: 'Reason  ', tone: 'accent' }, ...caretPieces(line, room - 8)],
    ...(problem === null
      ? wrapped('Press Enter to keep it, Esc to leave it as it was.', room, 'dim')
      : wrapped(paletteWords(problem), room, 'bad')),
  ];
}

function confirmLines(box: PlanBox, room: number, form: PlanForm): readonly PieceLine[] {
  const { plan } = box;
  const problem = box.problem === null ? [] : wrapped(paletteWords(box.problem), room, 'bad');
  const asked = planConfirmation(box);
  const back = box.form === null ? 'Esc to go back.' : 'Esc to go back and edit.';
  if (asked.kind !== 'typed') {
    const send: PieceLine = [
      { text: 'Press ' },
      { text: ' y ', tone: 'press' },
      { text: ` to send, ${back}`, tone: 'dim' },
    ];
    return [send, ...problem];
  }
  const { confirmations, target, ref, irreversible } = plan;
  const typed: PieceLine = [{ text: '> ', tone: 'accent' }, ...caretPieces(box.typed, room - 2)];
  const why = whyTyped(box);
  const [id = '', ...names] = asked.offered;
  // A truncated name cannot be typed from it.
  const offered = [id, ...names.filter((name) => visible(name) === name && widthOf(name) <= Math.min(room, form.name))];
  if (!form.isTight) {
    return [
      ...wrapped(`${why} To send it, type exactly:`, room, 'bad'),
      ...wordLines(offered, room),
      ...(irreversible && target !== null && confirmations.length === 1 && id === target.id
        ? wrapped('Another subscription has this name, so only the id is accepted.', room, 'dim')
        : []),
      typed,
      ...wrapped(`Press Enter to send, ${back}`, room, 'dim'),
      ...problem,
    ];
  }
  // The numbers are above.
  if (!irreversible) {
    const type = wrapped(`Large change (setting guard). Type ${id} to send it.`, room, 'bad');
    return [...(box.problem === null ? type : [...problem, ...wrapped(`Type ${id}.`, room, 'dim')]), typed];
  }
  // The reference above ends in the id.
  const isAbove = target !== null && id === target.id && ref.endsWith(id);
  const what = isAbove ? 'the id: everything after the first / above' : 'exactly:';
  return [
    ...(box.problem === null
      ? wrapped(`${why} To send it, type ${what}${isAbove ? '.' : ''}`, room, 'bad')
      : [...problem, ...wrapped(`Type ${what}${isAbove ? '.' : ''}`, room, 'dim')]),
    ...(isAbove ? [] : wordLines([id], room)),
    typed,
  ];
}

function wordLines(words: readonly string[], room: number): readonly PieceLine[] {
  const line = words.join('  or  ');
  return widthOf(line) <= room
    ? wrapped(line, room, 'bold')
    : words.flatMap((word, at) => wrapped(at === 0 ? word : `or  ${word}`, room, 'bold'));
}
