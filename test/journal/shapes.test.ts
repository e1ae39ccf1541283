import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { wordRunner } from '../../src/cli/word-runner.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { rowChecksum } from '../../src/journal/sqlite/row-checksum.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { row as subscription } from '../store/rows.ts';
import { answer, intent, step } from './intent.ts';

const clock = fastClock();
const account = 'vmware https://console.navigator.vmware.com';

/** A home whose journal has a followed request (`b`), a write without an outcome (`d`), a refusal and a finished entry. */
async function home(): Promise<{ readonly directory: string; readonly ids: Readonly<Record<string, string>> }> {
  const directory = temporaryDirectory();
  const settings = { connections: { nordic: { vendor: 'vmware', settings: { orgId: 'o' } } } };
  writeFileSync(join(directory, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  const journal = openJournal(join(directory, 'journal.db'), { clock });
  const ids: Record<string, string> = {};
  for (const target of ['a', 'b', 'c', 'd']) {
    const row = subscription({ connection: 'nordic', id: target });
    const part = { plan: 'plan-of-tests', row: 1 };
    const given = { ...intent, ref: row.ref, account, target: row, ...(target === 'c' ? { part } : {}) };
    const intended = await journal.intend(given);
    if (intended.kind !== 'intended') throw new Error(intended.kind);
    const { id } = intended;
    ids[target] = id;
    await journal.sending(id, step);
    await journal.answered(id, { index: 0, answer });
    const request = { vendorRequestId: 'rq', vendorState: null, from: 25, to: 20, vendor: null, nextCheckIn: 1000 };
    if (target === 'b') await journal.accepted(id, request);
    else if (target === 'c') await journal.close(id, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
    else if (target === 'd') await journal.close(id, { state: 'unknown', reason: null, vendor: null, basis: 'answer' });
    else await journal.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
  }
  journal.dispose();
  return { directory, ids };
}

type Table = 'entry' | 'step' | 'verdict';
const text = (value: SQLOutputValue | undefined): string => (value === null ? '' : String(value));

/** Rewrites one column of the rows of one entry, and seals them as Subdeck does. */
function rewrite(directory: string, table: Table, id: string, column: string, how: (text: string) => string): void {
  const database = new DatabaseSync(join(directory, 'journal.db'));
  const key = table === 'entry' ? 'id' : 'entry';
  for (const old of database.prepare(`SELECT * FROM ${table} WHERE ${key} = ?`).all(id)) {
    const row = { ...old, [column]: old[column] === null ? null : how(text(old[column])) };
    const columns = table === 'entry' ? entryColumns : ['entry', 'number', 'body'];
    const seal = rowChecksum(...columns.map((name) => text(row[name])));
    const where = table === 'entry' ? 'id = ?' : 'entry = ? AND number = ?';
    const keys = table === 'entry' ? [id] : [id, Number(old.number)];
    const changed = text(row[column]);
    database.prepare(`UPDATE ${table} SET ${column} = ?, seal = ? WHERE ${where}`).run(changed, seal, ...keys);
  }
  database.close();
}
const entryColumns = ['id', 'connection', 'target', 'state', 'body', 'request', 'account'];

/** A program on that home, offline; `run` throws unexpected errors and returns all output. */
function program(directory: string) {
  const paths = appPathsIn(directory);
  const none = { secrets: new Map<string, string>(), env: {}, onCall: null };
  const app = openApp({ paths, ...none, offline: true, readOnly: false, clock });
  onTestFinished(() => app.close());
  const words = wordRunner(app.context);
  const run = async (...argv: readonly string[]) => {
    const { lines, faults } = await words(argv, new AbortController().signal);
    return [...lines, ...faults.map(({ message }) => message)].join('\n');
  };
  return { context: app.context, run };
}

const other = { ...intent, ref: 'nordic/other', account } as const;

test.each([
  ['without its fields', 'entry', 'body', () => '{}'],
  ['that is not an object', 'entry', 'body', () => 'null'],
  ['that is not JSON', 'entry', 'body', () => 'x'],
  ['nested too deeply', 'entry', 'body', () => '['.repeat(200_000)],
  ['with another target', 'entry', 'body', (body: string) => body.replace('"services":[', '"services":[7,')],
  ['without a time', 'entry', 'body', (body: string) => body.replace(/"at":"[^"]*"/, '"at":"soon"')],
  ['with a malformed step', 'step', 'body', () => '[]'],
  ['with a malformed verdict', 'verdict', 'body', () => '{"state":7}'],
] as const)(
  '[fault 119] an entry %s counts as one damaged entry; everything else works',
  async (_, table, column, how) => {
    const { directory, ids } = await home();
    const { d: id = '' } = ids;
    rewrite(directory, table, id, column, how);
    const { context, run } = program(directory);
    const { journal } = context;
    expect(journal.health()).toBeNull();
    const listed = await run('journal', 'list');
    for (const each of Object.values(ids)) expect(listed).toContain(each);
    expect(listed.split('\n').find((line) => line.includes(id))).toContain('damaged');
    expect(await run('today')).toContain(`journal settle ${id}`);
    expect(await run('handover')).toContain('damaged');
    expect(await run('doctor')).toContain(`Entry ${id} is damaged`);
    await expect(context.writes.settle(id)).rejects.toThrow('is damaged');

    // It may be open, so it blocks its subscription, and no other.
    expect(await journal.intend({ ...other, ref: 'nordic/d' })).toMatchObject({ kind: 'open', entry: { id } });
    expect((await journal.intend(other)).kind).toBe('intended');

    expect(await run('journal', 'settle', id, '--as', 'applied')).toContain('settled-applied');
    expect(journal.damaged()).toEqual([]);
    expect((await journal.intend({ ...other, ref: 'nordic/d' })).kind).toBe('intended');
  },
);

test('[fault 119] a possibly open entry blocks: not a final one, but an unknown state', async () => {
  const { directory, ids } = await home();
  rewrite(directory, 'entry', ids.a ?? '', 'body', () => '{}');
  rewrite(directory, 'entry', ids.d ?? '', 'state', () => 'paused');
  const { journal } = program(directory).context;
  expect(journal.unsettled().map(({ id }) => id)).toEqual([ids.d, ids.a]);
  expect((await journal.intend({ ...other, ref: 'nordic/a' })).kind).toBe('intended');
  expect((await journal.intend({ ...other, ref: 'nordic/d' })).kind).toBe('open');
});

test('[fault 119] sends no row of a plan while an entry of that plan is unreadable', async () => {
  const { directory, ids } = await home();
  rewrite(directory, 'entry', ids.c ?? '', 'body', (body) => body.replace('"steps":1', '"steps":"1"'));
  const { journal } = program(directory).context;
  const part = { plan: 'plan-of-tests', row: 2 };
  expect(await journal.intend({ ...other, part })).toMatchObject({ kind: 'repeated', entry: { id: ids.c } });
});

/** The text with one value replaced or removed. */
function withOneValueReplaced(body: string, at: number, value: unknown): string | undefined {
  const nthOf = (wanted: number) => {
    let nth = 0;
    const changed: string | undefined = JSON.stringify(JSON.parse(body), (_, each: unknown) => {
      nth += 1;
      return nth - 1 === wanted ? value : each;
    });
    return { changed, count: nth };
  };
  return nthOf(at % nthOf(-1).count).changed;
}

test('[fault 119] with any content in a sealed row, commands work and it can be settled', async () => {
  const { directory, ids } = await home();
  const values = fc.constantFrom(undefined, null, true, -1, 1e300, '', 'x', [], [null], {}, { a: [{}] });
  const place = fc.constantFrom<readonly [Table, string]>(
    ...([
      ['entry', 'body'],
      ['entry', 'body'],
      ['entry', 'request'],
      ['step', 'body'],
      ['verdict', 'body'],
    ] as const),
  );
  await fc.assert(
    fc.asyncProperty(
      place,
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.nat(),
      values,
      async ([table, column], name, at, value) => {
        const copy = join(temporaryDirectory(), 'home');
        mkdirSync(copy, { mode: 0o700 });
        cpSync(directory, copy, { recursive: true });
        const id = ids[name] ?? '';
        rewrite(copy, table, id, column, (body) => withOneValueReplaced(body, at, value) ?? 'null');
        const { context, run } = program(copy);
        for (const words of [
          'journal list',
          `journal show ${id}`,
          `journal show ${id} --receipt`,
          'today',
          'handover',
          'request list',
        ]) {
          await run(...words.split(' '));
        }
        for (const each of await context.journal.due()) await context.journal.stored(each);
        expect(context.journal.health()).toBeNull();
        await run('journal', 'settle', id, '--as', 'not-applied');
        expect(context.journal.damaged()).toEqual([]);
      },
    ),
    { numRuns: 80, seed: 117 },
  );
});
