import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['cloudmore-reseller', 'cloudmore-seller'] });
  await fixture.words('sync');
});
afterAll(() => fixture.close());

interface Row {
  readonly ref: string;
  readonly quantity: number;
}
interface Views {
  readonly digest: string;
  readonly account: string | null;
  readonly rows: readonly { readonly state: string; readonly sentence: string }[];
}
interface Outcome {
  readonly row: number;
  readonly outcome: string;
  readonly journalId: string | null;
  readonly wayBack?: string;
}

async function rows(connection: string, from: number, count: number): Promise<readonly Row[]> {
  const filter = ['--filter', 'status:active qty>3 -is:addon', '--sort', 'id'];
  const { json } = await fixture.words('subscription', 'list', '--connection', connection, ...filter, '--json');
  return json<readonly Row[]>().slice(from, from + count);
}

function file(name: string, content: string): string {
  const path = join(fixture.home, name);
  writeFileSync(path, content);
  return path;
}

/** The output of `plan show` for a reviewer. */
const digestOf = async (plan: string) => (await fixture.words('plan', 'show', plan, '--json')).json<Views>().digest;

const sent = async (connection: string) =>
  (await fixture.served(connection)).filter(({ method }) => method !== 'GET').length;

test('a plan from a table is reviewed, run once and reported again without sending', async () => {
  const chosen = await rows('cloudmore-reseller', 0, 3);
  const csv = file(
    'seats.csv',
    `ref,quantity\n${chosen.map(({ ref, quantity }) => `${ref},${quantity - 1}`).join('\n')}\n`,
  );
  const plan = join(fixture.home, 'seats.plan');
  const before = await sent('cloudmore-reseller');
  const made = await fixture.words('plan', 'create', plan, '--from', csv, '--json');
  expect(made.code, made.stderr).toBe(0);
  expect(made.json()).toMatchObject({ file: plan, rows: 3, leftOut: 0, digest: await digestOf(plan) });
  expect(statSync(plan).mode & 0o777).toBe(0o600);

  expect((await fixture.words('plan', 'run', plan)).code).toBe(2);
  expect((await fixture.words('plan', 'run', plan, '--yes', '--read-only')).code).toBe(5);
  const dry = await fixture.words('plan', 'run', plan, '--dry-run', '--json');
  expect(dry.json<{ plan: readonly object[] }>().plan).toHaveLength(3);
  expect(await sent('cloudmore-reseller')).toBe(before);

  const [, second] = chosen;
  await fixture.words('subscription', 'set-quantity', second?.ref ?? '', '2', '--yes', '--confirm=2');
  const yes = ['--yes', '--confirm', await digestOf(plan)];
  const run = await fixture.words('plan', 'run', plan, ...yes, '--json', '--reason', 'TICKET-9');
  expect(run.code).toBe(9);
  expect(run.json<readonly Outcome[]>().map(({ outcome }) => outcome)).toEqual(['done', 'changed', 'done']);
  const [first] = run.json<readonly Outcome[]>();
  const back = `subdeck subscription set-quantity ${chosen[0]?.ref} ${chosen[0]?.quantity}`;
  expect([first?.wayBack, run.stderr]).toEqual([back, expect.stringContaining(`To take row 1 back: ${back}\n`)]);
  const shown = await fixture.words('journal', 'show', first?.journalId ?? '');
  expect(shown.stdout.replaceAll(/\s+/g, ' ')).toContain(`To take it back ${back}`);
  const after = await sent('cloudmore-reseller');
  const again = await fixture.words('plan', 'run', plan, ...yes, '--csv');
  expect(again.stdout.split('\r\n')[0]).toBe('row,ref,verb,outcome,sentence,reason,journalId');
  expect(again.stdout).toContain('Done by an earlier run.');
  expect(await sent('cloudmore-reseller')).toBe(after);
  expect(after - before).toBe(3);
});

