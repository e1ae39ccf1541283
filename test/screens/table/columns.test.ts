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
