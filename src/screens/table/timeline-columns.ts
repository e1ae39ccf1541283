import { journalStates } from '../../model/journal-entry.ts';
import { changeLabel } from '../../state/plan-words.ts';
import { shownEnds, type TimelineLine } from '../../today/merged-timeline.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { inUtc, shortTimeOf } from '../text/dates.ts';
import { clip } from '../text/fit.ts';
import { unknown } from '../text/numbers.ts';
import type { Column } from './columns.ts';
import { journalMark, journalTones } from './journal-columns.ts';

const sourceTones: Readonly<Record<TimelineLine['source'], Tone>> = { vendor: 'plain', sync: 'dim', journal: 'accent' };

/**
 * The columns of what happened: `one` subscription, by every source, or many, by customer. As many at the left as are
 * scrolled out of sight are left out, and the others get their room.
 */
export function timelineColumns(
  of: 'one' | 'many',
  { now, marks, hidden }: { readonly now: number; readonly marks: Marks; readonly hidden: number },
): readonly Column<TimelineLine>[] {
  const what = (line: TimelineLine) => (of === 'one' ? whatOf(line, marks) : `${line.name}: ${whatOf(line, marks)}`);
  const second: Column<TimelineLine> =
    of === 'one'
      ? { id: 'source', title: 'SOURCE', rank: 0, min: 7, value: ({ source }) => source, tone: toneOf }
      : {
          ...{ id: 'org', title: 'CUSTOMER', rank: 0, min: 14, grow: 2, max: 30 },
          value: ({ organization, ref }) => organization ?? ref,
        };
  const columns: readonly Column<TimelineLine>[] = [
    {
      ...{ id: 'at', title: inUtc('TIME'), rank: 0, min: 12 },
      value: ({ at }) => shortTimeOf(at, now),
      tone: () => 'dim',
    },
    second,
    { id: 'what', title: 'WHAT', rank: 0, min: 18, grow: 3, max: 60, value: what, tone: writeTone },
    {
      ...{ id: 'change', title: `FROM ${marks.arrow} TO`, rank: 0, min: 16, grow: 3, max: 80 },
      value: (line) => changeOf(line, marks.arrow),
      short: (line, width) => shortChange(line, marks.arrow, width),
    },
    { id: 'by', title: 'BY', rank: 0, min: 8, grow: 1, max: 30, value: ({ by }) => by ?? unknown, tone: () => 'dim' },
  ];
  return columns.slice(hidden);
}

function toneOf({ source }: TimelineLine): Tone {
  return sourceTones[source];
}

function writeTone({ state }: TimelineLine): Tone {
  const known = journalStates.find((each) => each === state);
  return known === undefined ? 'plain' : journalTones[known];
}

/** The vendor's own words, the field as people call it, or a write with its mark. */
function whatOf({ source, what, state }: TimelineLine, marks: Marks): string {
  if (source === 'sync') return changeLabel(what);
  const known = journalStates.find((each) => each === state);
  return known === undefined ? what : `${journalMark(known, marks)} ${what}`;
}

function changeOf(line: TimelineLine, arrow: string): string {
  const { from, to } = shownEnds(line);
  return from === null && to === null ? '' : `${from ?? unknown} ${arrow} ${to ?? unknown}`;
}

/** Both ends of a change that is too long, as far as each fits. */
function shortChange(line: TimelineLine, arrow: string, width: number): string {
  const { from, to } = shownEnds(line);
  const room = width - arrow.length;
  const after = to ?? unknown;
  const half = Math.floor(room / 2);
  const left = clip(from ?? unknown, Math.max(half, room - after.length));
  return `${left}${arrow}${clip(after, room - left.length)}`;
}