test('without a terminal a plan needs the digest that was reviewed', async () => {
  const chosen = await rows('cloudmore-seller', 0, 2);
  const csv = file('leaving.csv', `ref;mode\r\n${chosen.map(({ ref }) => `${ref};cancel`).join('\r\n')}\r\n`);
  const plan = join(fixture.home, 'leaving.plan');
  await fixture.words('plan', 'create', plan, '--from', csv, '--verb', 'cancel');
  const text = await fixture.words('plan', 'show', plan);
  const digest = await digestOf(plan);
  expect(digest).toMatch(/^[a-z2-7]{4}(?:-[a-z2-7]{4}){3}$/);
  expect(text.stderr).toContain(`--yes --confirm ${digest}`);
  expect(text.stderr).toMatch(/Account: cloudmore /);
  const { account } = (await fixture.words('plan', 'show', plan, '--json')).json<Views>();
  expect(text.stderr).toContain(`Account: ${account}`);
  const before = await sent('cloudmore-seller');
  const run = (...flags: string[]) => fixture.words('plan', 'run', plan, ...flags);
  for (const flags of [
    ['--yes'],
    ['--confirm', digest],
    ['--yes', '--confirm', 'cancel 2'],
    ['--yes', '--confirm', ''],
  ]) {
    const refused = await run(...flags);
    expect([flags, refused.code]).toEqual([flags, 2]);
    expect(refused.stderr).toContain('subdeck plan show');
  }
  expect(await sent('cloudmore-seller')).toBe(before);
  const done = await run('--yes', '--confirm', digest, '--json');
  expect(done.code, done.stderr).toBe(0);
  expect((await sent('cloudmore-seller')) - before).toBe(2);
  const shown = await fixture.words('plan', 'show', plan, '--json');
  expect(shown.json<Views>().rows.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(await digestOf(plan)).toBe(digest);
});

test('a file replaced after its review sends nothing', async () => {
  const [reviewed, other] = await rows('cloudmore-seller', 4, 2);
  const plan = join(fixture.home, 'reviewed.plan');
  const made = async (path: string, ref = '') =>
    fixture.words('plan', 'create', path, '--verb', 'cancel', '--from', file('one.csv', `ref,mode\n${ref},cancel\n`));
  await made(plan, reviewed?.ref);
  const digest = await digestOf(plan);
  const replacement = join(fixture.home, 'other.plan');
  await made(replacement, other?.ref);
  writeFileSync(plan, readFileSync(replacement));
  const before = await sent('cloudmore-seller');
  const run = await fixture.words('plan', 'run', plan, '--yes', '--confirm', digest);
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('is not the digest of this plan')]);
  // The refusal does not print the digest of the current file, which must be reviewed first.
  expect(run.stderr).not.toContain(await digestOf(plan));
  expect(await sent('cloudmore-seller')).toBe(before);
});

test.each([
  ['a table with a mistake', 'ref,quantity\ncloudmore-reseller/x,-1\n', 2],
  ['an unknown connection', 'ref,quantity\nnowhere/x,1\n', 3],
  ['a table of unknown subscriptions only', 'ref,quantity\ncloudmore-reseller/none,1\n', 3],
])('%s makes no plan', async (_, text, code) => {
  const plan = join(fixture.home, 'none.plan');
  const made = await fixture.words('plan', 'create', plan, '--from', file('none.csv', text));
  expect(made.code, made.stderr).toBe(code);
  expect(() => readFileSync(plan)).toThrow('ENOENT');
});

test('with armMinutes a command still needs only its yes', async () => {
  const [row] = await rows('cloudmore-reseller', 5, 1);
  const path = join(fixture.home, 'settings.json');
  const settings: object = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...settings, armMinutes: 5 }));
  const done = await fixture.words(
    'subscription',
    'set-quantity',
    row?.ref ?? '',
    String((row?.quantity ?? 0) - 1),
    '--yes',
  );
  writeFileSync(path, JSON.stringify(settings));
  expect(done.code, done.stderr).toBe(0);
});
