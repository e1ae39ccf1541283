import { expect, test } from 'vitest';
import { tableLines } from '../../src/cli/text-table.ts';
import type { Column } from '../../src/commands/reply.ts';

const columns: readonly Column[] = [
  { id: 'name', title: 'Name', align: 'left' },
  { id: 'quantity', title: 'Seats', align: 'right' },
  { id: 'endsAt', title: 'Ends', align: 'left', isDate: true },
  { id: 'ref', title: 'REF', align: 'left' },
  { id: 'deadline', title: 'Deadline', align: 'left', isDate: true },
];
const cells = [
  'Frontline F3 for shops',
  '4',
  '2026-12-24T16:15:00Z',
  `north/${'0'.repeat(36)}`,
  '2026-12-01T16:15:00Z',
];

function drawn(width: number): readonly string[] {
  return [...tableLines({ columns, rows: [{ cells, json: {} }], empty: 'None.' }, width)];
}

test.each([
  [120, ['Frontline F3 for shops', '24 Dec 2026 16:15', '1 Dec 2026 16:15']],
  [100, ['Frontline F3 fo', '24 Dec 2026 16:15', '1 Dec 2026 16:15']],
  [80, ['Frontline F', '24 Dec 2026', '1 Dec 2026']],
  [60, ['Frontli', '24 Dec 2026', '1 Dec 2026']],
])('a table in %i columns keeps its dates, and the zone in their headers', (width, whole) => {
  const [head = '', row = ''] = drawn(width);
  expect(head).toMatch(/ENDS \(UTC\) .*DEADLINE \(UTC\)/);
  for (const text of whole) expect(row).toContain(text);
  expect(row).not.toMatch(/20\d\d .?…/);
  for (const line of [head, row]) expect(line.trimEnd().length).toBeLessThanOrEqual(width);
});

const requestColumns: readonly Column[] = [
  { id: 'id', title: 'id', align: 'left' },
  { id: 'ref', title: 'ref', align: 'left' },
  { id: 'sentence', title: 'sentence', align: 'left' },
  { id: 'vendorState', title: 'vendorState', align: 'left' },
  { id: 'startedAt', title: 'startedAt', align: 'left', isDate: true },
  { id: 'checkedAt', title: 'checkedAt', align: 'left', isDate: true },
];
const request = [
  '2nmbt9vw',
  `north/${'0'.repeat(36)}`,
  'Lower the quantity from 39 to 38',
  'Completed',
  cells[2],
  cells[4],
];

test('nothing is cut where blank cells are left, in any width', () => {
  const rows = [{ cells: request.map((each) => each ?? null), json: {} }];
  for (let width = 80; width <= 160; width += 1) {
    const [head = '', row = ''] = [...tableLines({ columns: requestColumns, rows, empty: '' }, width)];
    expect(head).toMatch(/VENDO.*STARTED \(UTC\)/);
    const free = width - Math.max(head.trimEnd().length, row.trimEnd().length);
    const isCut = /…/.test(row) || !row.includes('24 Dec 2026 16:15');
    expect([width, isCut && free > 'NN:NN '.length]).toEqual([width, false]);
    expect(row).toContain('Lower the quant');
  }
});
