import { PassThrough } from 'node:stream';
import { render } from 'ink';
import { createElement } from 'react';
import { expect, it } from 'vitest';
import type { Column } from '../../../src/screens/table/columns.ts';
import { Table } from '../../../src/screens/table/table.tsx';

it('builds the cells of a row once, however often the cursor moves', async () => {
  const rows = Array.from({ length: 20 }, (_, index) => ({ id: String(index) }));
  const made: string[] = [];
  const value = (row: { readonly id: string }) => {
    made.push(row.id);
    return row.id;
  };
  const columns: readonly Column<{ readonly id: string }>[] = [{ id: 'id', title: 'ID', rank: 0, min: 4, value }];
  const table = (cursor: string) =>
    createElement(Table<{ readonly id: string }>, {
      ...{
        list: 'ids',
        data: rows,
        columns,
        width: 40,
        height: 20,
        rowKey: (row: { readonly id: string }) => row.id,
        cursor,
      },
    });
  const stdout = Object.assign(new PassThrough(), { columns: 40, rows: 24 });
  const ink = render(table('0'), { stdout: stdout as unknown as NodeJS.WriteStream, debug: true });
  await ink.waitUntilRenderFlush();
  expect(made).toHaveLength(20);
  made.length = 0;
  ink.rerender(table('1'));
  await ink.waitUntilRenderFlush();
  expect(made).toEqual([]);
  ink.unmount();
});
