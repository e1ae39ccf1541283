import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { type FastClock, fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/counter.ts';
import { answer, intent, step } from './intent.ts';
import { oldJournal } from './old-journal.ts';

function place(): string {
  return join(temporaryDirectory(), 'state', 'journal.db');
}

function open(path: string, clock = fastClock()): Journal {
  const journal = openJournal(path, { clock });
  onTestFinished(() => journal.dispose());
  return journal;
}

async function intend(journal: Journal, more: Partial<typeof intent> = {}): Promise<string> {
  const intended = await journal.intend({ ...intent, ...more });
  if (intended.kind !== 'intended') throw new Error(JSON.stringify(intended));
  return intended.id;
}

async function done(journal: Journal, more: Partial<typeof intent> = {}): Promise<string> {
  const id = await intend(journal, more);
  await journal.sending(id, step);
  await journal.answered(id, { index: 0, answer });
  await journal.close(id, {
    state: 'done',
    reason: null,
    vendor: { status: 200, correlationId: null },
    basis: 'answer',
  });
  return id;
}

test('an entry goes from intent to its end, and other processes see each step', async () => {
  const path = place();
  const [journal, other] = [open(path), open(path)];
  const id = await intend(journal);
  expect(other.entry(id)).toMatchObject({ state: 'intent', verb: 'set-quantity', by: 'tester' });
  await journal.sending(id, step);
  expect(other.entry(id)?.state).toBe('sent');
  expect(other.steps(id)).toMatchObject([{ name: 'lower', answer: null }]);
  await journal.answered(id, { index: 0, answer });
  await journal.close(id, {
    state: 'done',
    reason: null,
    vendor: { status: 200, correlationId: null },
    basis: 'answer',
  });
  expect(other.entry(id)).toMatchObject({ state: 'done', vendor: { status: 200 } });
  expect(other.steps(id)).toMatchObject([{ answer: { outcome: 'done', status: 200 } }]);
});

test('the revision grows with every commit, whoever made it', async () => {
  const path = place();
  const [journal, other] = [open(path), open(path)];
  const before = [journal.revision(), other.revision()];
  await intend(journal);
  expect(journal.revision()).toBeGreaterThan(before[0] ?? 0);
  expect(other.revision()).toBeGreaterThan(before[1] ?? 0);
});

test('ids sort by entry even where the clock goes back, and are read as typed', async () => {
  const clock = fastClock();
  const journal = open(place(), clock);
  const ids: string[] = [];
  for (const [target, by] of [['a', 5] as const, ['b', 5] as const, ['c', -86_400_000] as const, ['d', 5] as const]) {
    clock.advance(by);
    ids.push(await intend(journal, { ref: `nordic/${target}` }));
  }
  expect([...ids].sort()).toEqual(ids);
  expect(journal.entries({ ref: null, state: null, since: null, limit: null }).map(({ id }) => id)).toEqual(
    ids.toReversed(),
  );
  const [first = ''] = ids;
  expect(journal.entry(` ${first.toUpperCase().replaceAll('0', 'O')} `)?.id).toBe(first);
});

test('[fault 69] one open write a target: until it ends, a second intent is told of it', async () => {
  const path = place();
  const [journal, other] = [open(path), open(path)];
  const id = await intend(journal);
  expect(await other.intend(intent)).toMatchObject({ kind: 'open', entry: { id } });
  await journal.close(id, { state: 'unknown', reason: null, vendor: null, basis: 'answer' });
  expect(await other.intend(intent)).toMatchObject({ kind: 'open', entry: { id, state: 'unknown' } });
  await journal.close(id, { state: 'settled-applied', reason: null, vendor: null, basis: 'answer' });
  expect((await other.intend(intent)).kind).toBe('intended');
});

test('the database itself holds the guard: no other way in leads past it', async () => {
  const path = place();
  await intend(open(path));
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  const copy = `INSERT INTO entry SELECT 'other', 'elsewhere', target, 'unknown', body, request, seal, account FROM entry`;
  expect(() => database.exec(copy)).toThrow('UNIQUE');
});

test('a due look is leased to one console until it is made, late, or abandoned', async () => {
  const path = place();
  const clock = fastClock();
  const [journal, other] = [open(path, clock), open(path, clock)];
  const id = await intend(journal);
  await journal.schedule(id, 10, 0);
  expect(await journal.claim(id, 100)).toBe(false);
  clock.advance(10);
  expect(await journal.claim(id, 90)).toBe(true);
  clock.advance(10);
  expect(await other.claim(id, 100)).toBe(false);
  clock.advance(80);
  expect(await other.claim(id, 100)).toBe(true);
  await other.schedule(id, 200, 1);
  clock.advance(100);
  expect(await journal.claim(id, 200)).toBe(false);
  clock.advance(100);
  expect(await journal.claim(id, 100)).toBe(true);

  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  database.exec(`UPDATE watch SET owner = '999999999 - gone'`);
  expect(await other.claim(id, 100)).toBe(true);
});

test.each([
  ['set ahead', (clock: FastClock) => clock.setWall(3_600_000)],
  ['set back', (clock: FastClock) => clock.setWall(-3_600_000)],
])('a clock that is %s ends no lease and holds no look back', async (_, happens) => {
  const path = place();
  const clock = fastClock();
  const [journal, other] = [open(path, clock), open(path, clock)];
  const id = await intend(journal);
  await journal.schedule(id, 60_000, 0);
  expect(await journal.due()).toEqual([]);
  happens(clock);
  expect(await journal.due()).toEqual([id]);
  expect(await journal.claim(id, 1000)).toBe(true);
  happens(clock);
  // The lease starts over when it is looked at, and then ends in its time.
  expect(await other.claim(id, 1000)).toBe(false);
  clock.advance(999);
  expect(await other.claim(id, 1000)).toBe(false);
  clock.advance(1);
  expect(await other.claim(id, 1000)).toBe(true);
});

test('the hours that a computer slept count for looks and leases', async () => {
  const path = place();
  const clock = fastClock();
  const [journal, other] = [open(path, clock), open(path, clock)];
  const id = await intend(journal);
  await journal.schedule(id, 60_000, 0);
  clock.sleep(60_000);
  expect(await journal.nextDue()).toBe(0);
  expect(await journal.claim(id, 120_000)).toBe(true);
  clock.sleep(120_000);
  expect(await other.claim(id, 120_000)).toBe(true);
});

test('the timetable of a journal of 0.1.0 is taken over: its looks are due', async () => {
  const path = oldJournal();
  const database = new DatabaseSync(path);
  database.exec('UPDATE watch SET attempts = 3');
  database.close();
  const [journal, other] = [open(path), open(path)];
  expect(journal.health()).toBeNull();
  expect(await journal.due()).toHaveLength(5);
  const [id = ''] = await journal.due();
  expect(await journal.attempts(id)).toBe(3);
  expect(await other.claim(id, 1000)).toBe(true);
  expect(await journal.claim(id, 1000)).toBe(false);
});

test('a target is one only with its account; ids are taken literally', async () => {
  const journal = open(place());
  const refs = ['a/x', 'b/x', 'a/x/y', 'a/x ', 'a/%78', 'a/ｘ'];
  const ids = await Promise.all(refs.map((ref) => intend(journal, { ref, account: `cloudmore ${ref.split('/', 1)}` })));
  expect(ids.map((id) => journal.entry(id)?.ref)).toEqual(refs);
  expect(journal.entries({ ref: 'a/x/y', state: null, since: null, limit: null })).toHaveLength(1);
});

test('an end is final; unknown and needs-person may still be settled', async () => {
  const journal = open(place());
  const end = (state: Parameters<Journal['close']>[1]['state']) =>
    ({ state, reason: null, vendor: null, basis: 'answer' }) as const;
  const id = await intend(journal);
  expect(await journal.close(id, end('unknown'))).toBe(true);
  expect(await journal.close(id, end('needs-person'))).toBe(true);
  expect(await journal.close(id, end('unknown'))).toBe(false);
  expect(await journal.close(id, end('settled-applied'))).toBe(true);
  expect(await journal.close(id, end('refused'))).toBe(false);
  await expect(journal.sending(id, step)).rejects.toThrow('closed meanwhile');
});

test('the journal has what a step sent; a step of an earlier Subdeck has none', async () => {
  const journal = open(place());
  const id = await intend(journal);
  const body = {
    name: 'Büro\u00a025',
    quantity: 20,
    nextBillingFrequency: { name: 'Monthly' },
    ids: ['9007199254740993'],
  };
  await journal.sending(id, { ...step, body });
  await journal.sending(id, { ...step, index: 1 });
  expect(journal.steps(id).map((one) => ('body' in one ? one.body : 'none'))).toEqual([body, 'none']);
});

test('whatever a caller hands over, no licence key is kept', async () => {
  const path = place();
  const journal = open(path);
  const id = await intend(journal, {
    before: { licenseKey: 'K-old' },
    after: { licenseKey: 'K-new', deeper: [{ license_key: 'K-deep' }] },
  });
  await journal.sending(id, { ...step, body: { licenseKey: 'K-body', list: [{ LicenceKey: 'K-list' }], quantity: 5 } });
  await journal.answered(id, { index: 0, answer: { ...answer, notes: { LicenceKey: 'K-note' } } });
  expect(journal.entry(id)?.after).toEqual({ licenseKey: 'set', deeper: [{ license_key: 'set' }] });
  const bytes = [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join();
  expect(bytes).not.toMatch(/K-(old|new|deep|note|body|list)/);
  expect(journal.steps(id)[0]?.body).toEqual({ licenseKey: 'set', list: [{ LicenceKey: 'set' }], quantity: 5 });
});

test('[fault 88] files and directory are for this user only, under any umask', async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const path = place();
  await intend(open(path));
  for (const file of [path, `${path}-wal`, `${path}-shm`])
    expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600]);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
});

