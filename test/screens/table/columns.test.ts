import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../../src/screens/parts/breadcrumbs.tsx';
import { type Column, placeColumns } from '../../../src/screens/table/columns.ts';

const column = (title: string, rank: number, min: number, grow?: number): Column<string> => ({
  id: title.toLowerCase(),
  title,
  rank,
  min,
  ...(grow === undefined ? {} : { grow }),
  value: (row) => row,
});
const columns = [column('NAME', 0, 16, 3), column('SERVICE', 3, 12, 1), column('STATUS', 1, 11), column('ENDS', 2, 11)];

describe('columns', () => {
  it.each([
    [10, ['NAME 16']],
    [29, ['NAME 16', 'STATUS 11']],
    [42, ['NAME 16', 'STATUS 11', 'ENDS 11']],
    [56, ['NAME 16', 'SERVICE 12', 'STATUS 11', 'ENDS 11']],
    [96, ['NAME 46', 'SERVICE 22', 'STATUS 11', 'ENDS 11']],
  ])('in %i cells are %j', (width, expected) => {
    const placed = placeColumns(columns, width, 2);
    expect(placed.map((each) => `${each.column.title} ${each.width}`)).toEqual(expected);
  });
});

describe('values that would be cut', () => {
  const texts = fc.array(fc.nat(60), { minLength: 4, maxLength: 4 });
  const shape = fc.record({ width: fc.integer({ min: 20, max: 160 }), seen: texts });

  it('get every cell that is free beside them', () => {
    fc.assert(
      fc.property(shape, ({ width, seen }) => {
        const widest = new Map(columns.map(({ id }, index) => [id, seen[index] ?? 0]));
        const placed = placeColumns(columns, width, 2, widest);
        const without = placeColumns(columns, width, 2);
        const used = placed.reduce((all, each) => all + each.width, 0) + 2 * (placed.length - 1);
        const isCut = placed.some((each) => each.width < (widest.get(each.column.id) ?? 0));
        const spare = placed.filter(({ column, width: cells }) => {
          const needs = Math.max(
            widest.get(column.id) ?? 0,
            column.grow === undefined ? column.min : column.title.length,
          );
          return cells > needs;
        });
        expect(placed.map(({ column }) => column.id)).toEqual(without.map(({ column }) => column.id));
        if (placed.length > 1) expect(used).toBeLessThanOrEqual(width);
        if (isCut && used <= width)
          expect({ used, spare: spare.map(({ column }) => column.id) }).toEqual({ used: width, spare: [] });
      }),
    );
  });

  it('leave the widths as they are where nothing is cut', () => {
    const widest = new Map(columns.map(({ id, min }) => [id, min]));
    expect(placeColumns(columns, 96, 2, widest)).toEqual(placeColumns(columns, 96, 2));
  });
});

describe('the breadcrumb line', () => {
  const names = ['nordic', 'Nordic Cloud AB', 'Helsinki IT Oy', 'Acme Oy'];
  it.each([
    [80, names],
    [40, ['nordic', '…', 'Helsinki IT Oy', 'Acme Oy']],
    [30, ['nordic', '…', 'Acme Oy']],
    [14, ['…', 'Acme Oy']],
  ])('in %i cells keeps both ends of the path', (width, expected) => {
    expect(shorten(names, width, '▸')).toEqual(expected);
  });
});
