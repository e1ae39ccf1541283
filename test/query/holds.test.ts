import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCache } from '../../src/query/open-cache.ts';
import {
  everything,
  fill,
  ids,
  named,
  openScratch,
  page,
  row,
  scratch,
  standingClock,
  tidyAll,
} from '../store/rows.ts';
import { everythingRead } from '../store/run-ends.ts';

function openHeld(path: string) {
  const cache = openCache(path, { clock: standingClock(), untidyRows: 0, holds: true });
  onTestFinished(() => cache.close());
  return cache;
}

it('a snapshot answers as before until it is refreshed', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1', quantity: 5 })]);
  const held = openHeld(path);
  const sort = [{ field: 'qty', descending: true }] as const;
  expect(ids(held, { sort })).toEqual(['1']);
  const revision = held.revision();
  fill(other, [row({ id: '1', quantity: 5 }), row({ id: '2', quantity: 9 })]);
  expect(held.revision()).toBe(revision);
  expect(held.subscriptionWindow({ ...everything, sort }).total).toBe(1);
  held.refreshSnapshot();
  expect(held.revision()).toBeGreaterThan(revision);
  expect(ids(held, { sort })).toEqual(['2', '1']);
});

it('a snapshot includes its own writes at once', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1' })]);
  const held = openHeld(path);
  expect(ids(held)).toEqual(['1']);
  fill(other, [row({ id: '1' }), row({ id: '2' })]);
  const revision = held.revision();
  held.keep('nordic', '3', { subscription: row({ id: '3' }), raw: {} });
  expect(held.revision()).toBeGreaterThan(revision);
  expect(ids(held)).toEqual(['1', '2', '3']);
});

it('a snapshot omits a row that another process removed', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1' }), row({ id: '2' })]);
  const held = openHeld(path);
  const sort = [{ field: 'id', descending: true }] as const;
  expect(ids(held, { sort })).toEqual(['2', '1']);
  const run = other.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
  run.keepPage(page([row({ id: '2' })]));
  run.finish(everythingRead);
  expect(ids(held, { sort })).toEqual(['2']);
});

it('a snapshot does not mistake other writes for damage', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1' })]);
  const held = openHeld(path);
  expect(ids(held)).toEqual(['1']);
  fill(other, [row({ id: '2', connection: 'south' })], {}, 'south');
  expect(held.subscription('south', '2')?.ref).toBe('south/2');
  expect(ids(held)).toEqual(['1', '2']);
  expect(held.notice).toBeNull();
});

it('a snapshot does not mistake counts kept by others for damage', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1', organization: named('o') })]);
  const held = openHeld(path);
  const query = { ...everything, level: 'organization', sort: null } as const;
  expect(held.levelWindow({ ...query, level: 'seller' }).total).toBe(1);
  const many = Array.from({ length: 3000 }, (_, index) => row({ id: `${index}`, organization: named(`o${index}`) }));
  fill(other, many);
  tidyAll(other);
  expect(held.levelWindow(query).total).toBe(3000);
  expect(held.notice).toBeNull();
});

it('a snapshot has the newest order after a refresh', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1', name: 'B' }), row({ id: '2', name: 'C' }), row({ id: '3', name: 'D' })]);
  tidyAll(other);
  const held = openHeld(path);
  const downwards = { sort: [{ field: 'name', descending: true }] } as const;
  expect(ids(held, downwards)).toEqual(['3', '2', '1']);
  fill(other, [row({ id: '1', name: 'Z' }), row({ id: '2', name: 'C' }), row({ id: '3', name: 'D' })]);
  expect(ids(held, { sort: [{ field: 'qty', descending: false }, ...downwards.sort] })).toHaveLength(3);
  held.refreshSnapshot();
  expect(ids(held, downwards)).toEqual(['1', '3', '2']);
});

it('a snapshot loses no search result while another process indexes', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1', name: 'acme one' }), row({ id: '2', name: 'other two' })]);
  tidyAll(other);
  const three = { subscription: row({ id: '3', name: 'acme three' }), raw: {} };
  other.keep('nordic', '3', three);
  const held = openHeld(path);
  expect(ids(held, { search: 'acm' })).toEqual(['1', '3']);
  tidyAll(other);
  expect(ids(held, { search: 'acme' })).toEqual(['1', '3']);
  expect(ids(held, { search: 'three' })).toEqual(['3']);
});

it('a refreshed snapshot finds new rows at the next letter typed', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '0', name: 'acme first' })]);
  tidyAll(other);
  const held = openHeld(path);
  expect(ids(held)).toEqual(['0']);
  fill(
    other,
    Array.from({ length: 3000 }, (_, index) => row({ id: `${index}`, name: `acme ${index}` })),
  );
  tidyAll(other);
  expect(ids(held, { search: 'acm' })).toHaveLength(1);
  held.refreshSnapshot();
  expect(ids(held, { search: 'acme 29' })).toHaveLength(111);
});

it('every row of a query has the newest state', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1' })]);
  const held = openHeld(path);
  expect(ids(held, { sort: [{ field: 'id', descending: true }] })).toEqual(['1']);
  fill(other, [row({ id: '1' }), row({ id: '2' })]);
  expect([...held.eachSubscription(everything)].map(({ id }) => id)).toEqual(['1', '2']);
});
