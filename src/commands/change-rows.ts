import { shownEnds, type TimelineLine } from '../today/merged-timeline.ts';
import { plainColumns } from './plain-columns.ts';
import type { Row } from './reply.ts';

/** Changes between syncs in CSV. */
export const changeColumns = plainColumns(
  ['at', 'ref', 'name', 'field', 'from', 'to', 'by', 'journalId', 'organization'],
  ['at'],
);
/** The same for people, in 80 columns. */
export const changeTableColumns = plainColumns(['time', 'customer', 'what', 'from → to', 'by'], ['time']);

export function changeRow(line: TimelineLine): Row {
  const { at, ref, name, what: field, from, to, by, journalId, organization } = line;
  return {
    json: { at, ref, name, field, from, to, by, journalId, organization },
    cells: [at, ref, name, field, from, to, by, journalId, organization],
    table: [at, organization ?? ref, `${name}: ${field}`, changeOf(line), by],
  };
}

export const timelineColumns = plainColumns(
  ['at', 'source', 'what', 'from', 'to', 'by', 'state', 'journalId', 'ref'],
  ['at'],
);
export const timelineTableColumns = plainColumns(['time', 'source', 'what', 'from → to', 'by', 'journal'], ['time']);

export function timelineRow(line: TimelineLine): Row {
  const { at, source, what, from, to, by, state, journalId, ref } = line;
  return {
    json: { at, source, what, from, to, by, state, journalId, ref },
    cells: [at, source, what, from, to, by, state, journalId, ref],
    table: [at, source, state === null ? what : `${what}: ${state}`, changeOf(line), by, journalId],
  };
}

function changeOf(line: TimelineLine): string {
  const { from, to } = shownEnds(line);
  return from === null && to === null ? '' : `${from ?? '–'} → ${to ?? '–'}`;
}
