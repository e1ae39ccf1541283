import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClosedState, Intent, Journal } from '../../src/journal/journal.ts';
import { FaultError } from '../../src/model/fault.ts';
import { elapsed } from '../../src/model/instant.ts';
import type { FastClock } from '../fault-server/clocks.ts';
import { answer, intent, step } from './intent.ts';

/** One storage of a journal. */
export interface JournalPlace {
  /** The clock of all its users. */
  readonly clock: FastClock;
  /** Opens the journal as another process would. */
  join(): Promise<Journal>;
  /** Reads are those of a copy, and times are the server's. */
  readonly isOnServer: boolean;
}

/**
 * The required behaviour of every implementation of the journal's interface, wherever it stores its entries. `open`: an
 * empty storage.
 */
export function journalSuite(name: string, open: () => Promise<JournalPlace>): void {
  describe(name, () => {
    /** A journal, and another process's on the same storage. */
    async function pair() {
      const { clock, join, isOnServer } = await open();
      const [journal, other] = [await join(), await join()];
      onTestFinished(() => {
        journal.dispose();
        other.dispose();
      });
      return { clock, journal, other, isOnServer };
    }

    test('an entry goes from intent to its outcome, and other processes see each step', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      expect(await other.stored(id)).toMatchObject({ entry: { state: 'intent', verb: 'set-quantity', by: 'tester' } });
      await journal.sending(id, step);
      const sent = { entry: { state: 'sent' }, steps: [{ name: 'lower', method: 'POST', answer: null }] };
      expect(await other.stored(id)).toMatchObject(sent);
      await journal.answered(id, { index: 0, answer });
      await journal.close(id, { ...end('done'), vendor: { status: 200, correlationId: null } });
      expect(await other.stored(id)).toMatchObject({
        entry: { state: 'done', vendor: { status: 200 } },
        steps: [{ answer: { outcome: 'done', status: 200 } }],
      });
    });

    test('what is asked when a person leaves ends without an error', async () => {
      const { journal } = await pair();
      const asked = [
        ...[journal.due(), journal.nextDue(), journal.attempts('none')],
        ...[journal.newest(), journal.partsOf('none')],
      ];
      journal.dispose();
      expect(await Promise.all<unknown>(asked)).toEqual([[], null, 0, null, new Map()]);
    });

    test('keeps marks of Today line by line, and other processes see them', async () => {
      const { journal, other } = await pair();
      const at = '2026-11-21T12:00:00.000Z';
      const said = { at, by: 'anna', until: null, text: null } as const;
      expect(other.marks().size).toBe(0);
      await journal.mark(['k1', 'k2'], { ...said, action: 'take' });
      await other.mark(['k1'], { ...said, action: 'note', by: 'ben', text: 'called' });
      await journal.mark(['k1'], { ...said, action: 'snooze', until: '2026-11-22T12:00:00.000Z' });
      await other.mark(['k2'], { ...said, action: 'done', text: 'they keep it' });
      for (const each of [journal, other]) {
        await each.refresh();
        expect(each.marks().get('k1')).toEqual({
          ...{ owner: 'anna', note: { text: 'called', by: 'ben', at }, done: null, isDamaged: false },
          snoozedUntil: '2026-11-22T12:00:00.000Z',
        });
        expect(each.marks().get('k2')?.done).toEqual({ by: 'anna', at, reason: 'they keep it' });
      }
      const before = other.revision();
      await journal.mark(['k2'], { ...said, action: 'release' });
      await other.refresh();
      expect(other.revision()).toBeGreaterThan(before);
      expect(other.marks().get('k2')).toMatchObject({ owner: null, done: null });
    });

    test('keeps links of organizations, all or none, and other processes see them', async () => {
      const { journal, other } = await pair();
      const at = '2026-11-21T12:00:00.000Z';
      const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ key, name: key.toUpperCase() }));
      if (a === undefined || b === undefined || c === undefined) throw new Error('There are three.');
      const acme = { action: 'link', customer: 'Acme', at, by: 'anna' } as const;
      expect(other.links().size).toBe(0);
      expect(await journal.link({ ...acme, organizations: [a, b] })).toEqual({ kind: 'kept', added: 2 });
      expect(await other.link({ ...acme, by: 'ben', organizations: [b] })).toEqual({ kind: 'kept', added: 0 });
      expect(other.links().get('a')).toEqual({ ...acme, name: 'A' });
      const zed = { ...acme, customer: 'Zed', organizations: [c, a] };
      expect(await other.link(zed)).toEqual({ kind: 'taken', key: 'a', name: 'A', customer: 'Acme' });
      expect([journal.links().has('c'), other.links().has('c')]).toEqual([false, false]);
      const before = journal.revision();
      expect(await other.link({ ...acme, action: 'unlink', organizations: [a] })).toEqual({ kind: 'kept', added: 1 });
      await journal.refresh();
      expect(journal.revision()).toBeGreaterThan(before);
      expect(journal.links().get('a')).toMatchObject({ action: 'unlink', customer: 'Acme' });
      expect(await journal.link(zed)).toEqual({ kind: 'kept', added: 2 });
      await other.refresh();
      expect([...other.links()].map(([key, link]) => [key, link?.customer]).toSorted()).toEqual([
        ...[
          ['a', 'Zed'],
          ['b', 'Acme'],
          ['c', 'Zed'],
        ],
      ]);
    });

    test('of two customers that want an organization at once, one is refused', async () => {
      const { journal, other } = await pair();
      const one = { action: 'link', at: '2026-11-21T12:00:00.000Z', by: 'anna' } as const;
      const organizations = [{ key: 'a', name: 'A' }];
      const ends = await Promise.all([
        journal.link({ ...one, customer: 'Acme', organizations }),
        other.link({ ...one, customer: 'Zed', organizations }),
      ]);
      expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['kept', 'taken']);
      await Promise.all([journal.refresh(), other.refresh()]);
      expect(other.links().get('a')?.customer).toBe(journal.links().get('a')?.customer);
    });

    test('a write of this process can be read as soon as its promise resolves', async () => {
      const { journal } = await pair();
      const id = await intend(journal);
      expect(journal.entry(id)?.state).toBe('intent');
      await journal.sending(id, step);
      expect([journal.entry(id)?.state, journal.steps(id)]).toMatchObject(['sent', [{ answer: null }]]);
      await journal.answered(id, { index: 0, answer });
      expect(journal.steps(id)).toMatchObject([{ answer: { outcome: 'done' } }]);
      const request = await journal.accepted(id, accepted);
      expect([journal.request(id), journal.requests({ open: true })]).toEqual([request, [request]]);
      await journal.close(id, end('unknown'));
      expect([journal.unsettled().length, journal.verdicts(id).length]).toEqual([1, 1]);
    });

    test('writes of other processes become readable soon and raise the revision', async () => {
      const { journal, other } = await pair();
      const before = [journal.revision(), other.revision()];
      const id = await intend(journal);
      expect(journal.revision()).toBeGreaterThan(before[0] ?? 0);
      // Times of the next looks raise it too, before the entry is there.
      await expect.poll(() => other.entry(id)?.state, { timeout: 5000 }).toBe('intent');
      expect(other.revision()).toBeGreaterThan(before[1] ?? 0);
    });

    test('a stored entry equals the one in the lists, and its id is read as typed', async () => {
      const { journal } = await pair();
      const id = await done(journal);
      const { entry, record, steps } = (await journal.stored(` ${id.toUpperCase().replaceAll('0', 'O')} `)) ?? {};
      expect([entry, record, steps]).toEqual([journal.entry(id), journal.record(id), journal.steps(id)]);
      expect(await journal.stored('zzzzzzzz')).toBeNull();
      expect(await journal.storedIn(['done'])).toEqual(journal.recordsIn(['done']));
      expect(await journal.storedIn(['sent', 'unknown'])).toEqual([]);
    });

    test('ids sort in the order of entries even if the clock goes back', async () => {
      const { clock, journal } = await pair();
      const ids: string[] = [];
      for (const [target, by] of Object.entries({ a: 5, b: 5, c: -86_400_000, d: 5 })) {
        clock.setWall(by);
        ids.push(await intend(journal, { ref: `nordic/${target}` }));
      }
      expect([...ids].sort()).toEqual(ids);
      expect(journal.entries(everything).map(({ id }) => id)).toEqual(ids.toReversed());
      expect(await journal.newest()).toBe(ids.at(-1));
      const [first = ''] = ids;
      expect(journal.entry(` ${first.toUpperCase().replaceAll('0', 'O')} `)?.id).toBe(first);
    });

    test('[fault 89] concurrent intents get unique ids in the order of the entries', async () => {
      const { journal, other } = await pair();
      const refs = Array.from({ length: 20 }, (_, nth) => `nordic/s${nth}`);
      const ids = await Promise.all(refs.map((ref, nth) => intend(nth % 2 === 0 ? journal : other, { ref })));
      expect(new Set(ids).size).toBe(refs.length);
      expect((await journal.storedIn(['intent'])).map(({ entry }) => entry.id)).toEqual([...ids].sort());
    });

    test('[fault 69] one open write per target: a second intent is refused with the first one', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      expect(await other.intend(intent)).toMatchObject({ kind: 'open', entry: { id } });
      await journal.close(id, end('unknown'));
      expect(await other.intend(intent)).toMatchObject({ kind: 'open', entry: { id, state: 'unknown' } });
      await journal.close(id, end('settled-applied'));
      expect((await other.intend(intent)).kind).toBe('intended');
    });

    test('[fault 69] of concurrent intents on one target one is accepted', async () => {
      const { journal, other } = await pair();
      const all = await Promise.all([journal, other, journal, other].map((one) => one.intend(intent)));
      const [taken, ...more] = all.filter(({ kind }) => kind === 'intended');
      expect(more).toEqual([]);
      const rest = all.filter((each) => each !== taken);
      const id = taken?.kind === 'intended' ? taken.id : '';
      expect(rest).toMatchObject([1, 2, 3].map(() => ({ kind: 'open', entry: { id } })));
    });

    test('an open write blocks its subscription through every connection of the account', async () => {
      const { journal } = await pair();
      const id = await intend(journal, { ref: 'seller/s1' });
      expect(await journal.intend({ ...intent, ref: 'reseller/s1' })).toMatchObject({ kind: 'open', entry: { id } });
      expect((await journal.openOn({ ref: 'reseller/s1', account: intent.account }))?.id).toBe(id);
      await journal.close(id, end('unknown'));
      expect((await journal.intend({ ...intent, ref: 'reseller/s1', verb: 'cancel' })).kind).toBe('open');
      await journal.close(id, end('settled-applied'));
      expect(await journal.openOn({ ref: 'reseller/s1', account: intent.account })).toBeNull();
      expect((await journal.intend({ ...intent, ref: 'reseller/s1' })).kind).toBe('intended');
    });

    test('an open write blocks nothing on another account of the same connection', async () => {
      const { journal } = await pair();
      await intend(journal);
      expect(await journal.openOn({ ref: intent.ref, account: staging })).toBeNull();
      expect((await journal.intend({ ...intent, account: staging })).kind).toBe('intended');
    });

    test('[team 9] other spellings of an id are the same target', async () => {
      const { journal, other } = await pair();
      const spelled = (id: string) => ({ ref: `nordic/${id}`, account: intent.account });
      const guid = 'B0A7E5D2-1c3f-4a5b-8c9d-0E1F2A3B4C5D';
      const groups = [
        [guid, guid.toLowerCase(), guid.replaceAll('-', ''), `%42${guid.slice(1)}`],
        ['caf\u00e9/1', 'cafe\u0301/1', 'caf%C3%A9%2F1'],
      ] as const;
      for (const [first, ...others] of groups) {
        const plannedAfter = (await other.newest()) ?? '';
        const id = await intend(journal, { ref: `nordic/${first}` });
        for (const each of others) {
          expect((await other.openOn(spelled(each)))?.id).toBe(id);
          expect(await other.intend({ ...intent, ...spelled(each) })).toMatchObject({ kind: 'open', entry: { id } });
        }
        await journal.close(id, end('refused'));
        for (const each of others) {
          const late = await other.intend({ ...intent, ...spelled(each), plannedAfter });
          expect(late).toMatchObject({ kind: 'overtaken', entry: { id } });
        }
      }
      expect(await other.openOn(spelled('another'))).toBeNull();
    });

    test('a target is identified together with its account; ids are taken literally', async () => {
      const { journal } = await pair();
      const refs = ['a/x', 'b/x', 'a/x/y', 'a/x ', 'a/ｘ'];
      const ids: string[] = [];
      for (const ref of refs) ids.push(await intend(journal, { ref, account: `cloudmore ${ref.split('/', 1)}` }));
      expect(ids.map((id) => journal.entry(id)?.ref)).toEqual(refs);
      expect(journal.entries({ ...everything, ref: 'a/x/y' })).toHaveLength(1);
    });

    test('a plan is overtaken by a write through another connection of the account', async () => {
      const { journal } = await pair();
      const plannedAfter = await intend(journal, { ref: 'seller/earlier' });
      await done(journal, { ref: 'seller/s1' });
      const planned = { ...intent, plannedAfter };
      const overtaken = { kind: 'overtaken', entry: { ref: 'seller/s1', state: 'done' } };
      expect(await journal.intend({ ...planned, ref: 'reseller/s1' })).toMatchObject(overtaken);
      expect((await journal.intend({ ...planned, ref: 'other/s1', account: staging })).kind).toBe('intended');
    });

    test('a plan row that may have been sent is refused; a provably unsent one is not', async () => {
      const { journal, other } = await pair();
      const part = { plan: 'p-1', row: 1 };
      const unsent = await intend(journal, { part });
      await journal.sending(unsent, step);
      await journal.answered(unsent, { index: 0, answer: { ...answer, outcome: 'unsent' } });
      await journal.close(unsent, end('refused'));
      expect(await other.partsOf('p-1')).toEqual(new Map([[1, { entry: journal.entry(unsent), left: false }]]));
      expect(other.knownParts('p-1')).toEqual(await other.partsOf('p-1'));
      const id = await done(other, { part });
      expect(await journal.intend({ ...intent, part })).toMatchObject({ kind: 'repeated', entry: { id } });
      expect((await journal.partsOf('p-1')).get(1)).toMatchObject({ left: true, entry: { id } });
      const open = await intend(journal, { part: { plan: 'p-2', row: 1 } });
      const elsewhere = { ...intent, ref: 'nordic/s2', part: { plan: 'p-2', row: 1 } };
      expect(await other.intend(elsewhere)).toMatchObject({ kind: 'repeated', entry: { id: open, state: 'intent' } });
    });

    test('a final state cannot change; unknown and needs-person can still be settled', async () => {
      const { journal } = await pair();
      const id = await intend(journal);
      expect(await journal.close(id, end('unknown'))).toBe(true);
      expect(await journal.close(id, end('needs-person'))).toBe(true);
      expect(await journal.close(id, end('unknown'))).toBe(false);
      expect(await journal.close(id, end('settled-applied'))).toBe(true);
      expect(await journal.close(id, end('refused'))).toBe(false);
      await expect(journal.sending(id, step)).rejects.toThrow('closed in the meantime');
      expect(journal.steps(id)).toEqual([]);
      expect(journal.verdicts(id).map(({ state }) => state)).toEqual(['unknown', 'needs-person', 'settled-applied']);
    });

    test('of concurrent outcomes one is stored', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      const states = ['done', 'refused', 'settled-applied', 'settled-not-applied'] as const;
      const kept = await Promise.all(states.map((state, nth) => (nth % 2 ? journal : other).close(id, end(state))));
      expect(kept.filter(Boolean)).toHaveLength(1);
      expect((await journal.stored(id))?.entry.state).toBe(states[kept.indexOf(true)]);
    });

    test('a person corrects an outcome; the earlier verdict is kept', async () => {
      const { journal } = await pair();
      const id = await intend(journal);
      const said = { reason: 'she looked', by: 'maria' };
      expect(await journal.correct(id, { ...said, state: 'settled-applied' })).toBe(false);
      await journal.close(id, end('refused'));
      expect(await journal.correct(id, { ...said, state: 'settled-not-applied' })).toBe(false);
      expect(await journal.correct(id, { ...said, state: 'settled-applied' })).toBe(true);
      expect(journal.entry(id)).toMatchObject({ state: 'settled-applied', basis: 'person', corrects: 'refused' });
      expect(journal.verdicts(id)).toMatchObject([
        { state: 'refused', basis: 'answer' },
        { state: 'settled-applied', basis: 'person', by: 'maria', reason: 'she looked' },
      ]);
    });

    test('a verdict of a higher rank replaces one that says the opposite; both are kept', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      await journal.sending(id, step);
      await other.close(id, { ...end('unknown'), basis: 'lease' });
      const said = (basis: 'person' | 'evidence', state: ClosedState) => other.close(id, { ...end(state), basis });
      expect(await said('person', 'settled-not-applied')).toBe(true);
      expect(await said('person', 'settled-applied')).toBe(false);
      expect(await said('evidence', 'settled-applied')).toBe(true);
      expect(other.entry(id)).toMatchObject({ basis: 'evidence', corrects: 'settled-not-applied' });
      expect(await said('evidence', 'settled-not-applied')).toBe(false);
      await journal.answered(id, { index: 0, answer: { ...answer, outcome: 'refused', status: 409 } });
      expect((await other.stored(id))?.entry).toMatchObject({
        ...{ state: 'refused', basis: 'answer', corrects: 'settled-applied', vendor: { status: 409 } },
      });
      expect(other.verdicts(id).map(({ state, basis }) => `${state} ${basis}`)).toEqual([
        ...['unknown lease', 'settled-not-applied person', 'settled-applied evidence', 'refused answer'],
      ]);
      expect((await journal.takeNews()).map((entry) => entry.id)).toEqual([id]);
    });

    test('a request is stored once, as accepted, and ends with its entry', async () => {
      const { clock, journal } = await pair();
      const id = await intend(journal);
      expect(await journal.accepted(id, accepted)).toBeNull();
      await journal.sending(id, step);
      const request = await journal.accepted(id, accepted);
      expect(request).toMatchObject({
        id,
        ref: intent.ref,
        state: 'pending',
        vendorRequestId: 'rq-1',
        from: 25,
        to: 20,
      });
      expect(await journal.accepted(id, { ...accepted, vendorRequestId: 'rq-2' })).toBeNull();
      const checkedAt = new Date(clock.now()).toISOString();
      await journal.recordPoll(id, { state: 'running', vendorState: null, checkedAt, nextCheckIn: 5000 });
      expect(journal.request(id)).toMatchObject({ state: 'running', checkedAt, vendorRequestId: 'rq-1' });
      expect([await journal.attempts(id), await journal.nextDue()]).toEqual([1, 5000]);
      await journal.close(id, end('done'));
      expect([journal.request(id)?.state, journal.requests({ open: true })]).toEqual(['done', []]);
      expect(await journal.accepted(id, accepted)).toBeNull();
    });

    test('one poll at a time: a due poll is leased until it is done or the lease expires', async () => {
      const { clock, journal, other } = await pair();
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
    });

    test('of concurrent claims on one poll one succeeds', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      await journal.schedule(id, 0, 0);
      const claims = await Promise.all([journal.claim(id, 1000), other.claim(id, 1000)]);
      expect([...claims].sort()).toEqual([false, true]);
    });

    test('an unknown outcome schedules its first poll; any other cancels polling', async () => {
      const { journal } = await pair();
      const id = await intend(journal);
      await journal.close(id, { ...end('unknown'), nextCheckIn: 1500 });
      expect(await journal.nextDue()).toBe(1500);
      await journal.close(id, end('settled-applied'));
      expect(await journal.nextDue()).toBeNull();
      await journal.close(id, { ...end('unknown'), nextCheckIn: 0 });
      await journal.schedule(id, 0, 1);
      expect(await journal.due()).toEqual([]);
    });

    test.each([
      ['set ahead', (clock: FastClock) => clock.setWall(3_600_000)],
      ['set back', (clock: FastClock) => clock.setWall(-3_600_000)],
    ])('a clock that is %s neither ends a lease nor delays a poll', async (_, happens) => {
      const { clock, journal, other, isOnServer } = await pair();
      const id = await intend(journal);
      await journal.schedule(id, 60_000, 0);
      expect(await journal.due()).toEqual([]);
      happens(clock);
      // A member's clock says nothing of the server's.
      expect(await journal.due()).toEqual(isOnServer ? [] : [id]);
      if (isOnServer) clock.advance(60_000);
      expect(await journal.claim(id, 1000)).toBe(true);
      happens(clock);
      // The lease is renewed when it is checked, and then expires on time.
      expect(await other.claim(id, 1000)).toBe(false);
      clock.advance(999);
      expect(await other.claim(id, 1000)).toBe(false);
      clock.advance(1);
      expect(await other.claim(id, 1000)).toBe(true);
    });

    test('hours asleep count for polls and leases', async () => {
      const { clock, journal, other } = await pair();
      const id = await intend(journal);
      await journal.schedule(id, 60_000, 0);
      clock.sleep(60_000);
      expect(await journal.nextDue()).toBe(0);
      expect(await journal.claim(id, 120_000)).toBe(true);
      clock.sleep(120_000);
      expect(await other.claim(id, 120_000)).toBe(true);
    });

    test('an outcome that was not shown is news once, for one of concurrent callers', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      await journal.close(id, end('unknown'));
      expect(await other.takeNews()).toEqual([]);
      await journal.close(id, end('settled-applied'));
      const told = await Promise.all([journal.takeNews(), other.takeNews()]);
      expect(told.flat().map((entry) => entry.id)).toEqual([id]);
      expect(await journal.takeNews()).toEqual([]);
    });

    test('an outcome shown to a person is not news; an open write stays news', async () => {
      const { journal, other } = await pair();
      const id = await intend(journal);
      await journal.close(id, end('unknown'));
      await other.seen(id);
      await journal.close(id, end('settled-applied'));
      await other.seen(id);
      expect(await journal.takeNews()).toEqual([]);
      const next = await intend(journal);
      await journal.close(next, end('unknown'));
      await other.seen(next);
      await journal.close(next, end('settled-applied'));
      expect((await journal.takeNews()).map((entry) => entry.id)).toEqual([next]);
    });

    test('stores the complete body that a step sent', async () => {
      const { journal } = await pair();
      const id = await intend(journal);
      const body = { name: 'Büro\u00a025', quantity: 20, next: { name: 'Monthly' }, ids: ['9007199254740993'] };
      await journal.sending(id, { ...step, body });
      await journal.sending(id, { ...step, index: 1 });
      expect(journal.steps(id).map((one) => ('body' in one ? one.body : 'none'))).toEqual([body, 'none']);
    });

    test('stores an answer once, with its step', async () => {
      const { journal } = await pair();
      const id = await intend(journal);
      await journal.sending(id, step);
      await journal.answered(id, { index: 0, answer });
      await journal.answered(id, { index: 0, answer: { ...answer, outcome: 'refused', status: 422 } });
      expect(journal.steps(id)).toMatchObject([{ answer: { outcome: 'done', status: 200 } }]);
    });

    test('stores nothing for an unknown entry', async () => {
      const { journal } = await pair();
      await expect(journal.sending('zzzzzzzz', step)).rejects.toThrow(FaultError);
      await expect(journal.close('zzzzzzzz', end('done'))).rejects.toThrow(FaultError);
      const said = { state: 'settled-applied', by: 'maria', at: '2026-11-21T12:00:00Z' } as const;
      expect(await journal.settleDamaged('zzzzzzzz', said)).toBe(false);
    });

    test('never returns a licence key, whatever a caller passes', async () => {
      const { journal } = await pair();
      const id = await intend(journal, licensed);
      await journal.sending(id, { ...step, body: { licenseKey: 'K-body', list: [{ LicenceKey: 'K-list' }] } });
      await journal.answered(id, { index: 0, answer: { ...answer, notes: { LicenceKey: 'K-note' } } });
      expect(journal.entry(id)?.after).toEqual({ licenseKey: 'set', deeper: [{ license_key: 'set' }] });
      expect(journal.steps(id)[0]?.body).toEqual({ licenseKey: 'set', list: [{ LicenceKey: 'set' }] });
      expect(JSON.stringify(await journal.stored(id))).not.toContain('K-');
    });

    test('keeps purpose, reason, account and view of an entry apart', async () => {
      const { journal } = await pair();
      const id = await intend(journal, { reason: 'ticket 42', view: 'seller s-9' });
      expect(journal.entry(id)).toMatchObject({ reason: 'ticket 42', account: intent.account });
      await journal.close(id, { ...end('refused'), reason: 'below the minimum' });
      expect(journal.entry(id)?.reason).toBe('below the minimum');
      expect(journal.record(id)).toMatchObject({ purpose: 'ticket 42', view: 'seller s-9' });
      await journal.noteAccount(id, staging);
      expect(journal.entry(id)?.account).toBe(intent.account);
    });

    test('the waiting time counts from the first unknown verdict, or from a later poll', async () => {
      const { clock, journal } = await pair();
      const id = await intend(journal);
      await journal.close(id, end('unknown'));
      expect(journal.record(id)?.evidenceFrom).toEqual(await journal.instant());
      clock.advance(60_000);
      const later = await journal.instant();
      await journal.startEvidence(id, later);
      expect(journal.record(id)?.evidenceFrom).toEqual(later);
      expect(elapsed(await journal.instant(), later)).toBe(0);
    });

    test('lists filter by target, state, time and number, newest first', async () => {
      const { clock, journal } = await pair();
      const first = await done(journal, { ref: 'nordic/a' });
      clock.advance(60_000);
      const since = new Date(clock.now()).toISOString();
      const second = await done(journal, { ref: 'nordic/b' });
      const third = await intend(journal, { ref: 'nordic/a' });
      const list = (query: Partial<typeof everything>) =>
        journal.entries({ ...everything, ...query }).map(({ id }) => id);
      expect(list({})).toEqual([third, second, first]);
      expect(list({ ref: 'nordic/a' })).toEqual([third, first]);
      expect(list({ state: 'done' })).toEqual([second, first]);
      expect(list({ since })).toEqual([third, second]);
      expect(list({ limit: 1 })).toEqual([third]);
      expect(list({ since, limit: 1 })).toEqual([third]);
    });

    test('lists unknown writes only, newest first', async () => {
      const { journal } = await pair();
      await done(journal, { ref: 'nordic/done' });
      const ids = [];
      for (const state of ['unknown', 'needs-person'] as const) {
        ids.push(await intend(journal, { ref: `nordic/${state}` }));
        await journal.close(ids.at(-1) ?? '', end(state));
      }
      expect(journal.unsettled().map(({ id }) => id)).toEqual(ids.toReversed());
      expect(journal.health()).toBeNull();
    });
  });
}

