import { expect, test } from 'vitest';
import { rows } from '../../src/sandbox/rows.ts';
import { spread } from '../../src/sandbox/spread.ts';

test.each([
  [0, 3],
  [5, 3],
  [997, 40],
  [5000, 1],
])('assigns each of %i rows to exactly one of %i owners, in ascending order', (count, owners) => {
  const places = spread(1, 2, count, owners);
  const found = Array.from({ length: owners }, (_, owner) => [...places.rowsOf(owner)]);
  for (const [owner, own] of found.entries()) {
    expect(own).toEqual([...own].sort((a, b) => a - b));
    expect(own.every((row) => places.ownerOf(row) === owner)).toBe(true);
  }
  expect(found.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, row) => row));
});

test('some owners have many rows, most have few', () => {
  const places = spread(1, 2, 5000, 300);
  const counts = Array.from({ length: 300 }, (_, owner) => [...places.rowsOf(owner)].length).sort((a, b) => b - a);
  expect(counts[0]).toBeGreaterThan(8 * (counts[200] ?? 0));
});

test('rows are computed; only changed, added and removed ones are stored', () => {
  const dataset = rows(3, (index) => ({ index, name: `row ${index}` }));
  dataset.patch(1, { name: 'changed' });
  dataset.remove(0);
  const added = dataset.add((index) => ({ index, name: 'added' }));
  expect(added.index).toBe(3);
  expect([...dataset.indexes()].map((index) => dataset.get(index)?.name)).toEqual(['changed', 'row 2', 'added']);
  expect([dataset.get(0), dataset.get(9), dataset.get(-1), dataset.patch(0, { name: 'x' })]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
