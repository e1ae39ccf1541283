import { expect, test } from 'vitest';
import { firstRows } from '../../src/commands/first-rows.ts';
import { subscription } from '../state/rows.ts';

const asked = { sort: { field: 'ends', descending: false }, limit: 2 } as const;
const row = (endsAt: string | null) => subscription({ id: String(endsAt), endsAt });

/** Whether the rows are enough, each with whether it matches. */
function isEnough(
  rows: readonly (readonly [string | null, boolean])[],
  question: Parameters<typeof firstRows>[0] = asked,
) {
  const first = firstRows(question);
  for (const [endsAt, wanted] of rows) first.take(row(endsAt), wanted);
  return first.isEnough();
}

test.each([
  [
    'as many as wanted, and one beyond',
    [
      ['2027-01-01', true],
      ['2027-01-02', true],
      ['2027-01-03', false],
    ],
    true,
  ],
  [
    'as many as wanted',
    [
      ['2027-01-01', true],
      ['2027-01-02', true],
    ],
    false,
  ],
  [
    'one more of the same key',
    [
      ['2027-01-01', true],
      ['2027-01-02', true],
      ['2027-01-02', false],
    ],
    false,
  ],
  [
    'too few of the wanted',
    [
      ['2027-01-01', true],
      ['2027-01-02', false],
      ['2027-01-03', false],
    ],
    false,
  ],
  [
    'some without a date first',
    [
      [null, true],
      [null, true],
      ['2027-01-01', true],
    ],
    false,
  ],
  [
    'out of order',
    [
      ['2027-01-01', true],
      ['2027-01-03', true],
      ['2027-01-02', true],
      ['2027-01-04', true],
    ],
    false,
  ],
] as const)('%s: %j is enough: %s', (_, rows, enough) => {
  expect(isEnough(rows)).toBe(enough);
});

test('handles a descending order', () => {
  const backwards = { sort: { field: 'ends', descending: true }, limit: 1 } as const;
  expect(
    isEnough(
      [
        ['2027-01-02', true],
        ['2027-01-01', false],
      ],
      backwards,
    ),
  ).toBe(true);
  expect(
    isEnough(
      [
        ['2027-01-01', true],
        ['2027-01-02', false],
      ],
      backwards,
    ),
  ).toBe(false);
});

test.each([
  { sort: null, limit: 2 },
  { sort: { field: 'name', descending: false }, limit: 2 },
  { sort: { field: 'ends', descending: false }, limit: null },
])('never has enough for %j', (question) => {
  expect(
    isEnough(
      [
        ['2027-01-01', true],
        ['2027-01-02', true],
        ['2027-01-03', true],
      ],
      question,
    ),
  ).toBe(false);
});