const everything: Parameters<Journal['entries']>[0] = { ref: null, state: null, since: null, limit: null };
const staging = 'cloudmore https://staging.example.com';
const accepted = {
  ...{ vendorRequestId: 'rq-1', vendorState: null, from: 25, to: 20, vendor: null, nextCheckIn: null },
} as const;

/** A licence key in every place where a caller could pass one. */
export const licensed: Partial<Intent> = {
  before: { licenseKey: 'K-old' },
  after: { licenseKey: 'K-new', deeper: [{ license_key: 'K-deep' }] },
};

function end(state: ClosedState) {
  return { state, reason: null, vendor: null, basis: 'answer' } as const;
}

/** A new entry's id. */
export async function intend(journal: Journal, more: Partial<Intent> = {}): Promise<string> {
  const intended = await journal.intend({ ...intent, ...more });
  if (intended.kind !== 'intended') throw new Error(JSON.stringify(intended));
  return intended.id;
}

/** The id of a successful write. */
export async function done(journal: Journal, more: Partial<Intent> = {}): Promise<string> {
  const id = await intend(journal, more);
  await journal.sending(id, step);
  await journal.answered(id, { index: 0, answer });
  await journal.close(id, { ...end('done'), vendor: { status: 200, correlationId: null } });
  return id;
}
