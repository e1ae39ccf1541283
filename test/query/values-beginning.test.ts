import { expect, test } from 'vitest';
import type { FilterField } from '../../src/model/field-names.ts';
import { fill, named, openScratch, row } from '../store/rows.ts';

const open = () => {
  const cache = openScratch();
  const places = ['Acme Oy', 'acme zwei', 'Åcme 10', 'Backup 9', 'Backup 10', 'Zed'];
  const rows = places.map((name, index) =>
    row({
      ...{ id: `sub-${index}`, name: `Row ${name}`, organization: named(`o${index}`, name) },
      ...{ services: [named('s1', 'Mail')], product: named('p1', 'Mail Pro') },
    }),
  );
  fill(cache, rows);
  return cache;
};

test.each<[FilterField, string, readonly string[]]>([
  ['org', 'ac', ['Acme 10', 'Acme Oy', 'acme zwei']],
  ['org', 'backup 1', ['Backup 10']],
  ['org', 'backup', ['Backup 9', 'Backup 10']],
  ['org', 'x', []],
  ['service', '', ['Mail']],
  ['product', 'mail', ['Mail Pro']],
  ['name', 'row b', ['Row Backup 9', 'Row Backup 10']],
  ['id', 'sub-1', ['sub-1']],
  ['connection', 'nor', ['nordic']],
  ['qty', '', []],
])('%s values that begin with %j: %j', (field, begin, values) => {
  const found = open().valuesBeginning(field, begin, 12);
  expect(found.map((name) => name.replace('Å', 'A'))).toEqual(values);
});

test('gives only as many values as asked for', () => {
  expect(open().valuesBeginning('org', '', 2)).toHaveLength(2);
});
