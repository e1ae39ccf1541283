import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Intent, Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { intent } from './intent.ts';
import { oldJournal } from './old-journal.ts';

const cloudmore = 'cloudmore https://api.cloudmore.com';

function open(path = join(temporaryDirectory(), 'journal.db')): Journal {
  const journal = openJournal(path, { clock: fastClock() });
  onTestFinished(() => journal.dispose());
  return journal;
}

async function tried(journal: Journal, ref: string, more: Partial<Intent> = {}): Promise<string> {
  const found = await journal.intend({ ...intent, account: cloudmore, ...more, ref });
  return found.kind === 'intended' ? found.id : `${found.kind} ${'entry' in found ? found.entry.ref : ''}`;
}

test('an open write of 0.1.0 blocks every subscription it may concern', async () => {
  const journal = open(oldJournal());
  // The same connection, whatever account it is on now, and every connection of the vendor.
  expect(await tried(journal, 'cloudmore-seller/person-1')).toBe('open cloudmore-reseller/person-1');
  expect(await tried(journal, 'somewhere/person-1')).toBe('open cloudmore-reseller/person-1');
  expect(await tried(journal, 'somewhere/person-1', { account: 'cloudmore https://staging.example.com' })).toBe(
    'open cloudmore-reseller/person-1',
  );
  expect(await tried(journal, 'cloudmore-reseller/person-1', { account: 'interworks https://bss.example.com' })).toBe(
    'open cloudmore-reseller/person-1',
  );
  // Neither a connection of another vendor nor another id can be the same.
  expect(await tried(journal, 'bss/person-1', { account: 'interworks https://bss.example.com' })).toMatch(/^\w{8}$/);
  expect(await tried(journal, 'cloudmore-seller/person-2')).toMatch(/^\w{8}$/);
  // A create names no vendor.
  expect(await tried(journal, 'bss/new:o-1/sv-1/p-1', { account: 'interworks https://bss.example.com' })).toBe(
    'open cloudmore-reseller/new:o-1/sv-1/p-1',
  );
});

test('two open writes of 0.1.0 on one id must both be settled', async () => {
  const journal = open(oldJournal());
  const settle = async (ref: string): Promise<void> => {
    const [entry] = journal.entries({ ref, state: 'unknown', since: null, limit: null });
    await journal.close(entry?.id ?? '', { state: 'settled-applied', reason: null, vendor: null, basis: 'answer' });
  };
  await settle('cloudmore-seller/both-1');
  expect(await tried(journal, 'cloudmore-seller/both-1')).toBe('open cloudmore-reseller/both-1');
  await settle('cloudmore-reseller/both-1');
  expect(await tried(journal, 'cloudmore-seller/both-1')).toMatch(/^\w{8}$/);
});
