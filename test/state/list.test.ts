import { describe, expect, it } from 'vitest';
import { covers, emptyList, type List, moveTo } from '../../src/state/list.ts';
import { type Question, readList } from '../../src/state/read-list.ts';

const height = 5;
const idOf = (row: string) => row;

function question(all: readonly string[], revision: number, text = 'all'): Question<string> {
  return {
    text,
    revision,
    idOf,
    positionOf: (id) => (all.includes(id) ? all.indexOf(id) : null),
    read: ({ offset, limit }) => ({
      rows: all.slice(offset, offset + limit),
      offset,
      total: all.length,
      counted: true,
    }),
  };
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

function read(list: List<string>, all: readonly string[], revision = 1, text = 'all'): List<string> {
  return readList(list, question(all, revision, text), height);
}

describe('a list', () => {
  it('starts on its first row', () => {
    expect(read(emptyList(), letters)).toMatchObject({ cursor: 'a', index: 0, top: 0, total: 26 });
  });

  it('loads the visible rows first and the pages around them with the next move', () => {
    const first = read(emptyList(), letters);
    expect(first.rows).toEqual([...'abcde']);
    expect(read(moveTo(first, 5, height, idOf), letters).rows).toEqual([...'abcdefghijklmno']);
  });

  it('fills the screen when requested rows turn out not to match', () => {
    const all = Array.from({ length: 40 }, (_, index) => String(index));
    const before = read(moveTo(read(emptyList(), all), 39, height, idOf), all);
    const wrong = ['34', '36', '37'];
    let right: readonly string[] = all;
    const doubtful: Question<string> = {
      ...question(all, 1, 'fewer'),
      positionOf: (id) => right.indexOf(id),
      read: ({ offset, limit }) => {
        const looked = right.slice(offset, offset + limit);
        right = right.filter((row) => !(looked.includes(row) && wrong.includes(row)));
        const rows = looked.filter((row) => right.includes(row));
        return { rows, offset, total: right.length, counted: false };
      },
    };
    const after = readList(before, doubtful, height);
    expect(covers(after, height)).toBe(true);
    expect(after.cursor).toBe('39');
  });

  it.each([
    ['one down', (list: List<string>) => moveTo(list, 1, height, idOf), { cursor: 'b', top: 0 }],
    ['past the window', (list: List<string>) => moveTo(list, 25, height, idOf), { cursor: 'z', top: 21 }],
    ['past the end', (list: List<string>) => moveTo(list, 99, height, idOf), { cursor: 'z', top: 21 }],
    ['above the start', (list: List<string>) => moveTo(list, -3, height, idOf), { cursor: 'a', top: 0 }],
  ])('moves %s', (_, move, expected) => {
    expect(read(move(read(emptyList(), letters)), letters)).toMatchObject(expected);
  });

  it('keeps the cursor on its row and line when rows arrive above', () => {
    const before = read(moveTo(read(emptyList(), letters), 10, height, idOf), letters);
    const after = read(before, ['0', '1', '2', ...letters], 2);
    expect(after.cursor).toBe('k');
    expect(after.index - after.top).toBe(before.index - before.top);
  });

  it('follows its row to another position when the order changes', () => {
    const before = moveTo(read(emptyList(), letters), 2, height, idOf);
    expect(read(before, letters.toReversed(), 1, 'reversed')).toMatchObject({ cursor: 'c', index: 23 });
  });

  it('moves to the row that replaced a removed one', () => {
    const before = moveTo(read(emptyList(), letters), 2, height, idOf);
    const without = letters.filter((letter) => letter !== 'c');
    expect(read(before, without, 2)).toMatchObject({ cursor: 'd', index: 2 });
  });

  it('moves to the first row when a filter excludes its row', () => {
    const before = moveTo(read(emptyList(), letters), 20, height, idOf);
    expect(read(before, ['x', 'y'], 1, 'filtered')).toMatchObject({ cursor: 'x', index: 0, top: 0 });
  });

  it('has no cursor while it is empty and gets one back', () => {
    const empty = read(read(emptyList(), letters), [], 2);
    expect(empty).toMatchObject({ cursor: null, total: 0 });
    expect(read(empty, letters, 3).cursor).toBe('a');
  });
});
