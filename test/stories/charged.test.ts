import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, openFrontends, succeeded } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['interworks', 'cloudcockpit'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

test.each([
  ['interworks', 'price>0', 'not known', 'does not say what is still charged'],
  ['cloudcockpit', 'cancel<30d', 'the days used', 'only the days used are charged'],
] as const)('"are we charged if we cancel today?", at %s', async (connection, which, brief, answer) => {
  const filter = `status:active qty>2 -is:addon -is:trial ${which}`;
  const [row] = await launchModes.find(connection, filter);
  if (row === undefined) throw new Error(`${connection} has no such subscription.`);

  const { sent, journal } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person, so) {
      await person.openSubscription(row.id);
      await person.see(
        (screen) => /If cancelled +/.test(screen) && [brief, answer].some((each) => screen.includes(each)),
      );
      await person.act(/^Cancel( or delete)?$/);
      await person.see('Cancel the subscription');
      await person.see(answer);
      await person.see('This cannot be undone.');
      await person.escape('This cannot be undone.');
      await so.nothingSent();
    },
    async byWords(fixture) {
      const shown = await succeeded(fixture.words('subscription', 'show', row.ref));
      expect(shown.stdout).toMatch(new RegExp(`^If cancelled now +.*${answer}`, 'm'));
      const planned = await succeeded(fixture.words('subscription', 'cancel', row.ref, '--dry-run'));
      expect(planned.stdout).toContain(answer);
    },
  });

  expect([sent, journal]).toEqual([[], []]);
});
