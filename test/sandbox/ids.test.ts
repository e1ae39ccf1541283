import { describe, expect, test } from 'vitest';
import { counted, guids, shuffle, unshuffle } from '../../src/sandbox/ids.ts';

const indexes = [0, 1, 2, 37, 138, 4711, 999_999, 2 ** 31, 2 ** 32 - 1];

describe('ids', () => {
  test('a GUID maps back to its index and looks like version 4', () => {
    const ids = guids(1, 77);
    for (const index of indexes) {
      expect(ids.of(index)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i);
      expect(ids.indexOf(ids.of(index))).toBe(index);
    }
  });

  test('ten thousand GUIDs are all different', () => {
    const ids = guids(1, 77);
    expect(new Set(Array.from({ length: 10_000 }, (_, index) => ids.of(index))).size).toBe(10_000);
  });

  test('a GUID of another kind or seed, or with a changed digit, maps to nothing', () => {
    const ids = guids(1, 77);
    const id = ids.of(5);
    const strangers = [
      guids(1, 78).of(5),
      guids(2, 77).of(5),
      id.toUpperCase(),
      `${id.slice(0, -1)}g`,
      '',
      'x/y',
      `${id} `,
    ];
    expect(strangers.map((stranger) => ids.indexOf(stranger))).toEqual(strangers.map(() => null));
  });

  test('some GUIDs are upper case, and only that spelling is valid', () => {
    const ids = guids(1, 77);
    expect(ids.of(37)).toBe(ids.of(37).toUpperCase());
    expect(ids.indexOf(ids.of(37).toLowerCase())).toBeNull();
  });

  test('sequential ids increase and map back', () => {
    const ids = counted(1, 5, 1000, 7);
    const given = Array.from({ length: 500 }, (_, index) => ids.of(index));
    expect(given).toEqual([...given].sort((a, b) => a - b));
    expect(given.map((id) => ids.indexOf(id))).toEqual(given.map((_, index) => index));
    expect([999, -1, 1000.5, Number.NaN].map((id) => ids.indexOf(id))).toEqual([null, null, null, null]);
  });

  test('unshuffling reverses shuffling', () => {
    for (const index of indexes) expect(unshuffle(9, 3, shuffle(9, 3, index))).toBe(index);
  });
});
