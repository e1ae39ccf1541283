import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { closeTerminals } from '../terminal/terminal.ts';

interface Row {
  readonly ref: string;
  readonly id: string;
  readonly quantity: number;
}

let fixture: StoryFixture;
let ref = '';
let id = '';
let sellerRef = '';
let quantity = 0;
beforeAll(async () => {
  fixture = await openStory({ connections: ['cloudmore-reseller', 'cloudmore-seller'] });
  /** Of the subscriptions that both connections show, each test has its own. */
  const first = async (connection: string, but = '') => {
    const line = ['--connection', connection, '--filter', 'status:active qty>3', '--limit', '2'];
    const rows = (await fixture.words('subscription', 'list', '--json', ...line)).json<readonly Row[]>();
    const row = rows.find((each) => each.id !== but);
    if (!row) throw new Error(`${connection} has no such subscription`);
    return row;
  };
  ({ ref, id, quantity } = await first('cloudmore-reseller'));
  sellerRef = (await first('cloudmore-seller', id)).ref;
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

const writes = async () => (await fixture.served('cloudmore-reseller')).filter(({ method }) => method !== 'GET').length;

test('on a terminal a write shows its plan and asks; anything but yes sends nothing', async () => {
  const terminal = fixture.console({ args: ['subscription', 'set-quantity', ref, String(quantity - 1)] });
  const screen = await terminal.see('Send it? [y/N]');
  expect(screen).toContain(`→ ${quantity - 1}`);
  terminal.press('n', 'enter');
  expect((await terminal.exited).code).toBe(2);
  expect(await writes()).toBe(0);
});

test('a large change asks for its number, also with --yes, and accepts only that', async () => {
  const large = String(quantity * 10 + 100);
  const terminal = fixture.console({ args: ['subscription', 'set-quantity', ref, large, '--yes'] });
  await terminal.see(`From ${quantity} to ${large} is a large change (setting guard).`);
  await terminal.see(`Type ${large} to send it:`);
  terminal.press('y', 'enter');
  expect((await terminal.exited).code).toBe(2);
  expect(await writes()).toBe(0);
});

test('an irreversible write asks for the id, also with --yes, and accepts only that', async () => {
  const terminal = fixture.console({ args: ['subscription', 'cancel', ref, '--yes'] });
  await terminal.see(`Type ${id}`);
  terminal.press('y', 'enter');
  expect((await terminal.exited).code).toBe(2);
  expect(await writes()).toBe(0);
});

test('[fault 96] Ctrl-C at the question exits 130 and sends nothing', async () => {
  const terminal = fixture.console({ args: ['subscription', 'cancel', ref, '--yes'] });
  await terminal.see(`Type ${id}`);
  terminal.press('ctrl+c');
  expect((await terminal.exited).code).toBe(130);
  expect(await writes()).toBe(0);
});

test('yes sends it', async () => {
  const terminal = fixture.console({ args: ['subscription', 'set-quantity', ref, String(quantity - 1)] });
  await terminal.see('Send it? [y/N]');
  terminal.press('y', 'enter');
  await terminal.see('Done.');
  await terminal.see(new RegExp(`To take it back: subdeck subscription set-quantity \\S+\\s*\\S* ${quantity}$`, 'm'));
  expect((await terminal.exited).code).toBe(0);
  expect(await writes()).toBe(1);
});

test('typing the id cancels', async () => {
  const terminal = fixture.console({ args: ['subscription', 'cancel', ref] });
  await terminal.see(`Type ${id}`);
  terminal.type(id);
  terminal.press('enter');
  await terminal.see('Done.');
  expect((await terminal.exited).code).toBe(0);
  expect(await writes()).toBe(2);
});

test('[fault 14] a licence key is not echoed while it is typed', async () => {
  const terminal = fixture.console({ args: ['subscription', 'set-license', sellerRef] });
  await terminal.see('nothing is shown');
  terminal.type('KEY-UNSEEN');
  terminal.press('enter');
  await terminal.see('to send it:');
  terminal.press('enter');
  expect((await terminal.exited).code).toBe(2);
  expect(terminal.output()).not.toContain('KEY-UNSEEN');
});

test('a terminal shows progress while reading, and none of it stays', async () => {
  const terminal = fixture.console({ args: ['sync'] });
  await terminal.see('COMPLETE');
  expect((await terminal.exited).code).toBe(0);
  expect(terminal.lines().join('\n')).not.toContain('Reading');
});

test('on a terminal a plan needs its confirmation words; others send nothing', async () => {
  const csv = join(fixture.home, 'leaving.csv');
  const plan = join(fixture.home, 'leaving.plan');
  writeFileSync(csv, `ref,verb,mode\n${sellerRef},cancel,cancel\n`);
  const digest = (await fixture.words('plan', 'create', plan, '--from', csv, '--json')).json<{ digest: string }>()
    .digest;
  const before = (await fixture.sent()).length;
  for (const [typed, code, sent] of [
    ['cancel 2', 2, 0],
    ['cancel 1', 0, 1],
  ] as const) {
    // A yes is not enough for an irreversible write.
    const terminal = fixture.console({ args: ['plan', 'run', plan, '--yes'], columns: 140 });
    const screen = await terminal.see('Type cancel 1 to send it:');
    expect(screen).toContain(`Digest: ${digest}`);
    expect(screen).toMatch(/Account: cloudmore /);
    expect(screen.replaceAll('\n', '')).toContain(sellerRef);
    terminal.type(typed);
    await terminal.see(`to send it: ${typed}`);
    terminal.press('enter');
    expect((await terminal.exited).code).toBe(code);
    expect((await fixture.sent()).length - before).toBe(sent);
  }
});
