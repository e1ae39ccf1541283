import type { TimelineLine } from '../today/merged-timeline.ts';

const told: Readonly<Record<TimelineLine['source'], string>> = {
  vendor: 'the vendor’s history',
  sync: 'seen between two syncs',
  journal: 'the journal of this installation',
};

/** A line of a timeline in full. */
export function timelineText({ at, source, what, from, to, by, state, ref, organization }: TimelineLine): string {
  const change = from === null && to === null ? null : `${from ?? '–'} → ${to ?? '–'}`;
  return [
    `${at ?? 'No time'} (${told[source]})`,
    change === null ? what : `${what}: ${change}`,
    state === null ? null : `Outcome: ${state}`,
    by === null ? 'By whom is not known' : `By ${by}`,
    organization === null ? ref : `${organization} · ${ref}`,
  ]
    .filter((part) => part !== null)
    .join('. ');
}
