import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { listed, type Row, succeeded } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['interworks'],
    sandbox: ['--seed=1', '--speed=30'],
    env: { TMUX: '/tmp/x' },
  });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

const some = async (at: number): Promise<Row> => {
  const row = (await listed<Row>(fixture, 'subscription', 'list', '--offline', '--filter', 'status=active qty>5'))[at];
  if (row === undefined) throw new Error('interworks has too few subscriptions.');
  return row;
};

test('a request that ends off screen rings once and notifies through tmux', async () => {
  const row = await some(0);
  const person = keyboard(fixture.console());
  await person.see('Sellers');
  expect(person.terminal.output()).toContain('\u001b]2;Subdeck\u0007');
  person.press(':');
  person.type(`subscription set-quantity ${row.ref} ${row.quantity - 1}`);
  person.press('enter');
  await person.agree();
  await person.see('The vendor is working on it');
  person.press('enter');
  await person.see(/→ \d+ done/);
  const output = person.terminal.output();
  expect(output).toContain('\u001bPtmux;\u001b\u001b]9;Subdeck: ');
  expect(output).toContain('\u001b]2;Subdeck · 1 running\u0007');
  expect(output.split('\u0007\u001bPtmux;').length).toBe(2);
});

test('the next start reports once what settled in the meantime', async () => {
  const row = await some(1);
  await succeeded(fixture.words('subscription', 'set-quantity', row.ref, String(row.quantity - 1), '--yes'));
  await expect.poll(async () => vendorIsDone(row), { timeout: 20_000 }).toBe(true);
  const first = keyboard(fixture.console({ columns: 200 }));
  await first.see('1 settled while you were away');
  await first.leave();
  const again = keyboard(fixture.console());
  await again.see('1/1 connections ok');
  await again.see('now (T)');
  expect(again.terminal.lines().join('\n')).not.toContain('while you were away');
});

/** Reads the vendor directly, so that the journal is not updated. */
async function vendorIsDone(row: Row): Promise<boolean> {
  const { stdout } = await fixture.words('subscription', 'show', row.ref, '--live', '--json');
  return (JSON.parse(stdout) as Row).quantity === row.quantity - 1;
}
