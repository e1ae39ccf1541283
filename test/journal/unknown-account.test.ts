import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Intent, Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { row } from '../store/rows.ts';
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

test('[team 8] an open write blocks a subscription that another account shows just so', async () => {
  const journal = open();
  const gateway = 'cloudmore https://gateway.example';
  const of = (id: string, organization: string) =>
    row({ id, organization: { id: organization, name: 'Acme' as never } });
  const guid = 'b0a7e5d2-1c3f-4a5b-8c9d-0e1f2a3b4c5d';
  await tried(journal, 'direct/S-1', { target: of('S-1', 'O-1') });
  await tried(journal, 'direct/S-2', { target: of('S-2', 'O-1') });
  await tried(journal, `direct/${guid}`, { target: of(guid, 'O-1') });
  const behind = (id: string, organization: string) =>
    tried(journal, `gateway/${id}`, { account: gateway, target: of(id, organization) });
  expect(await behind('s-1', 'o-1')).toBe('open direct/S-1');
  expect(await behind(guid.toUpperCase(), 'O-2')).toBe(`open direct/${guid}`);
  // An id that is unique in an organization alone, and another organization's: another subscription.
  expect(await behind('S-2', 'O-2')).toMatch(/^\w{8}$/);
  const [direct] = journal.entries({ ref: 'direct/S-1', state: null, since: null, limit: null });
  await journal.close(direct?.id ?? '', { state: 'refused', reason: null, vendor: null, basis: 'answer' });
  expect(await behind('s-1', 'o-1')).toMatch(/^\w{8}$/);
});
