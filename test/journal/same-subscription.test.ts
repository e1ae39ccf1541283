import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Intent, Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/counter.ts';
import { intent } from './intent.ts';
import { oldJournal } from './old-journal.ts';

const cloudmore = 'cloudmore https://api.cloudmore.com';

function open(path = join(temporaryDirectory(), 'journal.db')): Journal {
  const journal = openJournal(path, { clock: fastClock() });
  onTestFinished(() => journal.dispose());
  return journal;
}

function tried(journal: Journal, ref: string, more: Partial<Intent> = {}): string {
  const found = journal.intend({ ...intent, account: cloudmore, ...more, ref });
  return found.kind === 'intended' ? found.id : `${found.kind} ${'entry' in found ? found.entry.ref : ''}`;
}

test('an open write blocks its subscription through every connection of the account', () => {
  const journal = open();
  const id = tried(journal, 'seller/s1');
  expect(tried(journal, 'reseller/s1')).toBe('open seller/s1');
  expect(journal.openOn({ ref: 'reseller/s1', account: cloudmore })?.id).toBe(id);
  journal.close(id, { state: 'unknown', reason: null, vendor: null, basis: 'answer' });
  expect(tried(journal, 'reseller/s1', { verb: 'cancel' })).toBe('open seller/s1');
  journal.close(id, { state: 'settled-applied', reason: null, vendor: null, basis: 'answer' });
  expect(tried(journal, 'reseller/s1')).toMatch(/^\w{8}$/);
});

test('an open write blocks nothing on another account of the same connection', () => {
  const journal = open();
  tried(journal, 'nordic/s1');
  const staging = 'cloudmore https://staging.example.com';
  expect(journal.openOn({ ref: 'nordic/s1', account: staging })).toBeNull();
  expect(tried(journal, 'nordic/s1', { account: staging })).toMatch(/^\w{8}$/);
});

test('a plan is overtaken by a write through another connection of the account', () => {
  const journal = open();
  const plannedAfter = tried(journal, 'seller/earlier');
  const id = tried(journal, 'seller/s1');
  journal.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
  expect(tried(journal, 'reseller/s1', { plannedAfter })).toBe('overtaken seller/s1');
  expect(tried(journal, 'other/s1', { plannedAfter, account: 'cloudmore https://staging.example.com' })).toMatch(
    /^\w{8}$/,
  );
});

test('an entry says its account and the view it was sent with', () => {
  const journal = open();
  const id = tried(journal, 'seller/s1', { view: 'seller s-9' });
  expect(journal.entry(id)?.account).toBe(cloudmore);
  expect(journal.record(id)?.view).toBe('seller s-9');
});

test('an open write of 0.1.0 blocks whatever could be the same subscription', () => {
  const journal = open(oldJournal());
  // The same connection, whatever it is now; and every connection of the vendor.
  expect(tried(journal, 'cloudmore-seller/person-1')).toBe('open cloudmore-reseller/person-1');
  expect(tried(journal, 'somewhere/person-1')).toBe('open cloudmore-reseller/person-1');
  expect(tried(journal, 'somewhere/person-1', { account: 'cloudmore https://staging.example.com' })).toBe(
    'open cloudmore-reseller/person-1',
  );
  expect(tried(journal, 'cloudmore-reseller/person-1', { account: 'interworks https://bss.example.com' })).toBe(
    'open cloudmore-reseller/person-1',
  );
  // Another vendor through another connection cannot be the same, and neither can another id.
  expect(tried(journal, 'bss/person-1', { account: 'interworks https://bss.example.com' })).toMatch(/^\w{8}$/);
  expect(tried(journal, 'cloudmore-seller/person-2')).toMatch(/^\w{8}$/);
  // A create names no vendor.
  expect(tried(journal, 'bss/new:o-1/sv-1/p-1', { account: 'interworks https://bss.example.com' })).toBe(
    'open cloudmore-reseller/new:o-1/sv-1/p-1',
  );
});

test('two open writes of 0.1.0 on one id both have to be settled', () => {
  const journal = open(oldJournal());
  const settle = (ref: string): void => {
    const [entry] = journal.entries({ ref, state: 'unknown', since: null, limit: null });
    journal.close(entry?.id ?? '', { state: 'settled-applied', reason: null, vendor: null, basis: 'answer' });
  };
  settle('cloudmore-seller/both-1');
  expect(tried(journal, 'cloudmore-seller/both-1')).toBe('open cloudmore-reseller/both-1');
  settle('cloudmore-reseller/both-1');
  expect(tried(journal, 'cloudmore-seller/both-1')).toMatch(/^\w{8}$/);
});
