import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../src/commands/subscription-cells.ts';
import { columnFields } from '../../../src/model/field-names.ts';
import { parseFilter } from '../../../src/model/filter-parse.ts';
import type { CachedSubscription } from '../../../src/model/subscription.ts';
import { unicodeMarks } from '../../../src/screens/parts/marks.ts';
import { subscriptionColumns } from '../../../src/screens/table/subscription-columns.ts';
import { columnsIn } from '../../../src/screens/table/table.tsx';
import { tableColumns } from '../../../src/state/tables.ts';
import { noon, safe, subscription } from '../../state/rows.ts';

const row: CachedSubscription = {
  ...subscription({ id: 'a', segment: safe('Education') }),
  sameAs: [],
  missingSince: null,
};
const idle = { requests: [], colleagueOn: () => null };
const place = { trail: [], sort: [], filter: [], frame: null };
const columns = (chosen: readonly string[] | null, more: object = {}) =>
  subscriptionColumns({ ...place, ...more }, idle, noon, unicodeMarks, chosen);

/** Their cells are days. */
const dated = ['STARTED', 'ENDS'];

describe('the columns of subscriptions', () => {
  it('match the declared fields, in the column chooser too', () => {
    expect(['name', ...tableColumns.subscriptions.map(({ id }) => id)]).toEqual(columnFields.map(({ id }) => id));
    expect(columns(columnFields.map(({ id }) => id).slice(1)).map(({ title }) => title)).toEqual(
      columnFields.map(({ column }) => `${column.header}${dated.includes(column.header) ? ' (UTC)' : ''}`),
    );
  });

  it('name the member who works on a row, whatever columns are chosen', () => {
    const colleague = { member: 'nina', what: 'quantity to 20, sent 14:02', brief: 'sent 14:02' };
    const work = { requests: [], colleagueOn: () => colleague };
    const [name, deadline] = subscriptionColumns(place, work, noon, unicodeMarks, ['cancel']);
    const long = { ...row, name: safe('A very long name of a product') };
    expect([name?.value(long), name?.short?.(long, 16), name?.short?.(long, 10)]).toEqual([
      'A very long name of a product ⟳ nina',
      'A very l… ⟳ nina',
      'A very lo…',
    ]);
    expect([30, 18, 8].map((width) => deadline?.short?.(row, width))).toEqual([
      '⟳ nina: sent 14:02',
      '⟳ nina: sent 14:02',
      '⟳ nina',
    ]);
    expect(deadline?.value(row)).toBe('⟳ nina: quantity to 20, sent 14:02');
  });

  it('include the segment where chosen, and in lists sorted by it', () => {
    const [, segment] = columns(['segment']);
    expect(segment).toMatchObject({ title: 'SEGMENT' });
    expect(segment?.value(row)).toBe('Education');
    expect(segment?.value({ ...row, segment: null })).toBe('–');
    expect(cellsOf(row, ['segment'])).toContainEqual({ id: 'segment', label: 'segment', text: 'Education' });
    expect(columns(null).map(({ id }) => id)).not.toContain('segment');
    expect(columns(null, { sort: [{ field: 'segment', descending: false }] }).map(({ id }) => id)).toContain('segment');
  });

  it('keep on 80 cells the deadline that a filter asks for, whatever the order is', () => {
    const parsed = parseFilter('cancel<30d');
    const filter = parsed.ok ? parsed.filter : [];
    for (const sort of [[], [{ field: 'org', descending: false }], [{ field: 'service', descending: true }]]) {
      const shown = columnsIn(columns(null, { filter, sort }), 80).map(({ column }) => column.id);
      expect(shown, JSON.stringify(sort)).toEqual(['name', 'status', 'qty', 'cancel']);
    }
  });

  it('include a compared field, under each of its names', () => {
    for (const name of ['deadline', 'cancel', 'cancellableUntil', 'started', 'startsAt']) {
      const filter = parseFilter(`${name}<9d`);
      if (!filter.ok) throw new Error(filter.message);
      const id = name.startsWith('start') ? 'starts' : 'cancel';
      expect(columns(null, { filter: filter.filter }).map((column) => column.id)).toContain(id);
    }
  });
});
