import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { startFollowing } from '../../src/commands/keys/effects/start-following.ts';
import { journalCommands } from '../../src/commands/words/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { dateWords } from '../../src/model/date-words.ts';
import { openFault } from '../../src/writes/plan.ts';
import { openAssistant } from '../assistant/fixture.ts';
import { runHere } from '../cli/run-program.ts';
import { realClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { intent, step } from '../journal/intent.ts';
import { done, intend } from '../journal/interface-suite.ts';
import { type TeamStore, teamStore } from '../journal/team-fixture.ts';
import { hasPostgres } from '../postgres/server.ts';
import { tcpProxy } from '../postgres/tcp-proxy.ts';
import { makeConsole } from '../state/console.ts';
import { fill, row } from '../store/rows.ts';

/** An installation in the team, with an entry from before it joined. */
async function installation(store: TeamStore, as: string, holdsSnapshot = false) {
  const home = temporaryDirectory();
  const paths = appPathsIn(home);
  const own = openJournal(paths.journal, { clock: realClock });
  const earlier = await done(own, { ref: `nordic/before-${as}`, by: 'me' });
  own.dispose();
  const url = store.server.url(store.database, as, 'disable');
  const connections = { nordic: { vendor: 'vmware', settings: { orgId: 'o-1' } } };
  writeFileSync(paths.settings, JSON.stringify({ connections, team: { url, as } }), { mode: 0o600 });
  const secrets = new Map([['SUBDECK_TEAM_PASSWORD', `${as}-password`]]);
  const options = { paths, secrets, env: {}, offline: false, readOnly: false, onCall: null, clock: realClock };
  const app = openApp({ ...options, holdsSnapshot });
  onTestFinished(() => app.close());
  /** `subdeck` on the same home. */
  const words = (...args: string[]) =>
    runHere(args, { SUBDECK_HOME: home, SUBDECK_TEAM_PASSWORD: `${as}-password`, PATH: process.env.PATH });
  return { home, words, app, context: app.context, journal: app.context.journal, earlier };
}

/** `subdeck` in a home of its own, on the way to the store that a test can cut. */
async function behindProxy(store: TeamStore) {
  const proxy = await tcpProxy(store.server.port);
  const home = temporaryDirectory();
  const paths = appPathsIn(home);
  const url = store.server.url(store.database, 'anna', 'disable').replace(`:${store.server.port}/`, `:${proxy.port}/`);
  writeFileSync(paths.settings, JSON.stringify({ team: { url, as: 'anna' } }), { mode: 0o600 });
  openJournal(paths.journal, { clock: realClock }).dispose();
  /** How a command ended, and after how many milliseconds. */
  const timed = async (...args: string[]) => {
    const from = performance.now();
    const ended = await runHere(args, {
      ...{ SUBDECK_HOME: home, SUBDECK_TEAM_PASSWORD: 'anna-password', PATH: process.env.PATH },
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    });
    return { ...ended, took: performance.now() - from };
  };
  return { proxy, timed };
}

describe.runIf(hasPostgres())('installations of a team', () => {
  test('share one journal, and keep what they had before', async () => {
    const store = await teamStore();
    const [anna, ben] = [await installation(store, 'anna'), await installation(store, 'ben')];
    expect(anna.journal.author).toMatch(/^anna \(.+@.+\)$/);
    const id = await intend(anna.journal, { by: anna.journal.author });
    const refused = await ben.journal.intend({ ...intent, by: ben.journal.author });
    expect(refused).toMatchObject({ kind: 'open', entry: { id, by: anna.journal.author } });
    if (refused.kind !== 'open') throw new Error(refused.kind);
    const { message } = openFault(refused.entry, 'nordic', ben.journal.author).fault;
    expect(message).toContain(`by ${anna.journal.author}, since `);
    const mine = await intend(ben.journal, { ref: 'nordic/s2', by: ben.journal.author });
    const everything = { ref: null, state: null, since: null, limit: null };
    expect(ben.journal.entries(everything).map((entry) => entry.id)).toEqual([mine, id, ben.earlier]);
    expect([ben.journal.entry(ben.earlier)?.by, ben.journal.steps(ben.earlier).length]).toEqual(['me', 1]);
    const correct = { state: 'settled-not-applied', reason: 'she looked', by: 'ben' } as const;
    expect(await ben.journal.correct(ben.earlier, correct)).toBe(true);
    const list = journalCommands.find((command) => command.id === 'journal list')?.words;
    const input = { args: {}, rest: [], flags: { mine: true }, signal: new AbortController().signal } as const;
    const reply = await list?.run(ben.context, { ...input, stdin: async () => '', say: () => undefined, ask: null });
    const found = reply?.kind === 'list' ? [...reply.rows].map(({ json }) => json) : [];
    expect(found).toMatchObject([{ id: mine }]);
    expect(readdirSync(ben.home).some((name) => /^team-.*\.db$/.test(name))).toBe(true);
  });

  test('writes are refused while the store is away; nothing goes to the private journal', async () => {
    const store = await teamStore();
    const { journal, app, context, earlier, words } = await installation(store, 'anna', true);
    fill(context.cache, [row({ id: 's1', vendor: 'vmware' })]);
    const id = await intend(journal);
    const before = Date.now();
    expect([journal.outOfDate(), (await words('journal', 'list')).stderr]).toEqual([null, '']);
    expect(await words('subscription', 'list', '--json')).toMatchObject({ code: 0, stderr: '' });
    store.server.psql(`ALTER DATABASE ${store.database} ALLOW_CONNECTIONS false`);
    store.server.psql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${store.database}'`);
    // Hints arrived, so without the end of their connection the next look would be 5 s away.
    await vi.waitFor(() => expect(journal.outOfDate()?.fault.sent).toBe(false), 2_000);
    const since = journal.outOfDate()?.since ?? 0;
    expect(Math.abs(since - before)).toBeLessThan(10_000);
    const refused = await journal.intend({ ...intent, ref: 'nordic/s2' });
    expect(refused).toMatchObject({ kind: 'refused', fault: { sent: false } });
    await context.writes.recover();
    expect([journal.entry(id)?.state, journal.entry(earlier)?.state]).toEqual(['intent', 'done']);
    expect(context.writes.denied()).toMatchObject({ sent: false });
    await expect(
      journal.mark(['k'], { at: new Date().toISOString(), by: 'anna', until: null, text: null, action: 'take' }),
    ).rejects.toMatchObject({ fault: { sent: false } });

    // Another process says of when it is what it shows, which it did not hear itself.
    const shown = `Shown is what this machine had of the team's store on ${dateWords(new Date(since).toISOString())}.`;
    for (const command of ['journal list', 'request list', `journal show ${id}`]) {
      const from = performance.now();
      const { code, stderr } = await words(...command.split(' '));
      expect([command, code, stderr.match(/^subdeck: .*Shown is.*$/gm)]).toEqual([
        command,
        0,
        [expect.stringContaining(shown)],
      ]);
      expect(performance.now() - from).toBeLessThan(3_500);
    }
    for (const command of ['request list', 'subscription list', 'subscription show nordic/s1']) {
      const { code, stderr } = await words(...command.split(' '), '--json');
      const said = { kind: 'unreachable', message: expect.stringContaining(shown) };
      expect([command, code, JSON.parse(stderr)]).toMatchObject([command, 0, { error: said }]);
    }
    expect((await words('sync', 'nordic')).stderr).toContain('What is read meanwhile stays on this machine.');
    expect((await words('subscription', 'list', '--json', '--offline')).stderr).toBe('');
    expect((await words('journal', 'list', '--offline')).stderr).toBe('');
    const assistant = await openAssistant(app);
    onTestFinished(() => assistant.close());
    const said = async () => (await assistant.data('subscription_list')).faults;
    expect(await said()).toMatchObject([{ kind: 'unreachable', message: expect.stringContaining(shown) }]);

    store.server.psql(`ALTER DATABASE ${store.database} ALLOW_CONNECTIONS true`);
    await vi.waitFor(() => expect(journal.outOfDate()).toBeNull(), 3_000);
    for (const of of ['request', 'subscription']) expect((await words(of, 'list', '--json')).stderr).toBe('');
    expect(await said()).toEqual([]);
  });

  test('a command that needs no store asks none, and says what another one found', async () => {
    const store = await teamStore();
    const { home, context, words } = await installation(store, 'anna');
    fill(context.cache, [row({ id: 's1', vendor: 'vmware' })]);
    const settings = join(home, 'settings.json');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('127.0.0.1', 'store.invalid'));
    const list = async () => (await words('subscription', 'list', '--json')).stderr;
    expect(await list()).toBe('');
    expect((await words('journal', 'list', '--json')).stderr).toContain('cannot be resolved');
    expect(await list()).toContain(
      "The team's store did not answer when it was last asked. Nothing of the team's store",
    );
    const [mark = ''] = readdirSync(home).filter((name) => name.endsWith('.away'));
    utimesSync(join(home, mark), 0, Date.now() / 1000 - 31);
    expect(await list()).toBe('');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('postgres:', 'nonsense:'));
    expect(await words('subscription', 'list', '--json')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a viewer is told of unknown writes and requests, and takes nothing from members', async () => {
    const store = await teamStore();
    const { journal } = await installation(store, 'anna');
    const lost = await intend(journal);
    await journal.sending(lost, step);
    await journal.close(lost, { state: 'unknown', reason: null, vendor: null, basis: 'lease', nextCheckIn: 0 });
    const sent = await intend(journal, { ref: 'nordic/s2' });
    await journal.sending(sent, step);
    const request = { vendorRequestId: 'rq-1', vendorState: null, from: 25, to: 20, vendor: null, nextCheckIn: 0 };
    await journal.accepted(sent, request);
    store.server.createLogin('vera', 'subdeck_viewer');
    const { context, words } = await installation(store, 'vera');
    const notice = `subdeck: 1 write has an unknown outcome: ${lost} `;
    expect((await words('request', 'list')).stderr).toMatch(new RegExp(`^${notice}.* A member of the team finds out`));
    expect(await words('request', 'show', sent, '--json')).toMatchObject({ code: 0, stderr: '' });
    expect(await words('journal', 'settle', lost)).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("Your role in the team's store only reads"),
    });
    const console = makeConsole({ context } as never);
    onTestFinished(() => console.stop());
    const end = new AbortController();
    onTestFinished(() => end.abort());
    await startFollowing(console.store, context, end.signal);
    expect(console.state()).toMatchObject({ status: null, unsettled: 1, requests: [{ id: sent }] });
    expect(await context.journal.due()).toHaveLength(2);
    expect([await context.journal.claim(lost, 1_000), await context.journal.takeOver(lost)]).toEqual([false, false]);
    await context.journal.seen(lost);
  });

  test('doctor waits once for a store that does not answer', async () => {
    const { proxy, timed } = await behindProxy(await teamStore());
    const healthy = await timed('doctor');
    expect(healthy.stdout).toContain('team round trip');
    proxy.hold();
    const hung = await timed('doctor');
    expect(hung.code).toBe(9);
    expect(hung.stdout.match(/^✗ team .*$/gm)).toEqual([expect.stringContaining('did not answer in time')]);
    expect(hung.took - healthy.took).toBeLessThan(3_000);
  });

  test('a command whose change is looked up says so in one line, then what came of it', async () => {
    const store = await teamStore();
    const journal = await store.join();
    const end = { state: 'unknown', reason: 'r', vendor: null, basis: 'answer', nextCheckIn: 1 } as const;
    const said = await Promise.all(
      [[], ['--json']].map(async (flags, nth) => {
        const id = await intend(journal, { ref: `nordic/s${nth}` });
        await journal.sending(id, step);
        await journal.close(id, end);
        const { proxy, timed } = await behindProxy(store);
        proxy.holdAt('change_entry');
        const settling = timed('journal', 'settle', id, '--as', 'applied', ...flags);
        await proxy.held;
        const from = performance.now();
        const { code, stdout, stderr } = await settling;
        expect([code, stdout]).toEqual([7, '']);
        const lines = stderr.trim().split('\n');
        return {
          lines,
          took: performance.now() - from,
          waits: `Looking up what became of journal entry ${id}, before`,
        };
      }),
    );
    for (const { lines, took } of said) {
      expect(took).toBeLessThan(5_000);
      // Another statement may have found out already that a new connection gets no byte: then it ends at once.
      expect(lines).toHaveLength(took < 3_000 ? lines.length : 2);
    }
    const [text, json] = said;
    expect(text?.lines.at(-1)).toContain('did not answer in time');
    if (text?.lines.length === 2) expect(text.lines[0]).toContain(`has not answered for 3 s. ${text.waits}`);
    const errors = json?.lines.map((line) => JSON.parse(line).error) ?? [];
    expect(errors.at(-1)).toMatchObject({ kind: 'unreachable', sent: false });
    if (errors.length === 2) {
      expect(errors[0]).toMatchObject({ kind: 'unreachable', message: expect.stringContaining(json?.waits ?? '') });
    }
  });
});
