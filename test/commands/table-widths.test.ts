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
  [80, ['Fron', '24 Dec 2026', '1 Dec 2026']],
])('a table in %i columns keeps its dates, and the zone in their headers', (width, whole) => {
  const [head = '', row = ''] = drawn(width);
  expect(head).toMatch(/ENDS \(UTC\) .*DEADLINE \(UTC\)/);
  for (const text of whole) expect(row).toContain(text);
  expect(row).not.toMatch(/20\d\d .?…/);
  for (const line of [head, row]) expect(line.trimEnd().length).toBeLessThanOrEqual(width);
});
