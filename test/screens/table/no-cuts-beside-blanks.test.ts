import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';
import type { Request } from '../../../src/model/request.ts';
import type { LevelNode } from '../../../src/model/scope.ts';
import type { CachedSubscription } from '../../../src/model/subscription.ts';
import { unicodeMarks as marks } from '../../../src/screens/parts/marks.ts';
import { makeTheme } from '../../../src/screens/parts/theme.ts';
import { type Column, cellText } from '../../../src/screens/table/columns.ts';
import { customerColumns } from '../../../src/screens/table/customer-columns.ts';
import { journalColumns } from '../../../src/screens/table/journal-columns.ts';
import { levelColumns } from '../../../src/screens/table/level-columns.ts';
import { requestColumns } from '../../../src/screens/table/request-columns.ts';
import { subscriptionColumns } from '../../../src/screens/table/subscription-columns.ts';
import { columnsIn } from '../../../src/screens/table/table.tsx';
import { timelineColumns } from '../../../src/screens/table/timeline-columns.ts';
import { todayColumns } from '../../../src/screens/table/today-columns.ts';
import { widthOf } from '../../../src/screens/text/cells.ts';
import { todayLines, usualView } from '../../../src/state/today-lines.ts';
import type { TodayScreen } from '../../../src/state/today-screens.ts';
import type { TimelineLine } from '../../../src/today/merged-timeline.ts';
import { today } from '../../../src/today/today.ts';
import { noon, safe, subscription } from '../../state/rows.ts';
import { fill, named, row as stored } from '../../store/rows.ts';
import { openToday } from '../../today/fixture.ts';

const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });
const long = ['Backup of all offices and of both branches', 'Kuusela Logistics Oy', 'Mail', '保管 1 TB (main)'];
const at = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();

const subscriptions: readonly CachedSubscription[] = long.map((name, index) => ({
  ...subscription({
    id: `${index}`,
    name: safe(name),
    organization: { id: 'o', name: safe(long[1] ?? '') },
    status: index === 1 ? 'cancelled' : 'active',
    cancellableUntil: at(index === 2 ? -5 : 300),
    endsAt: at(900),
  }),
  sameAs: [],
  missingSince: null,
}));
const place = { trail: [], sort: [], filter: [], frame: null };
const idle = { requests: [], colleagueOn: () => null };
const entries = long.map((name, index) => {
  const sentence = `Lower the quantity from 20 to 18: ${name}`;
  return {
    at: at(-index),
    ref: `nordic/${index}`,
    state: 'done',
    corrects: null,
    by: 'nina',
    sentence,
  } as JournalEntry;
});
const requests = long.map((name, index) => {
  const times = { startedAt: at(-1), checkedAt: at(-1), nextCheckAt: at(0) };
  const request = { ref: `nordic/${index}`, state: 'done', from: 20, to: 18, vendorState: null, ...times } as Request;
  return { request, name, organization: long[1] ?? null };
});
const counts = { resellers: 1, organizations: 2, services: 3, subscriptions: 4, seats: 50, endingSoon: 0 };
const nodes = long.map((name, index) => ({
  id: `${index}`,
  name,
  connection: 'cloudmore-seller',
  vendor: 'cloudmore',
  readAt: at(-1),
  counts,
})) as unknown as readonly LevelNode[];
const lines = long.map(
  (name, index): TimelineLine => ({
    ...{ id: `${index}`, source: 'sync', at: at(-index), ref: 'nordic/1', name, organization: long[1] ?? null },
    ...{ what: 'quantity', from: '20', to: '18', by: index === 0 ? 'nina' : null, state: null, journalId: null },
  }),
);

function todayOf() {
  const fixture = openToday();
  const rows = long.map((name, index) => {
    const organization = named(`o${index % 2}`, `Hollenstein & Söhne Maschinenbau AG ${index % 2}`);
    return stored({ id: `${index}`, name, organization, endsAt: at(10 * index + 5), quantity: 3 });
  });
  fill(fixture.cache, rows);
  const { items } = today(fixture, { now: noon, zone: 'UTC', limit: 10 });
  return todayLines(items, usualView, noon);
}

/** A list whose columns may depend on the width. */
interface Case {
  readonly rows: readonly object[];
  columns(width: number): readonly Column<never>[];
}

const customer = (tab: 'journal' | 'requests', rows: readonly object[]): Case => ({
  rows,
  columns: () => customerColumns({ tab, list: { rows } } as never, { now: noon }, theme),
});

const lists: Readonly<Record<string, Case | (() => Case)>> = {
  subscriptions: { rows: subscriptions, columns: () => subscriptionColumns(place, idle, noon, marks) },
  journal: { rows: entries, columns: () => journalColumns(noon, marks, null, entries) },
  requests: { rows: requests, columns: () => requestColumns(noon, marks) },
  level: { rows: nodes, columns: () => levelColumns('reseller', noon, null, true) },
  timeline: { rows: lines, columns: () => timelineColumns('many', { now: noon, marks, hidden: 0 }) },
  today: () => {
    const groups = todayOf();
    const screen = { lines: groups, view: usualView } as unknown as TodayScreen;
    return { rows: groups, columns: (width) => todayColumns(screen, width, theme) };
  },
  'journal of a customer': customer(
    'journal',
    entries.map((entry) => ({ kind: 'entry', entry })),
  ),
  'requests of a customer': customer(
    'requests',
    requests.map((row) => ({ kind: 'request', row })),
  ),
};

/** The cells that are cut at this width, and the columns with cells that neither their values nor their titles need. */
function cutsAndBlanks({ rows, columns }: Case, width: number) {
  const all = columns(width) as unknown as readonly Column<object>[];
  const needs = ({ needed, value }: Column<object>, row: object) => widthOf(needed?.(row) ?? value(row));
  const widest = new Map(all.map((column) => [column.id, Math.max(...rows.map((row) => needs(column, row)))]));
  const placed = columnsIn(all, width, 2, widest);
  const cut = placed.filter((each) =>
    rows.some((row) => needs(each.column, row) > each.width && cellText(each, row).includes('…')),
  );
  const blank = placed.filter((each) => {
    const used = Math.max(...rows.map((row) => widthOf(cellText(each, row).trim())), widthOf(each.column.title));
    return each.width > used;
  });
  return { cut: cut.map(({ column }) => column.title), blank: blank.map(({ column }) => column.title) };
}

describe.each(Object.entries(lists))('%s', (_, made) => {
  test('no value is cut while another column has cells that nothing needs', () => {
    const list = typeof made === 'function' ? made() : made;
    expect(list.rows.length).toBeGreaterThan(1);
    for (let width = 80; width <= 200; width += 1) {
      const { cut, blank } = cutsAndBlanks(list, width);
      if (cut.length > 0) expect({ width, cut, blank }).toEqual({ width, cut, blank: [] });
    }
  });
});
