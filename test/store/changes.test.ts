import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { fields } from '../../src/model/fields.ts';
import { fill, ids, openScratch, row, scratch } from './rows.ts';

const segment = (word: string) => ({ segment: safeText(word) });

it('the first value of a field that earlier versions did not store is no change', () => {
  const path = join(scratch(), 'cache.db');
  const cache = openScratch(path);
  fill(cache, [row({ id: 'a', quantity: 5 })]);
  const file = new DatabaseSync(path);
  const kept: readonly unknown[] = JSON.parse(
    String(file.prepare('SELECT encoded_row FROM subscription').get()?.encoded_row),
  );
  file.prepare('UPDATE subscription SET encoded_row = ?').run(JSON.stringify(kept.slice(0, fields.segment.stored)));
  file.close();
  const changed = () =>
    cache.changes({ connection: 'nordic', id: 'a' }).map(({ field, from, to }) => [field, from, to]);
  const found = (text: string) => ids(cache, { filter: [{ kind: 'equals', field: 'segment', text, negated: false }] });

  expect(cache.subscription('nordic', 'a')).toMatchObject({ quantity: 5, segment: null });
  fill(cache, [row({ id: 'a', quantity: 6, ...segment('Commercial') })]);
  expect(changed()).toEqual([['quantity', '5', '6']]);
  expect(found('Commercial')).toEqual(['a']);
  fill(cache, [row({ id: 'a', quantity: 6, ...segment('Education') })]);
  expect(changed()[0]).toEqual(['segment', 'Commercial', 'Education']);
  expect([found('Commercial'), found('Education')]).toEqual([[], ['a']]);
});
