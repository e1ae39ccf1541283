import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCache } from '../../src/cache/open.ts';
import { everything, fill, ids, openScratch, page, row, scratch, standingClock } from './rows.ts';

function openHeld(path: string) {
  const cache = openCache(path, { clock: standingClock(), untidyRows: 0, holds: true });
  onTestFinished(() => cache.close());
  return cache;
}

it('a book that holds still answers as before until it catches up with what others wrote', () => {
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
  held.catchUp();
  expect(held.revision()).toBeGreaterThan(revision);
  expect(ids(held, { sort })).toEqual(['2', '1']);
});

it('a book that holds still knows at once what it wrote itself, and with it what others wrote', () => {
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

it('a row that went meanwhile is left out of what a book shows that holds still', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  fill(other, [row({ id: '1' }), row({ id: '2' })]);
  const held = openHeld(path);
  const sort = [{ field: 'id', descending: true }] as const;
  expect(ids(held, { sort })).toEqual(['2', '1']);
  const pass = other.beginPass({ connection: 'nordic', vendor: 'cloudmore', within: null });
  pass.keepPage(page([row({ id: '2' })]));
  pass.finish({ complete: true, fault: null });
  expect(ids(held, { sort })).toEqual(['2']);
});
