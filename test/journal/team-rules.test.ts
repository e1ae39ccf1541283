import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { lastHeardIn } from '../../src/journal/postgres/last-heard.ts';
import { storeCalls } from '../../src/journal/postgres/store-calls.ts';
import { openTeamCopy } from '../../src/journal/postgres/team-copy.ts';
import { followingOf, storeClockOf } from '../../src/journal/postgres/team-store.ts';
import { likenessOf } from '../../src/model/account.ts';
import { storeWaits } from '../../src/postgres/store-waits.ts';
import { thisProcess } from '../../src/system/process-mark.ts';
import { recover } from '../../src/writes/recover.ts';
import { fastClock, realClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { cuttingProxy } from '../postgres/cutting-proxy.ts';
import { hasPostgres, startServer } from '../postgres/server.ts';
import { row } from '../store/rows.ts';
import { answer, intent, step } from './intent.ts';
import { intend } from './interface-suite.ts';
import { type TeamStore, teamStore } from './team-fixture.ts';

const elsewhere = { pid: 2 ** 30, started: 'then', machine: 'other', namespace: 'pid:[1]', host: 'nas' };

async function twoMembers() {
  const store = await teamStore();
  const clock = fastClock();
  const [anna, ben] = [
    await store.join({ as: 'anna', owner: elsewhere, clock }),
    await store.join({ as: 'ben', clock }),
  ];
  /** The server's clock passes the end of every lease of this member. */
  const endLease = (member: string) =>
    store.sql(`UPDATE subdeck.processes SET lease_until = now() - interval '1 s' WHERE member = '${member}'`);
  return { store, clock, anna, ben, endLease };
}

/** Holds the lock that orders the journal, as a process does that stops in the middle of a transaction. */
async function holdLock(store: TeamStore): Promise<() => Promise<void>> {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = store.connect('postgres').transaction(async (query) => {
    await query('SELECT FROM subdeck.journal_order FOR UPDATE');
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  const release = async () => {
    released.resolve();
    await held;
  };
  onTestFinished(release);
  return release;
}

async function testProxy(port: number) {
  const proxy = await cuttingProxy(port);
  onTestFinished(() => proxy.close());
  return proxy;
}

const everything = { ref: null, state: null, since: null, limit: null };

describe.runIf(hasPostgres())('a team in trouble', () => {
  test.each(['asked', 'answered'] as const)(
    '[rule 1] an intent whose connection is cut when it is %s is recorded once',
    async (when) => {
      const store = await teamStore();
      const proxy = await testProxy(store.server.port);
      const journal = await store.join({ port: proxy.port });
      await journal.newest();
      proxy.cutAt('subdeck.begin_entry', when);
      const id = await intend(journal);
      const kept = store.sql('SELECT id, version FROM subdeck.entries');
      expect([proxy.cuts, kept]).toEqual([1, `${id}|0`]);
      proxy.cutAt('subdeck.change_entry', when);
      await journal.sending(id, step);
      expect(proxy.cuts).toBe(2);
      await expect(journal.sending(id, step)).rejects.toThrow();
      expect((await journal.stored(id))?.steps).toHaveLength(1);
    },
  );

  test('[rule 1] an intent still waits for its commit when it is asked for again', async () => {
    const store = await teamStore();
    const proxy = await testProxy(store.server.port);
    const journal = await store.join({ port: proxy.port, clock: realClock });
    await journal.newest();
    const release = await holdLock(store);
    const intended = journal.intend(intent);
    const waiting = () => store.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    await expect.poll(waiting, { timeout: 5000 }).toBe('1');
    proxy.isDown(true);
    proxy.isDown(false);
    await release();
    const { kind } = await intended;
    expect([kind, store.sql('SELECT count(*) FROM subdeck.journal_lines')]).toEqual(['intended', '1']);
  });

  test('[rule 2] a commit that its standby did not confirm is no record', async () => {
    const server = await startServer();
    onTestFinished(() => server.dispose());
    const store = await teamStore(server);
    const journal = await store.join({ clock: realClock });
    await journal.newest();
    await journal.mark(['k'], { at: '2026-11-21T12:00:00.000Z', by: 'anna', until: null, text: null, action: 'take' });
    server.psql("ALTER ROLE anna SET synchronous_commit = 'off'");
    server.psql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    server.psql('SELECT pg_reload_conf()');
    const fresh = await store.join({ clock: realClock });
    await fresh.newest();
    const intended = fresh.intend(intent);
    const cancel =
      "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%begin_entry%'";
    await expect.poll(() => server.psql(cancel), { timeout: 10_000 }).not.toBe('0');
    expect(await intended).toMatchObject({ kind: 'refused', fault: { kind: 'unreachable', sent: false } });
  });

  test('[rule 4] a lease that ended is checked by the server and by the process itself', async () => {
    const { clock, anna, ben, endLease } = await twoMembers();
    const id = await intend(anna, { steps: 2 });
    const permit = await anna.sending(id, step);
    expect(permit.ended()).toBeNull();
    expect(await ben.takeOver(id)).toBe(false);
    expect((await ben.stored(id))?.isBeingSent).toBe(true);
    // As in suspend: neither the process nor its timers notice.
    clock.sleep(31_000);
    expect(permit.ended()).toContain('its lease in the team’s store ended');
    endLease('anna');
    await recover(ben);
    expect(ben.record(id)).toMatchObject({ entry: { state: 'unknown', basis: 'lease' }, senderLost: true });
    await expect(anna.sending(id, { ...step, index: 1 })).rejects.toThrow(/took over|closed in the meantime/);
    expect(permit.ended()).not.toBeNull();
    await anna.answered(id, { index: 0, answer });
    expect((await ben.stored(id))?.record).toMatchObject({ senderLost: false });
  });

  test('[rule 4] what was taken over before its first byte is not sent', async () => {
    const { anna, ben, endLease } = await twoMembers();
    const id = await intend(anna);
    endLease('anna');
    expect(await ben.takeOver(id)).toBe(true);
    await expect(anna.sending(id, step)).rejects.toThrow('took over');
    await recover(ben);
    expect(ben.entry(id)).toMatchObject({
      state: 'refused',
      basis: 'lease',
      reason: expect.stringMatching(/^It was not sent:/),
    });
  });

  test('[rule 4] a process never takes over what it begins itself', async () => {
    const store = await teamStore();
    const looked: string[] = [];
    // As a console does every few seconds; the store has the entry by then.
    const anna = await store.join({
      onAnswer: async (text) => {
        if (!text.includes('begin_entry')) return;
        looked.push(store.sql('SELECT state FROM subdeck.entries'));
        await recover(anna);
      },
    });
    const id = await intend(anna);
    await anna.sending(id, step);
    expect([looked, anna.entry(id)?.state]).toEqual([['intent'], 'sent']);
  });

  test('[rule 5] an answer from while the store was away outranks a verdict', async () => {
    const store = await teamStore();
    const proxy = await testProxy(store.server.port);
    const [anna, ben] = [await store.join({ port: proxy.port, owner: elsewhere }), await store.join({ as: 'ben' })];
    const id = await intend(anna);
    await anna.sending(id, step);
    proxy.isDown(true);
    await anna.answered(id, { index: 0, answer });
    await expect(anna.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' })).rejects.toThrow();
    store.sql("UPDATE subdeck.processes SET lease_until = now() WHERE member = 'anna'");
    await recover(ben);
    await ben.close(id, {
      state: 'settled-not-applied',
      reason: 'she looked',
      vendor: null,
      basis: 'person',
      by: 'ben',
    });
    proxy.isDown(false);
    await anna.refresh();
    expect((await ben.stored(id))?.entry).toMatchObject({
      state: 'done',
      basis: 'answer',
      corrects: 'settled-not-applied',
    });
    expect(ben.verdicts(id).map(({ basis }) => basis)).toEqual(['lease', 'person', 'answer']);
  });

  test('[rule 5] after the store was away a process ends its own write', async () => {
    const store = await teamStore();
    const proxy = await testProxy(store.server.port);
    const anna = await store.join({ port: proxy.port });
    const id = await intend(anna);
    await anna.sending(id, step);
    proxy.isDown(true);
    await anna.answered(id, { index: 0, answer: { ...answer, outcome: 'refused', status: 422 } });
    await expect(anna.close(id, { state: 'refused', reason: null, vendor: null, basis: 'answer' })).rejects.toThrow();
    proxy.isDown(false);
    await recover(anna);
    expect(anna.entry(id)).toMatchObject({ state: 'refused', vendor: { status: 422 } });
  });

  test('[rules 7, 10] of two members one writes: by target, plan and plan row', async () => {
    const { anna, ben } = await twoMembers();
    const both = async (work: (one: Journal, nth: number) => Promise<{ kind: string }>) =>
      (await Promise.all([anna, ben].map(work))).map(({ kind }) => kind).toSorted();
    for (let round = 0; round < 10; round += 1) {
      const ref = `nordic/r${round}`;
      expect(await both((one) => one.intend({ ...intent, ref }))).toEqual(['intended', 'open']);
      const part = { plan: 'p-1', row: round + 1 };
      const creates = await both((one, nth) => one.intend({ ...intent, ref: `nordic/c${round}-${nth}`, part }));
      expect(creates).toEqual(['intended', 'repeated']);
      const plannedAfter = (await anna.newest()) ?? '';
      const planned = { ...intent, ref: `nordic/o${round}`, plannedAfter };
      const finished = await both(async (one) => {
        const intended = await one.intend(planned);
        if (intended.kind === 'intended') {
          await one.close(intended.id, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
        }
        return intended;
      });
      expect(finished.filter((kind) => kind === 'intended')).toHaveLength(1);
    }
  });

  test('[rule 9] takes every id that a vendor may have', async () => {
    const { anna, ben } = await twoMembers();
    const ids = ['x'.repeat(9600), 'a\u0000b', 'a\ud800b', "'; DROP SCHEMA subdeck", 'Ü/ %2f'];
    for (const id of ids) {
      const ref = `nordic/${id}`;
      const entry = await intend(anna, { ref });
      expect(await ben.intend({ ...intent, ref })).toMatchObject({ kind: 'open', entry: { id: entry } });
      expect((await ben.stored(entry))?.record).not.toBeNull();
    }
  });

  test('[rule 8] a subscription that two accounts show takes no writes until they are compared', async () => {
    const { store, anna, ben } = await twoMembers();
    const [direct, gateway] = [intent.account, 'cloudmore https://gateway.example'];
    let process = '';
    const compare = async (are: string, second = gateway) =>
      store
        .connect('ben')
        .query(`SELECT subdeck.compare_accounts('${process}', '${second}', '${direct}', ${are}) AS said`);
    const said = async (...words: Parameters<typeof compare>) => (await compare(...words)).rows;
    const seen = (nth: number) => row({ id: `S-${nth}`, organization: { id: 'O-1', name: 'Acme' as never } });
    const at = (nth: number, account: string) => ({ ...intent, ref: `nordic/s-${nth}`, account, target: seen(nth) });
    const first = await intend(anna, at(1, direct));
    await ben.newest();
    const refused = await ben.intend(at(1, gateway));
    process = store.sql("SELECT id FROM subdeck.processes WHERE member = 'ben'");
    expect(refused).toMatchObject({ kind: 'refused', fault: { kind: 'refused', sent: false } });
    expect(refused.kind === 'refused' && refused.fault.next).toContain(`'${gateway}' '${direct}' --same`);
    // Another organization's, and one that nobody told of.
    expect((await ben.intend({ ...at(1, gateway), target: { ...seen(1), organization: null } })).kind).toBe('intended');
    expect((await ben.intend(at(2, gateway))).kind).toBe('intended');
    expect(await said('true', 'nobody')).toEqual([{ said: 'unknown' }]);
    expect(await said('true')).toEqual([{ said: 'open' }]);
    expect(await said('false')).toEqual([{ said: 'settled' }]);
    expect(await ben.intend(at(1, gateway))).toMatchObject({ kind: 'open' });
    for (const { id } of ben.entries(everything)) {
      if (id !== first) await ben.close(id, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
    }
    expect(await said('true')).toEqual([{ said: 'settled' }]);
    expect(await ben.intend(at(1, gateway))).toMatchObject({ kind: 'open', entry: { id: first } });
    // Rows that somebody published tell as much as an open write.
    store.sql(`INSERT INTO subdeck.scopes (account, view_digest) VALUES ('cloudmore https://third.example', sha256('v'));
      INSERT INTO subdeck.published (scope, kind, key, number, id, body, likeness, read_at, process, member)
      SELECT s.id, 'row', sha256('k'), 1, 'k', 'b', sha256(convert_to('${likenessOf(seen(3))}', 'UTF8')), now(), '${process}', 'ben' FROM subdeck.scopes s`);
    expect(await anna.intend(at(3, direct))).toMatchObject({ kind: 'refused' });
    expect((await anna.intend(at(4, direct))).kind).toBe('intended');
  });

  test('[rule 11] a transaction that is held open stops nobody for long', async () => {
    const { store, anna, ben } = await twoMembers();
    const id = await intend(anna);
    await ben.newest();
    const release = await holdLock(store);
    const began = performance.now();
    expect(await ben.intend({ ...intent, ref: 'nordic/s2' })).toMatchObject({
      kind: 'refused',
      fault: { kind: 'unreachable', sent: false },
    });
    expect(performance.now() - began).toBeLessThan(4000);
    expect((await ben.stored(id))?.entry.state).toBe('intent');
    await release();
    expect((await ben.intend({ ...intent, ref: 'nordic/s2' })).kind).toBe('intended');
  });

  test('[rule 12] a follower misses nothing while others write', async () => {
    const { store, anna, ben } = await twoMembers();
    const reader = await store.join({ as: 'ben' });
    const work = [anna, ben].map(async (one, nth) => {
      for (let round = 0; round < 15; round += 1) {
        const id = await intend(one, { ref: `nordic/${nth}-${round}` });
        await one.close(id, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
      }
    });
    const all = Promise.all(work);
    let isOver = false;
    void all.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await reader.refresh();
      await pause(1);
    }
    await all;
    await Promise.all([reader.refresh(), anna.refresh(), ben.refresh()]);
    expect(reader.entries(everything)).toEqual(anna.entries(everything));
    expect(reader.entries(everything).filter(({ state }) => state === 'refused')).toHaveLength(30);
    expect(store.sql('SELECT count(DISTINCT number) = count(*) FROM subdeck.journal_lines')).toBe('t');
  });

  test('[rules 13, 14] the journal notifies nobody and takes no advisory lock', async () => {
    const store = await teamStore();
    const found =
      "SELECT count(*) FROM pg_proc WHERE pronamespace = 'subdeck'::regnamespace AND prosrc ~* 'notify|advisory'";
    expect(store.sql(found)).toBe('0');
  });

  test('[rule 13] a hint brings a change at once, a flood of forged ones is no load', async () => {
    const store = await teamStore();
    const asked = () =>
      Number(store.sql("SELECT calls FROM pg_stat_user_functions WHERE funcname = 'journal_since'") || '0');
    store.sql("ALTER DATABASE team SET track_functions = 'all'".replace('team', store.database));
    const polling = await store.join({ as: 'ben' });
    const listening = await store.join({ as: 'ben', listens: true });
    const anna = await store.join({ listens: true });
    await Promise.all([polling, listening, anna].map((each) => each.newest()));
    const delays = async (of: Journal) => {
      const all: number[] = [];
      for (let nth = 0; nth < 2; nth += 1) {
        const began = performance.now();
        const id = await intend(anna, { ref: `nordic/h${performance.now()}` });
        while (of.entry(id) === null) await pause(5);
        all.push(performance.now() - began);
        await pause(120);
      }
      return all[0] === undefined ? 0 : Math.max(...all);
    };
    const [hinted, polled] = [await delays(listening), await delays(polling)];
    expect(hinted).toBeLessThan(polled);
    // What a session is listening on breaks: the next look listens again.
    store.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'ben'");
    await listening.refresh();
    await listening.newest();
    expect(await delays(listening)).toBeLessThan(polled);
    polling.dispose();
    const forged = `DO $$ BEGIN FOR n IN 1..500 LOOP PERFORM pg_notify('subdeck', n || repeat('x', 7000)); END LOOP; END $$`;
    const before = asked();
    for (let nth = 0; nth < 3; nth += 1) store.sql(forged);
    await pause(1000);
    // Two members, for some seconds: not more than two a second each.
    expect(asked() - before).toBeLessThan(40);
    const id = await intend(anna, { ref: 'nordic/after' });
    await expect.poll(() => listening.entry(id)?.state, { timeout: 10_000 }).toBe('intent');
  });

  test('[rules 13, 17] behind a pooler nothing listens, since another client would hear it', async () => {
    const store = await teamStore();
    const pooler = createServer((client) => {
      const upstream = connect(store.server.port, '127.0.0.1');
      client.on('error', () => undefined).pipe(upstream);
      upstream
        .on('error', () => undefined)
        .on('data', (data: Buffer) => {
          // A pooler gives each client a key of its own.
          const key = data.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
          if (key !== -1) data.writeInt32BE(4_000_000, key + 5);
          client.write(data);
        });
      client.on('close', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => void pooler.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void pooler.close());
    const { port } = pooler.address() as AddressInfo;
    const channels = async (through?: number) => {
      const database = store.connect('anna', through);
      database.hints.listen(() => undefined);
      const { rows } = await database.query('SELECT count(*)::int AS open FROM pg_catalog.pg_listening_channels()');
      return [rows, database.hints.isHeard()];
    };
    expect(await channels(port)).toEqual([[{ open: 0 }], false]);
    expect(await channels()).toEqual([[{ open: 1 }], true]);
  });

  test('[rule 20] lines are added by who signed in, and never changed', async () => {
    const { store, anna } = await twoMembers();
    await intend(anna);
    expect(store.sql('SELECT member, login FROM subdeck.journal_lines')).toBe('anna|anna');
    const process = store.sql("SELECT id FROM subdeck.processes WHERE member = 'anna'");
    const ben = store.connect('ben');
    const mark = await ben.query(
      'SELECT subdeck.add_marks($1, (SELECT epoch FROM subdeck.journal_order), gen_random_uuid(), $2, $3) AS said',
      [process, ['"k"'], '{}'],
    );
    expect(mark.rows).toEqual([{ said: { kind: 'no-member' } }]);
    for (const statement of [
      'DELETE FROM subdeck.journal_lines',
      "UPDATE subdeck.entries SET state = 'done'",
      'INSERT INTO subdeck.looks VALUES (NULL)',
      "SELECT subdeck.internal_set_look('x', 0, 0)",
      'SELECT FROM subdeck.journal_order FOR UPDATE',
    ]) {
      await expect(ben.query(statement), statement).rejects.toMatchObject({ state: '42501' });
    }
    expect(() => store.sql('DELETE FROM subdeck.journal_lines')).toThrow('lines of the journal are only added');
  });

  test('a member leaves later ids and versions to the others', async () => {
    const { store, anna, ben } = await twoMembers();
    const id = await intend(ben);
    const [process, epoch] = store
      .sql("SELECT p.id, o.epoch FROM subdeck.processes p, subdeck.journal_order o WHERE member = 'ben'")
      .split('|');
    const eve = store.connect('ben');
    const said = async (call: string, ...values: readonly unknown[]) => {
      const all = [process, call === 'hand_in_entry' ? 'another server' : epoch, randomUUID(), ...values];
      const { rows } = await eve.query(`SELECT subdeck.${call}(${all.map((_, nth) => `$${nth + 1}`)}) AS said`, all);
      return rows;
    };
    const place = ['c', '"t"', 'a', '"t"', null];
    for (const last of ['zzzzzzzz', 'zzzzzzzzzzzz', '100000000', 'iiiiiiii']) {
      expect(await said('begin_entry', last, ...place, null, null, '{}')).toMatchObject([{ said: { kind: 'late' } }]);
      const handedIn = [last, 0, ...place, null, 'done', 'answer', '{}', null, null, false];
      expect(await said('hand_in_entry', ...handedIn)).toEqual([{ said: { kind: 'behind' } }]);
    }
    const high = [id, 2 ** 31 - 1, ...place, null, 'unknown', 'lease', '{}', null, null, true];
    expect(await said('hand_in_entry', ...high)).toEqual([{ said: { kind: 'behind' } }]);
    expect((await anna.intend({ ...intent, ref: 'nordic/s2' })).kind).toBe('intended');
    await ben.close(id, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
    // Ids go on behind those of a time when a clock was wrong.
    store.sql(
      "SET session_replication_role = replica; UPDATE subdeck.entries SET id = 'y0000000' WHERE state = 'refused'",
    );
    const body = ['y0000001', 'c', '"t"', 'a', '"t"', null, null, null, '{}'];
    expect(await said('begin_entry', ...body)).toMatchObject([{ said: { kind: 'begun' } }]);
  });

  test('[rule 21] an entry that cannot be read blocks its target alone', async () => {
    const { store, anna, ben } = await twoMembers();
    const other = await intend(anna, { ref: 'nordic/other' });
    const id = await intend(anna, { ref: 'nordic/s1' });
    const broken: readonly (readonly [string, string, string | null])[] = [
      ['frozen', '{"at": 1}', null],
      ['sent', '['.repeat(100_000), null],
      ['sent', '{}', '{"steps": "many"}'],
    ];
    for (const [nth, [state, body, more]] of broken.entries()) {
      store.sql(`
        UPDATE subdeck.entries SET state = '${state}', version = ${nth + 1} WHERE id = '${id}';
        INSERT INTO subdeck.journal_lines (number, kind, key, version, connection, target, account, state, body, more, token, process, member)
        SELECT nextval('subdeck.journal_number'), kind, key, ${nth + 1}, connection, target, account, '${state}', '${body}',
          ${more === null ? 'NULL' : `'${more}'`}, gen_random_uuid(), process, member
        FROM subdeck.journal_lines WHERE key = '${id}' AND version = 0`);
      await ben.refresh();
      expect(ben.entry(id)).toMatchObject({ state: 'needs-person', ref: 'nordic/s1' });
      expect([ben.health(), ben.record(id), ben.entry(other)?.state]).toEqual([null, null, 'intent']);
      expect((await ben.intend({ ...intent, ref: 'nordic/s1' })).kind).toBe('open');
      expect((await ben.intend({ ...intent, ref: `nordic/free-${nth}` })).kind).toBe('intended');
    }
  });

  test('[rule 21] long lines of others come a few at a time, and what follows them too', async () => {
    const { store, anna, ben } = await twoMembers();
    await intend(anna);
    store.sql(`
      INSERT INTO subdeck.journal_lines (number, kind, key, version, body, token, process, member)
      SELECT nextval('subdeck.journal_number'), 'mark', '"k"', 0, '"' || repeat('x', 900000) || '"', gen_random_uuid(), process, member
      FROM subdeck.journal_lines, generate_series(1, 6)`);
    const last = await intend(anna, { ref: 'nordic/last' });
    const counted = (after: number) =>
      store.sql(`SELECT json_array_length(subdeck.journal_since(${after}, 500)->'lines')`);
    expect([counted(0), counted(2), counted(6)]).toEqual(['2', '1', '2']);
    await ben.refresh();
    expect([ben.health(), ben.entry(last)?.state]).toEqual([null, 'intent']);
  });

  test('[rule 24] a member has at most 2,000 open writes, and the others go on', async () => {
    const { store, anna, ben } = await twoMembers();
    store.sql(`
      INSERT INTO subdeck.entries (id, account, subject, target, state, version, member, sender)
      SELECT '0000' || to_char(nth, 'FM0000'), 'a', int4send(nth), int4send(nth), 'unknown', 1, 'anna', gen_random_uuid()
      FROM generate_series(1, 1999) AS nth`);
    const writes = (journal: Journal, id: string) => journal.intend({ ...intent, ref: `nordic/${id}` });
    const tooMany = {
      kind: 'refused',
      fault: { kind: 'refused', sent: false, next: expect.stringContaining('Settle') },
    };
    expect((await writes(anna, 'last')).kind).toBe('intended');
    expect(await writes(anna, 'more')).toMatchObject(tooMany);
    expect((await writes(ben, 'more')).kind).toBe('intended');
    store.sql("UPDATE subdeck.entries SET state = 'done' WHERE id = '00000001'");
    expect((await writes(anna, 'again')).kind).toBe('intended');
    expect(await writes(anna, 'one more')).toMatchObject(tooMany);
  });

  test('a store that is away refuses writes in a sentence, and reading goes on', async () => {
    const store = await teamStore();
    const proxy = await testProxy(store.server.port);
    const journal = await store.join({ port: proxy.port });
    const id = await intend(journal, { part: { plan: 'p-1', row: 1 } });
    proxy.isDown(true);
    expect(await journal.intend({ ...intent, ref: 'nordic/s2' })).toMatchObject({
      kind: 'refused',
      fault: { kind: 'unreachable', sent: false },
    });
    await journal.refresh();
    expect([journal.entry(id)?.state, journal.health()?.kind]).toEqual(['intent', 'unreachable']);
    expect([...journal.knownParts('p-1').values()]).toMatchObject([{ entry: { id } }]);
    await expect(journal.partsOf('p-1')).rejects.toMatchObject({ fault: { kind: 'unreachable' } });
    await expect(journal.stored(id)).rejects.toMatchObject({ fault: { kind: 'unreachable' } });
    proxy.isDown(false);
    await journal.refresh();
    expect(journal.health()).toBeNull();
  });

  test('[rule 3] a server that lost what it had acknowledged takes no writes', async () => {
    const { store, anna, ben } = await twoMembers();
    const kept = await intend(anna, { ref: 'nordic/kept' });
    const id = await intend(anna);
    await anna.sending(id, step);
    await ben.newest();
    // As after a failover to a standby that was behind.
    store.sql(`
      SET session_replication_role = replica;
      DELETE FROM subdeck.journal_lines WHERE key = '${id}'; DELETE FROM subdeck.entries WHERE id = '${id}';
      CREATE OR REPLACE FUNCTION subdeck.internal_journal_epoch() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'another server' $$`);
    expect(await ben.intend({ ...intent, ref: 'nordic/s2' })).toMatchObject({
      kind: 'refused',
      fault: { sent: false },
    });
    expect(ben.health()?.message).toContain('is not the server that it was');
    expect(ben.entry(kept)?.state).toBe('intent');
    await anna.refresh();
    expect(store.sql('SELECT id, state FROM subdeck.entries ORDER BY id')).toBe(`${kept}|intent\n${id}|sent`);
    expect(await anna.intend({ ...intent, ref: 'nordic/s3' })).toMatchObject({ kind: 'refused' });
    store.sql('UPDATE subdeck.journal_order SET epoch = subdeck.internal_journal_epoch()');
    expect(await ben.intend(intent)).toMatchObject({ kind: 'open', entry: { id, state: 'sent' } });
    expect([ben.health(), ben.steps(id).length]).toEqual([null, 1]);
    expect((await ben.intend({ ...intent, ref: 'nordic/s2' })).kind).toBe('intended');
  });

  test('[rule 3] another process of this machine that reads first is no server that was set back', async () => {
    const { store, ben } = await twoMembers();
    const clock = fastClock();
    const path = join(temporaryDirectory(), 'team.db');
    const reportSetBack = vi.fn(async () => undefined);
    const handInAll = vi.fn(async () => undefined);
    const processOn = (beforeAnswer: () => Promise<void>) => {
      const storeClock = storeClockOf(clock);
      const copy = openTeamCopy(path, { clock: storeClock, owner: thisProcess() });
      const calls = storeCalls(store.connect('anna'), clock, null, storeWaits(clock));
      const since = async (number: number) => {
        const news = await calls.since(number);
        await beforeAnswer();
        return news;
      };
      const rescue = { reportSetBack, handIn: handInAll };
      const heard = lastHeardIn(join(temporaryDirectory(), 'team'), clock);
      const following = followingOf(copy, { ...calls, since }, storeClock, { rescue, hints: null, heard });
      onTestFinished(() => following.stop());
      return { copy, following };
    };
    const first = processOn(async () => undefined);
    await intend(ben, { ref: 'nordic/s1' });
    await first.following.follow();
    let moves = 3;
    const second = processOn(async () => {
      if (moves === 0) return;
      moves -= 1;
      await intend(ben, { ref: `nordic/moved-${moves}` });
      await first.following.follow();
    });
    await intend(ben, { ref: 'nordic/s2' });
    await second.following.follow();
    expect(second.following.trouble()).toBeNull();
    expect([reportSetBack, handInAll].flatMap(({ mock }) => mock.calls)).toEqual([]);
    expect(second.copy.position()).toEqual(first.copy.position());
    expect(moves).toBe(0);
  });

  test('[rule 3] a machine that was away hands in what is open once the team writes again', async () => {
    const store = await teamStore();
    const path = join(temporaryDirectory(), 'team.db');
    const anna = await store.join({ owner: elsewhere, path });
    const id = await intend(anna);
    await anna.sending(id, step);
    const over = await intend(anna, { ref: 'nordic/over' });
    await anna.close(over, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
    anna.dispose();
    // As after a failover that somebody accepted with --force.
    store.sql(`
      SET session_replication_role = replica; DELETE FROM subdeck.journal_lines; DELETE FROM subdeck.entries;
      CREATE OR REPLACE FUNCTION subdeck.internal_journal_epoch() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'another server' $$;
      SELECT subdeck.internal_accept_server()`);
    const ben = await store.join({ as: 'ben' });
    await intend(ben, { ref: 'nordic/s2' });
    await (await store.join({ path })).refresh();
    expect(store.sql(`SELECT id, state, may_have_left FROM subdeck.entries WHERE member = 'anna'`)).toBe(
      `${id}|sent|t`,
    );
    expect(await ben.intend(intent)).toMatchObject({ kind: 'open', entry: { id } });
  });

  test('[rule 3] a server that was set back on its timeline takes no writes until it is accepted', async () => {
    const { store, anna, ben } = await twoMembers();
    const kept = await intend(anna, { ref: 'nordic/kept' });
    await ben.newest();
    const id = await intend(anna);
    await anna.sending(id, step);
    await anna.newest();
    // As a snapshot of the machine that is put back does; then others went on, past the number that anna has seen.
    store.sql(`BEGIN; SET session_replication_role = replica;
      DELETE FROM subdeck.journal_lines WHERE key = '${id}'; DELETE FROM subdeck.entries WHERE id = '${id}';
      INSERT INTO subdeck.journal_lines (number, kind, key, version, body, token, process, member)
      SELECT n, 'mark', '"k"', 0, '{}', gen_random_uuid(), l.process, l.member FROM generate_series(2, 9) n, subdeck.journal_lines l;
      SELECT setval('subdeck.journal_number', 9); COMMIT`);
    expect(await anna.intend({ ...intent, ref: 'nordic/s2' })).toMatchObject({
      kind: 'refused',
      fault: { sent: false },
    });
    expect(anna.health()?.message).toContain('was set back to an earlier state');
    await ben.refresh();
    expect(ben.health()?.next).toContain('--accept-server');
    expect(await ben.intend({ ...intent, ref: 'nordic/s2' })).toMatchObject({ kind: 'refused' });
    expect(store.sql('SELECT is_open, lacking FROM subdeck.journal_standing()')).toBe('f|{}');
    // Rows that were published may have their numbers a second time too.
    const scopes = () => store.sql('SELECT generation FROM subdeck.scopes');
    store.sql(`INSERT INTO subdeck.scopes (account, view_digest) VALUES ('a', sha256('v'))`);
    const before = scopes();
    store.sql('SELECT subdeck.internal_accept_server()');
    expect(scopes()).not.toBe(before);
    for (const each of [anna, ben]) {
      await each.refresh();
      expect([each.health(), each.entry(id)?.state, each.entry(kept)?.state]).toEqual([null, 'sent', 'intent']);
    }
    expect(await ben.intend(intent)).toMatchObject({ kind: 'open', entry: { id } });
    expect(
      store.sql(
        "SELECT subdeck.report_set_back((SELECT id FROM subdeck.processes WHERE member = 'x'), 1, gen_random_uuid())",
      ),
    ).toBe('f');
  });
});
