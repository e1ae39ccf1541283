import type { ConsoleState } from '../../state/console-state.ts';
import type { Overlay } from '../../state/overlay.ts';
import { planTitle } from '../../state/plan-words.ts';
import { faultPieces } from '../parts/fault-pieces.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { elapsed } from '../text/dates.ts';
import type { OverlayContent } from './overlay-box.tsx';
import { deedInWords, planHead, wrapped } from './plan-parts.ts';

type Sending = Extract<Overlay, { kind: 'sending' }>;
type Result = Extract<Overlay, { kind: 'result' }>;

/** A write on its way, step by step. */
export function sendingContent(
  sending: Sending,
  state: ConsoleState,
  room: number,
  spinner: string,
  theme: Theme,
): OverlayContent {
  const { plan } = sending;
  const lines = plan.draft.steps.map((step, index): PieceLine => {
    const last = sending.steps.find((other) => other.index === index);
    const state = last?.state ?? 'waiting';
    const mark =
      state === 'done' ? theme.marks.good : state === 'sending' ? spinner : state === 'waiting' ? '·' : theme.marks.bad;
    return [
      { text: `${mark} ${step.name}`, tone: state === 'waiting' ? 'dim' : 'plain' },
      { text: `  ${state}`, tone: 'dim' },
    ];
  });
  return {
    title: `${planTitle(plan)}: sending ${elapsed(new Date(sending.since).toISOString(), state.now)}`,
    tone: 'accent',
    lines: [...planHead(plan, state, room), ...wrapped(deedInWords(plan, theme.marks), room, 'bold'), [], ...lines],
  };
}

interface Ending {
  readonly title: string;
  readonly tone: Tone;
  readonly text: string;
}

/** The three ends of a write, and that it never left. */
const endings: Readonly<Record<Result['result']['outcome'], Ending>> = {
  done: { title: 'Done', tone: 'good', text: 'The vendor shows it.' },
  accepted: {
    title: 'Accepted',
    tone: 'accent',
    text: 'The vendor works on it. Subdeck follows it and says when it settles; R shows it.',
  },
  refused: { title: 'Refused', tone: 'bad', text: 'The change was refused.' },
  unknown: {
    title: 'Unknown',
    tone: 'warn',
    text: 'It was sent, and it may or may not have happened. It is never sent again by itself; J shows the journal; s settles it there.',
  },
  unsent: { title: 'Not sent', tone: 'warn', text: 'It provably never left this machine. Nothing has changed.' },
};

/** A vendor may say that it is done and not show it yet, or not show all of it ever. */
function endingOf({ outcome, request, left }: Result['result']): Ending {
  if (outcome === 'accepted' && request?.answeredDone === true) {
    const text =
      'The vendor says that it is done, and does not show it yet. Subdeck goes on looking and says when it does; R shows it.';
    return { ...endings.accepted, title: 'Sent', text };
  }
  return outcome === 'done' && left !== undefined ? { ...endings.done, text: left } : endings[outcome];
}

export function resultContent(
  { plan, result }: Result,
  state: ConsoleState,
  room: number,
  theme: Theme,
): OverlayContent {
  const ending = endingOf(result);
  return {
    title: plan === null ? ending.title : `${planTitle(plan)}: ${ending.title.toLowerCase()}`,
    tone: ending.tone,
    lines: [
      ...(plan === null
        ? []
        : [...planHead(plan, state, room), ...wrapped(deedInWords(plan, theme.marks), room, 'bold'), []]),
      ...wrapped(ending.text, room, ending.tone),
      ...(result.fault === null ? [] : [[], ...faultPieces(result.fault, room)]),
      ...(result.journalId === null ? [] : [[], ...wrapped(`Journal ${result.journalId}`, room, 'dim')]),
      [],
      [
        { text: 'Enter', tone: 'key' },
        { text: ' closes', tone: 'dim' },
      ],
    ],
  };
}

export function noticeContent(notice: Extract<Overlay, { kind: 'notice' }>, room: number): OverlayContent {
  const lines = notice.fault === null ? wrapped(notice.text, room) : faultPieces(notice.fault, room);
  return { title: notice.title, tone: notice.fault === null ? 'accent' : 'bad', lines };
}

export function waitingContent(waiting: Extract<Overlay, { kind: 'waiting' }>, spinner: string): OverlayContent {
  return { title: 'One moment', tone: 'accent', lines: [[{ text: `${spinner} ${waiting.text}` }]] };
}

export function leaveContent(room: number): OverlayContent {
  return {
    title: 'A write is being sent',
    tone: 'bad',
    lines: wrapped(
      'Its answer is not here yet. If you leave, the journal keeps it as unknown until it is settled. y leaves anyway; Esc waits.',
      room,
    ),
  };
}
