import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, listed, openFrontends, type Row } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['interworks'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

test('[fault 59] offline shows cached rows with their age and refuses writes', async () => {
  const [row] = await launchModes.find('interworks', 'status:active qty>5');
  if (row === undefined) throw new Error('interworks has no subscription.');
  // Read once, and kept: what the vendor has beside the row.
  for (const fixture of [launchModes.keys, launchModes.words]) {
    expect((await fixture.words('subscription', 'details', row.ref)).code).toBe(0);
  }
  const calls = await Promise.all([launchModes.keys, launchModes.words].map((fixture) => fixture.served('interworks')));

  const { rows, journal } = await launchModes.play({
    refs: [row.ref],
    args: ['--offline'],
    async byKeys(person) {
      await person.see(/offline · \d+ (s|min) ago/);
      await person.openSubscription(row.id);
      await person.see(new RegExp(`Seats +${row.quantity}`));
      person.press('tab');
      await person.see('This was never read');
      person.press('tab');
      await person.see('interworks.cloud has no history');
      person.press('tab');
      await person.see(/\[Characteristics\][\s\S]*Read \d+ (s|min) ago/);
      person.press('a');
      await person.see('Subdeck is offline, so nothing is sent.');
      await person.see('Change the quantity');
      await person.escape('so nothing is sent');
      person.press('r');
      await person.see('The console is offline');
      person.press('o');
      await person.see('Subdeck was started offline');
    },
    async byWords(fixture) {
      const [shown] = await listed<Row & { readonly readAt: string }>(
        fixture,
        'subscription',
        'list',
        '--offline',
        '--filter',
        `id=${row.id}`,
      );
      expect(shown?.quantity).toBe(row.quantity);
      expect(Date.parse(shown?.readAt ?? '')).toBeLessThanOrEqual(Date.now());
      const details = await fixture.words('subscription', 'details', row.ref, '--offline', '--json');
      expect(details).toMatchObject({ code: 0, stderr: expect.stringMatching(/ ago through /) });
      expect(JSON.parse(details.stdout)).toMatchObject({ sections: expect.anything(), readAt: expect.anything() });
      const denied = await fixture.words('subscription', 'set-quantity', row.ref, '1', '--yes', '--offline');
      expect(denied).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('offline') });
    },
  });

  expect(rows).toMatchObject([{ quantity: row.quantity }]);
  expect(journal).toEqual([]);
  expect(
    await Promise.all([launchModes.keys, launchModes.words].map((fixture) => fixture.served('interworks'))),
  ).toEqual(calls);
});
