import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { initStore } from '../../src/team/init-store.ts';
import { storeChecks } from '../../src/team/store-checks.ts';
import { recover } from '../../src/writes/recover.ts';
import { realClock } from '../fault-server/clocks.ts';
import { cuttingProxy } from '../postgres/cutting-proxy.ts';
import { hasPostgres, startServer, type TestServer } from '../postgres/server.ts';
import { answer, intent, step } from './intent.ts';
import { done, intend } from './interface-suite.ts';
import { type TeamStore, teamStore } from './team-fixture.ts';

const elsewhere = { pid: 2 ** 30, started: 'then', machine: 'other', namespace: 'pid:[1]', host: 'nas' };

/** Each look starts a psql. */
const patiently = { timeout: 10_000, interval: 200 };

interface Pair {
  readonly primary: TestServer;
  readonly standby: TestServer;
  readonly store: TeamStore;
  /** The address that members know: it leads to the primary first. */
  readonly address: Awaited<ReturnType<typeof cuttingProxy>>;
  /** The standby has applied all that the primary has committed. */
  caughtUp(): Promise<void>;
  /** The standby gets nothing any more. */
  stopReplication(): Promise<void>;
  /** SQL on the standby, as the superuser. */
  onStandby(sql: string): string;
  /** The primary dies, the standby is promoted, and the address leads to it. */
  failOver(): Promise<void>;
}

/** A team's store on a primary with a hot standby that streams from it. */
async function pair(): Promise<Pair> {
  const primary = await startServer();
  onTestFinished(() => primary.dispose());
  const store = await teamStore(primary);
  const standby = await startServer({ standbyOf: primary });
  onTestFinished(() => standby.dispose());
  const address = await cuttingProxy(primary.port);
  onTestFinished(() => address.close());
  const onStandby = (sql: string) => standby.psql(sql, store.database);
  return {
    primary,
    standby,
    store,
    address,
    onStandby,
    caughtUp: async () => {
      const position = primary.psql('SELECT pg_current_wal_flush_lsn()');
      const replayed = () => onStandby(`SELECT pg_last_wal_replay_lsn() >= '${position}'`);
      await expect.poll(replayed, patiently).toBe('t');
    },
    stopReplication: async () => {
      onStandby("ALTER SYSTEM SET primary_conninfo = ''");
      onStandby('SELECT pg_reload_conf()');
      await expect.poll(() => onStandby('SELECT count(*) FROM pg_stat_wal_receiver'), patiently).toBe('0');
    },
    failOver: async () => {
      await primary.stop('immediate');
      onStandby('SELECT pg_promote()');
      address.leadTo(standby.port);
    },
  };
}

/** What is refused, and that it is told within 3 seconds. */
async function refusalOf(work: Promise<Awaited<ReturnType<Journal['intend']>>>): Promise<string> {
  const from = performance.now();
  const intended = await work;
  expect(performance.now() - from).toBeLessThan(3_000);
  if (intended.kind !== 'refused') throw new Error(`It was not refused: ${JSON.stringify(intended)}`);
  expect(intended.fault).toMatchObject({ kind: 'unreachable', sent: false });
  return intended.fault.message;
}

/** Once it has noticed that its connection was cut. */
function healthOf(journal: Journal) {
  return expect.poll(
    async () => {
      await journal.refresh();
      return journal.health();
    },
    { timeout: 3_000 },
  );
}

