import { paletteWords } from '../../model/palette-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { Overlay } from '../../state/overlay.ts';
import { planTitle } from '../../state/plan-words.ts';
import { toldStoreWaitText } from '../../state/told-store-wait.ts';
import { faultPieces } from '../parts/fault-pieces.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { elapsed } from '../text/dates.ts';
import type { OverlayContent } from './overlay-box.tsx';
import { deedInWords, planHead, wrapped } from './plan-parts.ts';

type Sending = Extract<Overlay, { kind: 'sending' }>;
type Result = Extract<Overlay, { kind: 'result' }>;

/** The progress of a write, step by step. */
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
    lines: [
      ...planHead(plan, state, room),
      ...wrapped(deedInWords(plan, theme.marks), room, 'bold'),
      [],
      ...lines,
      ...storeWaitLines(state, room),
    ],
  };
}

interface Ending {
  readonly title: string;
  readonly tone: Tone;
  readonly text: string;
}

/** The outcomes of a write; the last one is for a write that was not sent. */
const endings: Readonly<Record<Result['result']['outcome'], Ending>> = {
  done: { title: 'Done', tone: 'good', text: 'The vendor shows the change.' },
  accepted: {
    title: 'Accepted',
    tone: 'accent',
    text: 'The vendor is working on it. Subdeck polls it and tells you when it settles; press R to see it.',
  },
  refused: { title: 'Refused', tone: 'bad', text: 'The change was refused.' },
  unknown: {
    title: 'Unknown',
    tone: 'warn',
    text: 'The write was sent; whether it was applied is unknown. It is never sent again automatically. Press J for the journal, then s to settle it.',
  },
  unsent: { title: 'Not sent', tone: 'warn', text: 'The request was not sent. Nothing has changed.' },
};

/** A vendor may report a change done and show it later, or never show all of it. */
function endingOf({ outcome, request, left }: Result['result']): Ending {
  if (outcome === 'accepted' && request?.answeredDone === true) {
    const text =
      'The vendor reports it done but does not show it yet. Subdeck keeps polling and tells you when it does; press R to see it.';
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
      ...wrapped(paletteWords(ending.text), room, ending.tone),
      ...(result.fault === null ? [] : [[], ...faultPieces(result.fault, room)]),
      ...(result.journalId === null ? [] : [[], ...wrapped(`Journal ${result.journalId}`, room, 'dim')]),
      ...wayBackLines(result, room),
      [],
      [
        { text: 'Enter', tone: 'key' },
        { text: ' closes', tone: 'dim' },
      ],
    ],
  };
}

/** What takes it back, with its key once it is done. */
function wayBackLines({ outcome, wayBack }: Result['result'], room: number): readonly PieceLine[] {
  if (wayBack === undefined) return [];
  if (wayBack.kind === 'none') return wrapped(`It cannot be taken back: ${wayBack.why}`, room, 'dim');
  if (outcome !== 'done') {
    const text = `Once it is done, u takes it back here, in the requests and in the journal: ${wayBack.short}`;
    return wrapped(text, room, 'dim');
  }
  return [takesBack(wayBack.short)];
}

/** The key that opens the plan of what takes a write back. */
function takesBack(short: string): PieceLine {
  return [
    { text: 'u', tone: 'key' },
    { text: ` takes it back, as a new plan: ${short}`, tone: 'dim' },
  ];
}

export function noticeContent(notice: Extract<Overlay, { kind: 'notice' }>, room: number): OverlayContent {
  const lines = notice.fault === null ? wrapped(paletteWords(notice.text), room) : faultPieces(notice.fault, room);
  return { title: notice.title, tone: notice.fault === null ? 'accent' : 'bad', lines };
}

export function waitingContent(
  waiting: Extract<Overlay, { kind: 'waiting' }>,
  state: ConsoleState,
  room: number,
  spinner: string,
): OverlayContent {
  const lines = [[{ text: `${spinner} ${waiting.text}` }], ...storeWaitLines(state, room)];
  return { title: 'One moment', tone: 'accent', lines };
}

export function leaveContent(state: ConsoleState, room: number): OverlayContent {
  return {
    title: 'A write is being sent',
    tone: 'bad',
    lines: [
      ...wrapped(
        'Its answer has not arrived. If you quit, the journal records it as unknown until it is settled. Press y to quit anyway, Esc to wait.',
        room,
      ),
      ...storeWaitLines(state, room),
    ],
  };
}

function storeWaitLines(state: ConsoleState, room: number): readonly PieceLine[] {
  const text = toldStoreWaitText(state);
  return text === null ? [] : [[], ...wrapped(text, room, 'warn')];
}