test('a journal whose mode somebody widened is narrowed again', () => {
  const path = place();
  open(path).dispose();
  chmodSync(path, 0o644);
  open(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

async function refuses(journal: Journal, what: RegExp): Promise<void> {
  expect(journal.health()?.message).toMatch(what);
  expect(await journal.intend(intent)).toMatchObject({ kind: 'refused', fault: { kind: 'broken', sent: false } });
}

test('[fault 100] a journal of a newer Subdeck is read and not written', async () => {
  const path = place();
  const id = await done(open(path));
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const journal = open(path);
  await refuses(journal, /newer Subdeck/);
  expect(journal.entry(id)?.state).toBe('done');
});

test('[fault 66, 87] garbage, foreign databases, links and directories refuse writes and stay', async () => {
  const directory = temporaryDirectory();
  const garbage = join(directory, 'garbage.db');
  writeFileSync(garbage, 'this is no database, and much longer than a header of a hundred bytes '.repeat(20));
  await refuses(open(garbage), /is damaged/);
  expect(readFileSync(garbage, 'utf8')).toContain('this is no database');

  const foreign = join(directory, 'foreign.db');
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE entry (id TEXT)');
  database.close();
  await refuses(open(foreign), /not a Subdeck journal/);

  const link = join(directory, 'link.db');
  symlinkSync(join(directory, 'elsewhere.db'), link);
  await refuses(open(link), /not a plain file/);

  const folder = join(directory, 'folder.db');
  mkdirSync(folder);
  await refuses(open(folder), /not a plain file/);
});

test('[fault 66, 67] a full disk refuses intents, takes an answer, and loses nothing', () => {
  const path = place();
  const child = join(import.meta.dirname, 'full-disk.ts');
  // 512-byte blocks: every file of the child may grow to 250 KB.
  const said = execFileSync('sh', ['-c', 'ulimit -f 500; exec "$0" "$@"', process.execPath, child, path], {
    timeout: 20_000,
  }).toString();
  const { first, kept, fault } = JSON.parse(said);
  expect(fault).toMatchObject({ kind: 'broken', sent: false });
  const journal = open(path);
  expect(journal.health()).toBeNull();
  expect(journal.entries({ ref: null, state: null, since: null, limit: null })).toHaveLength(kept);
  expect(journal.steps(first)).toMatchObject([{ answer: { outcome: 'done', notes: { orderId: 'or-1' } } }]);
});

test('how long an entry waited, its purpose and its reason are told apart', async () => {
  const journal = open(place());
  const id = await intend(journal, { reason: 'ticket 42' });
  expect(journal.entry(id)?.reason).toBe('ticket 42');
  await journal.close(id, { state: 'refused', reason: 'below the minimum', vendor: null, basis: 'answer' });
  expect(journal.entry(id)?.reason).toBe('below the minimum');
  expect(journal.record(id)?.purpose).toBe('ticket 42');
});

test('lists filter by target, state, time and number, newest first', async () => {
  const clock = fastClock();
  const journal = open(place(), clock);
  const first = await done(journal, { ref: 'nordic/a' });
  clock.advance(60_000);
  const since = new Date(clock.now()).toISOString();
  const second = await done(journal, { ref: 'nordic/b' });
  const third = await intend(journal, { ref: 'nordic/a' });
  const list = (query: Partial<Parameters<Journal['entries']>[0]>) =>
    journal.entries({ ref: null, state: null, since: null, limit: null, ...query }).map(({ id }) => id);
  expect(list({})).toEqual([third, second, first]);
  expect(list({ ref: 'nordic/a' })).toEqual([third, first]);
  expect(list({ state: 'done' })).toEqual([second, first]);
  expect(list({ since })).toEqual([third, second]);
  expect(list({ limit: 1 })).toEqual([third]);
  expect(list({ since, limit: 1 })).toEqual([third]);
});
