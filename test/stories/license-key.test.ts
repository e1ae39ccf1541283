import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import type { StoryFixture } from './fixture.ts';
import { type Frontends, openFrontends } from './story.ts';

const key = 'KEY4-7QX2-ZEBRA-9931';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['cloudmore-seller'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

test('sets a licence key, masked or from stdin, and stores it nowhere', async () => {
  const row = (await launchModes.find('cloudmore-seller', 'status:active -is:addon')).find(
    (each) => each.hasLicenseKey,
  );
  if (row === undefined) throw new Error('No subscription has a licence key.');
  const seen: string[] = [];

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Set the licence key');
      await person.see('it is sent once and never stored');
      person.type(key);
      seen.push(await person.see('•'.repeat(key.length)));
      seen.push(commandLines());
      person.press('enter');
      await person.typeOut(row.id);
      await person.ends('done');
      seen.push(person.terminal.output());
    },
    async byWords(fixture) {
      const args = ['subscription', 'set-license', row.ref, '--yes', '--confirm', row.id, '--verbose', '--json'];
      const speaking = fixture.wordsWith(`${key}\n`, ...args);
      seen.push(commandLines());
      const said = await speaking;
      expect(said.code, said.stderr).toBe(0);
      seen.push(said.stdout, said.stderr);
    },
  });

  expect(rows).toMatchObject([{ hasLicenseKey: true }]);
  expect(journal).toMatchObject([{ verb: 'set-license', ref: row.ref, state: 'done' }]);
  expect(sent).toMatchObject([{ method: 'PUT', path: expect.stringContaining(`/SetLicenseKey/${row.id}`) }]);
  seen.push(...filesOf(launchModes.keys), ...filesOf(launchModes.words));
  expect(seen.filter((text) => text.includes(key))).toEqual([]);
});

/** The bytes of every file in a home. */
function filesOf({ home }: StoryFixture): readonly string[] {
  const names = globSync('**/*', { cwd: home, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(names.length).toBeGreaterThan(2);
  return names.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

/** The arguments of every process, if the system shows them. */
function commandLines(): string {
  return globSync('/proc/[0-9]*/cmdline')
    .map((path) => {
      try {
        return readFileSync(path, 'latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}
