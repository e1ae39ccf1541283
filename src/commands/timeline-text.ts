import { dateWords } from '../model/date-words.ts';
import { shownEnds, type TimelineLine } from '../today/merged-timeline.ts';

const told: Readonly<Record<TimelineLine['source'], string>> = {
  vendor: 'the vendor’s history',
  sync: 'seen between two syncs',
  journal: 'the journal of this installation',
};

/** A line of a timeline in full. */
export function timelineText(line: TimelineLine): string {
  const { at, source, what, by, state, ref, organization } = line;
  const { from, to } = shownEnds(line);
  const change = from === null && to === null ? null : `${from ?? '–'} → ${to ?? '–'}`;
  return [
    `${at === null ? 'No time' : dateWords(at)} (${told[source]})`,
    change === null ? what : `${what}: ${change}`,
    state === null ? null : `Outcome: ${state}`,
    by === null ? 'By whom is not known' : `By ${by}`,
    organization === null ? ref : `${organization} · ${ref}`,
  ]
    .filter((part) => part !== null)
    .join('. ');
}
