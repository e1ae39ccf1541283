import { clause } from '../../model/clause.ts';
import { beginOf, endOf, readDate } from '../../model/date-text.ts';
import { clockText, dayText } from '../../model/date-words.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { renewalAhead } from '../../model/renewal-ahead.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Reader } from '../deadline.ts';

import { type Attributed, withoutVendorStatus } from '../who-changed.ts';
import { type Canvas, fitted } from './cells.ts';

const eventKinds = ['start', 'change', 'write', 'now', 'cancellation', 'renewal', 'end'] as const;
export type EventKind = (typeof eventKinds)[number];

/** An event in the life of a subscription. */
export interface TimelineEvent {
  readonly kind: EventKind;
  /** Milliseconds. */
  readonly at: number;
  /** As the vendor or Subdeck wrote it; null for now. */
  readonly written: string | null;
  readonly text: string;
}

/** Start, changes, writes of this installation, now, the cancellation window, renewal or end; the earliest first. */
export function timelineOf(
  row: Subscription,
  changes: readonly Attributed[],
  entries: readonly JournalEntry[],
  now: number,
): readonly TimelineEvent[] {
  const own = (kind: EventKind, written: string | null, text: string): readonly TimelineEvent[] => {
    const at = kind === 'cancellation' || kind === 'renewal' || kind === 'end' ? endOf(written) : beginOf(written);
    return at === null ? [] : [{ kind, at, written, text }];
  };
  const ahead = renewalAhead(row);
  const renews = ahead?.mode === 'auto' || ahead?.mode === 'change';
  const events: readonly TimelineEvent[] = [
    ...own('start', row.startsAt, row.isTrial ? 'trial starts' : 'starts'),
    ...withoutVendorStatus(changes).flatMap((change) => own('change', change.seenAt, changeText(change))),
    ...entries.flatMap((entry) => own('write', entry.at, `${clause(entry.sentence)}: ${entry.state}, by ${entry.by}`)),
    { kind: 'now', at: now, written: null, text: 'now' },
    ...own('cancellation', row.cancellableUntil, 'the cancellation period ends'),
    ...own(renews ? 'renewal' : 'end', row.endsAt, endText(row)),
  ];
  return events.toSorted(
    (one, other) => one.at - other.at || eventKinds.indexOf(one.kind) - eventKinds.indexOf(other.kind),
  );
}

const signs: Readonly<Record<Canvas['marks'], Readonly<Record<EventKind | 'past' | 'future', string>>>> = {
  unicode: {
    ...{ start: '●', change: '◆', write: '▲', now: '┃', cancellation: '◇', renewal: '↻', end: '○' },
    ...{ past: '━', future: '─' },
  },
  ascii: {
    ...{ start: '*', change: '+', write: '^', now: '|', cancellation: '%', renewal: '@', end: 'o' },
    ...{ past: '=', future: '-' },
  },
};
/** Of several events in one cell, the last in this list is drawn. */
const drawn: readonly EventKind[] = ['change', 'write', 'start', 'cancellation', 'renewal', 'end', 'now'];

export interface TimelineCanvas extends Canvas {
  /** Maximum number of lines; the oldest changes and writes are dropped and counted. */
  readonly height: number;
}

/** A timeline as wide as the canvas, the dates of its ends below it, and one line an event. */
export function timelineLines(
  events: readonly TimelineEvent[],
  canvas: TimelineCanvas,
  reader: Reader,
): readonly string[] {
  const { width, height, marks } = canvas;
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined || width < 1) return [];
  const room = Math.max(1, height - 2);
  const listed = events.length <= room ? events : shortened(events, room - 1);
  const hidden = events.length - listed.length;
  return [
    axis(events, first.at, last.at, canvas, reader.now),
    ends(utcDay(first), utcDay(last), canvas),
    ...(hidden === 0 ? [] : [fitted(`  ${hidden} older events are not shown`, width, canvas)]),
    ...listed.map((event) =>
      fitted(
        `${signs[marks][event.kind]} ${momentOf(event)}  ${marks === 'ascii' ? event.text.replaceAll('→', '->') : event.text}`,
        width,
        canvas,
      ),
    ),
  ].map((text) => text.trimEnd());
}

function axis(
  events: readonly TimelineEvent[],
  from: number,
  to: number,
  { width, marks }: Canvas,
  now: number,
): string {
  const span = Math.max(1, to - from);
  const cellOf = (at: number) => Math.min(width - 1, Math.max(0, Math.round(((at - from) / span) * (width - 1))));
  const cells = Array.from({ length: width }, (_, cell) => signs[marks][cell <= cellOf(now) ? 'past' : 'future']);
  for (const kind of drawn) {
    for (const event of events) if (event.kind === kind) cells[cellOf(event.at)] = signs[marks][kind];
  }
  return cells.join('');
}

function ends(left: string, right: string, canvas: Canvas): string {
  const room = canvas.width - left.length - right.length;
  return room < 1 ? fitted(left, canvas.width, canvas) : `${left}${' '.repeat(room)}${right}`;
}

/** Drops the oldest changes and writes; start, now and end always stay. */
function shortened(events: readonly TimelineEvent[], room: number): readonly TimelineEvent[] {
  const isMinor = ({ kind }: TimelineEvent) => kind === 'change' || kind === 'write';
  let surplus = events.length - Math.max(1, room);
  return events.filter((event) => {
    if (surplus <= 0 || !isMinor(event)) return true;
    surplus -= 1;
    return false;
  });
}

function isDay(written: string | null): boolean {
  return written !== null && readDate(written)?.isDay === true;
}

function utcDay({ at }: TimelineEvent): string {
  return dayText(at, 'UTC');
}

function momentOf(event: TimelineEvent): string {
  const clock = isDay(event.written) ? '     ' : clockText(event.at, 'UTC');
  return `${utcDay(event).padEnd(15)} ${clock}`;
}

function changeText({ field, from, to, by }: Attributed): string {
  const who = by === null ? '' : `, by ${by}`;
  if (field === 'subscription') return `${to === null ? 'disappeared' : 'appeared'}${who}`;
  return `${field} ${from ?? 'nothing'} → ${to ?? 'nothing'}${who}`;
}

function endText(row: Subscription): string {
  const { isTrial } = row;
  switch (renewalAhead(row)?.mode) {
    case 'auto':
      return isTrial ? 'the trial becomes a paid subscription' : 'renews automatically';
    case 'change':
      return 'renews with changes';
    case 'cancel':
      return 'ends, not renewed';
    default:
      return isTrial ? 'the trial ends' : 'ends';
  }
}
