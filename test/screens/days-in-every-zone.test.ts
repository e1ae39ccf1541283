import { afterEach, expect, test } from 'vitest';
import { tableLines } from '../../src/cli/text-table.ts';
import { subscriptionColumns, subscriptionRow } from '../../src/commands/subscription-row.ts';
import { dateField } from '../../src/model/date-words.ts';
import { matches } from '../../src/model/filter-match.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { dayOf } from '../../src/screens/text/dates.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { noon, safe, subscription } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
const systemZone = process.env.TZ;
afterEach(() => {
  open?.stop();
  if (systemZone === undefined) delete process.env.TZ;
  else process.env.TZ = systemZone;
});

/** Around midnight in one of the zones, and days without an hour. */
const written = [
  '2026-12-12',
  '2026/12/13',
  '2026-12-12T00:30:00Z',
  '2026-12-12T15:30:00Z',
  '2026-12-12T23:59:59Z',
  '2026-12-13T01:00:00+09:00',
  '2026-12-12 07:59:59',
];

const matchesFilter = (text: string, row: ReturnType<typeof subscription>) => {
  const parsed = parseFilter(text);
  return parsed.ok && matches(parsed.filter, row, noon);
};

test.each([
  ['UTC', 0],
  ['Asia/Tokyo', -540],
  ['America/Los_Angeles', 480],
])('in %s list, pane, command line and filters have the same day', (zone, offset) => {
  process.env.TZ = zone;
  expect(new Date(noon).getTimezoneOffset()).toBe(offset);
  const rows = written.map((endsAt, index) => subscription({ id: `Backup ${index}`, endsAt }));
  const console = makeConsole(makeFixture(rows), { columns: 170, rows: 40 });
  open = console;
  console.type('S');
  const table = [
    ...tableLines(
      {
        columns: subscriptionColumns,
        rows: rows.map((row) => subscriptionRow({ ...row, sameAs: [], missingSince: null })),
        empty: '',
      },
      null,
    ),
  ];
  expect(frameOf(console).join('\n')).toContain('ENDS (UTC)');
  expect(table[0]).toContain('ENDS (UTC)');
  rows.forEach((row, index) => {
    const day = dayOf(row.endsAt);
    const line = (lines: readonly string[]) =>
      lines.find((each) => /Backup \d .* 25 /.test(each) && each.includes(`Backup ${index}`)) ?? '';
    const frame = frameOf(console);
    expect([line(frame), line(table)]).toEqual([expect.stringContaining(day), expect.stringContaining(day)]);
    const pane = frame.map((each) => each.slice(each.lastIndexOf('│') + 1));
    expect(pane.find((each) => each.trim().startsWith('Ends'))).toContain(`${dateField(row.endsAt ?? '')}, in `);
    const iso = new Date(`${day} UTC`).toISOString().slice(0, 10);
    const next = new Date(Date.parse(iso) + 86_400_000).toISOString().slice(0, 10);
    expect([matchesFilter(`ends<${iso}`, row), matchesFilter(`ends<${next}`, row)]).toEqual([false, true]);
    console.type('j');
  });
});

test.each([80, 100, 120])('in %i columns a filter of deadlines shows dates beside the longest names', (columns) => {
  const name = safe('Backup and archive of every mailbox, one year, paid monthly ');
  const rows = ['2026-11-24T12:00:00Z', '2026-12-24', '2026-11-21T15:20:00Z'].map((cancellableUntil, index) =>
    subscription({ id: `s${index}`, name, cancellableUntil }),
  );
  const console = makeConsole(makeFixture(rows), { columns, rows: 24 });
  open = console;
  for (const keys of ['S/deadline', '<', '90d', '<enter>']) console.type(keys);
  const lines = frameOf(console).filter((line) => line.includes('Backup'));
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/(?:24 Nov|24 Dec|21 Nov).* UTC$/);
});