describe.runIf(hasPostgres())('a failover to a standby', () => {
  test('[rule 3] a standby is read, and what it did not get is handed in before anybody writes', async () => {
    const { primary, standby, store, address, caughtUp, stopReplication, onStandby, failOver } = await pair();
    const join = (as: string, owner = elsewhere) => store.join({ as, owner, port: address.port, clock: realClock });
    const [anna, ben] = [await join('anna'), await join('ben', { ...elsewhere, host: 'desk' })];
    const kept = await intend(anna, { ref: 'nordic/kept' });
    await ben.refresh();
    await caughtUp();

    address.leadTo(standby.port);
    const isStandby = { message: 'The team’s store is a standby, which takes no writes.' };
    await Promise.all([anna, ben].map((one) => healthOf(one).toMatchObject(isStandby)));
    expect(await refusalOf(ben.intend({ ...intent, ref: 'nordic/s2' }))).toContain('standby');
    await expect(anna.sending(kept, step)).rejects.toMatchObject({ fault: { kind: 'unreachable' } });
    expect(await anna.stored(kept)).toMatchObject({ entry: { state: 'intent' } });
    const doctor = await storeChecks(store.connect('anna', standby.port), realClock);
    expect(doctor.find(({ name }) => name === 'team server')).toMatchObject({ state: 'bad' });

    address.leadTo(primary.port);
    await healthOf(anna).toBeNull();
    await stopReplication();
    const sent = await intend(anna, { ref: 'nordic/sent' });
    await anna.sending(sent, step);
    const part = { plan: 'p-1', row: 1 };
    // The vendor did it, and its row of the plan must not be run again.
    const ordered = await done(anna, { ref: 'nordic/ordered', part });
    const ending = await intend(anna, { ref: 'nordic/ending' });
    expect(primary.psql('SELECT count(*) FROM subdeck.entries', store.database)).toBe('4');
    expect(onStandby('SELECT id FROM subdeck.entries')).toBe(kept);
    await failOver();

    // The vendor's answer comes while nobody can be told.
    await anna.answered(sent, { index: 0, answer });
    expect(await refusalOf(ben.intend({ ...intent, ref: 'nordic/sent' }))).toContain('is not the server that it was');
    await anna.refresh();
    await ben.refresh();
    const states = () => onStandby('SELECT id, state FROM subdeck.entries ORDER BY id').split('\n');
    expect(states()).toEqual([`${kept}|intent`, `${sent}|sent`, `${ordered}|done`, `${ending}|intent`].toSorted());

    const admin = store.connect('postgres', standby.port);
    const accept = () => initStore(admin, { force: false, acceptServer: true });
    expect(await accept()).toMatchObject({ server: 'other', waits: { members: [] } });
    onStandby("UPDATE subdeck.journal_order SET noticed_at = noticed_at - interval '6 minutes'");
    expect(await accept()).toMatchObject({ server: 'accepted' });
    expect(await ben.intend({ ...intent, ref: 'nordic/sent' })).toMatchObject({ kind: 'open', entry: { id: sent } });
    const again = { ...intent, ref: 'nordic/ordered-again', part };
    expect(await ben.intend(again)).toMatchObject({ kind: 'repeated', entry: { id: ordered } });
    expect((await ben.intend({ ...intent, ref: 'nordic/free' })).kind).toBe('intended');
    await anna.refresh();
    expect(anna.steps(sent)).toMatchObject([{ answer: { outcome: 'done' } }]);
    expect((await anna.intend({ ...intent, ref: 'nordic/after' })).kind).toBe('intended');
  });

  test('[rules 1, 2] a synchronous standby that is gone records nothing and loses nothing', async () => {
    const { primary, standby, store, address, caughtUp, onStandby, failOver } = await pair();
    primary.psql("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
    primary.psql('SELECT pg_reload_conf()');
    const join = (as: string, owner = elsewhere) => store.join({ as, owner, port: address.port, clock: realClock });
    const anna = await join('anna');
    const [sent, open] = [await intend(anna, { ref: 'nordic/sent' }), await intend(anna, { ref: 'nordic/open' })];
    await anna.sending(sent, step);
    await standby.stop('immediate');

    const notConfirmed = 'did not confirm that its standby has what was recorded';
    expect(await refusalOf(anna.intend(intent))).toContain(notConfirmed);
    // One that begins now: its first sign needs no standby.
    const ben = await join('ben', { ...elsewhere, host: 'desk' });
    await Promise.all([
      // On a busy machine the first answer can be late, which has its own sentence.
      expect
        .poll(() => refusalOf(ben.intend({ ...intent, ref: `nordic/${randomUUID()}` })), patiently)
        .toContain(notConfirmed),
      expect(anna.sending(open, step)).rejects.toMatchObject({ fault: { kind: 'unreachable', sent: false } }),
      anna.answered(sent, { index: 0, answer }),
    ]);
    await anna.refresh();
    expect([anna.health(), anna.entry(open)?.state]).toEqual([null, 'intent']);

    await standby.start();
    await expect.poll(() => primary.psql('SELECT count(*) FROM pg_stat_replication'), patiently).toBe('1');
    await intend(anna, { ref: 'nordic/s3' });
    await anna.refresh();
    expect((await ben.stored(sent))?.steps).toMatchObject([{ answer: { outcome: 'done' } }]);
    // What was not confirmed is there, and is ended as not sent by whoever began it.
    expect(await ben.intend(intent)).toMatchObject({ kind: 'open' });
    await recover(anna);
    expect((await ben.intend(intent)).kind).toBe('intended');

    const lost = { ...intent, ref: 'nordic/lost' };
    address.cutAt('subdeck.begin_entry', 'answered');
    const intended = anna.intend(lost);
    await expect.poll(() => address.cuts).toBe(1);
    address.leadTo(standby.port);
    await caughtUp();
    await failOver();
    expect(await intended).toMatchObject({ kind: 'refused', fault: { kind: 'unreachable', sent: false } });
    await healthOf(ben).toMatchObject({ message: expect.stringContaining('is not the server that it was') });
    await healthOf(anna).not.toBeNull();
    onStandby("UPDATE subdeck.journal_order SET noticed_at = noticed_at - interval '6 minutes'");
    const admin = store.connect('postgres', standby.port);
    expect(await initStore(admin, { force: false, acceptServer: true })).toMatchObject({ server: 'accepted' });
    expect(await ben.intend(lost)).toMatchObject({ kind: 'open', entry: { state: 'intent' } });
    await recover(anna);
    expect((await ben.intend(lost)).kind).toBe('intended');
  });
});
