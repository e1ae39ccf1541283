import { beginOf } from '../model/date-text.ts';
import type { TimelineLine } from '../today/merged-timeline.ts';
import type { Column, Row } from './reply.ts';

const columnsOf = (ids: readonly string[]): readonly Column[] => ids.map((id) => ({ id, title: id, align: 'left' }));

/** Changes between syncs in CSV. */
export const changeColumns = columnsOf(['at', 'ref', 'name', 'field', 'from', 'to', 'by', 'journalId', 'organization']);
/** The same for people, in 80 columns. */
export const changeTableColumns = columnsOf(['time (UTC)', 'customer', 'what', 'from → to', 'by']);

export function changeRow(line: TimelineLine): Row {
  const { at, ref, name, what: field, from, to, by, journalId, organization } = line;
  return {
    json: { at, ref, name, field, from, to, by, journalId, organization },
    cells: [at, ref, name, field, from, to, by, journalId, organization],
    table: [minuteOf(at), organization ?? ref, `${name}: ${field}`, changeOf(line), by],
  };
}

export const timelineColumns = columnsOf([
  ...['at', 'source', 'what', 'from', 'to', 'by', 'state', 'journalId', 'ref'],
]);
export const timelineTableColumns = columnsOf(['time (UTC)', 'source', 'what', 'from → to', 'by', 'journal']);

export function timelineRow(line: TimelineLine): Row {
  const { at, source, what, from, to, by, state, journalId, ref } = line;
  return {
    json: { at, source, what, from, to, by, state, journalId, ref },
    cells: [at, source, what, from, to, by, state, journalId, ref],
    table: [minuteOf(at), source, state === null ? what : `${what}: ${state}`, changeOf(line), by, journalId],
  };
}

/** `2026-11-28 14:02`, UTC; as the vendor wrote it where that is no date. */
function minuteOf(at: string | null): string | null {
  const instant = beginOf(at);
  return instant === null ? at : new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}

function changeOf({ from, to }: TimelineLine): string {
  return from === null && to === null ? '' : `${from ?? '–'} → ${to ?? '–'}`;
}
