import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import type { Keyboard } from './keyboard.ts';
import { type Frontends, listed, openFrontends, type Row, type Size, succeeded } from './story.ts';

/** Support tickets from the question to its end, in the console and on the command line, at two sizes of the terminal. */

/** Key presses in the console, beside pasted text and typed confirmations. */
const mostPresses = 40;

const sizes: readonly Size[] = [
  [80, 24],
  [120, 40],
];
const connections = ['cloudmore-reseller', 'interworks', 'vmware', 'lineworks', 'cloudcockpit'];

describe.each(sizes)('at %i×%i', (...size) => {
  let launchModes: Frontends;
  beforeAll(async () => {
    // The day of the sandbox is the day of the console, which tells what is due.
    launchModes = await openFrontends({ connections, sandbox: [`--today=${new Date().toISOString().slice(0, 10)}`] });
  });
  afterEach(closeTerminals);
  afterAll(() => launchModes.close());

  const first = async (connection: string, filter: string): Promise<Row> => {
    const [row] = await launchModes.find(connection, filter);
    if (row === undefined) throw new Error(`${connection} has no subscription with ${filter}.`);
    return row;
  };

  /** From any screen: opens what a pasted id or name finds. */
  const open = async (person: Keyboard, text: string, shown: string | RegExp) => {
    person.press(':');
    await person.see('Anything');
    person.paste(text);
    await person.see(/is “|holds “|contains “/);
    person.press('enter');
    await person.see(shown);
  };

  const few = (person: Keyboard) => expect(person.presses()).toBeLessThanOrEqual(mostPresses);

  test('are we charged if we cancel today? The plan says so, and nothing is sent', async () => {
    const row = await first('cloudcockpit', 'status:active -is:addon -is:trial ends>60d');
    const { sent, journal } = await launchModes.play({
      refs: [row.ref],
      size,
      async byKeys(person, so) {
        await open(person, row.id, '[Overview]');
        await person.act(/^Cancel/);
        await person.see(/charged/);
        await so.nothingSent();
        few(person);
      },
      async byWords(fixture, so) {
        const { stdout } = await succeeded(fixture.words('subscription', 'cancel', row.ref, '--dry-run'));
        expect(stdout).toMatch(/charged/);
        await so.nothingSent();
      },
    });
    expect([sent, journal]).toEqual([[], []]);
  });

  test('a LINE WORKS contract is not renewed any more', async () => {
    const row = await first('lineworks', 'status:active renewal:auto -is:trial');
    const { journal } = await launchModes.play({
      refs: [row.ref],
      size,
      async byKeys(person) {
        await open(person, row.id, '[Overview]');
        await person.act(/renewal/i);
        await person.see('Tab next field');
        person.press('down', 'down', 'down');
        await person.see(/● cancel/);
        person.press('enter');
        await person.agree();
        await person.ends('done');
        few(person);
      },
      byWords: async (fixture) => {
        await succeeded(fixture.words('renewal', 'set', row.ref, 'type=cancel', '--yes'));
      },
    });
    expect(journal).toMatchObject([{ verb: 'renewal-set', state: 'done', after: { renewal: { type: 'CANCEL' } } }]);
  });

  test('all subscriptions of a leaving customer are cancelled, with one receipt', async () => {
    const filter = 'connection=interworks org="Acme Oy" status:active';
    const rows = await listed<Row>(launchModes.words, 'subscription', 'list', '--offline', '--filter', filter);
    expect(rows.length).toBeGreaterThan(2);
    const { sent, journal } = await launchModes.play({
      refs: rows.map(({ ref }) => ref),
      size,
      async byKeys(person, so) {
        person.press(':');
        await person.see('Anything');
        person.type('subs');
        person.press('enter');
        await person.see(/^ Subscriptions /m);
        person.press('/');
        person.paste(filter);
        person.press('enter');
        await person.see(`(${rows.length} shown)`);
        person.press('*', 'a');
        await person.see('opens a plan, sends nothing yet');
        await person.standOn(/^Cancel/);
        person.press('enter');
        await person.see(new RegExp(`cancel ${rows.length}`));
        person.press('tab');
        await person.see('The reason for all changes of this plan');
        person.paste('LEAVING-17');
        person.press('enter');
        await person.see('reason LEAVING-17');
        person.press('w');
        await person.see('Save the plan to which file?');
        person.press('enter');
        await person.see('saved as');
        await so.nothingSent();
        person.press('x');
        await person.see('Type exactly');
        // A typed confirmation.
        person.terminal.type(`cancel ${rows.length}`);
        await person.see(`> cancel ${rows.length}`);
        person.press('enter');
        await person.see(`${rows.length} of ${rows.length}`);
        person.press('c');
        await person.see('The receipt of the plan (Markdown)');
        few(person);
      },
      async byWords(fixture, so) {
        const csv = ['ref', ...rows.map(({ ref }) => ref)].join('\n');
        const file = join(fixture.home, 'leaving.plan');
        const create = ['plan', 'create', file, '--from', '-', '--verb', 'cancel', '--json'];
        const { digest, id } = (await succeeded(fixture.wordsWith(csv, ...create))).json<{
          readonly digest: string;
          readonly id: string;
        }>();
        await so.nothingSent();
        await succeeded(fixture.words('plan', 'run', file, '--yes', '--confirm', digest, '--reason', 'LEAVING-17'));
        const { stdout } = await succeeded(fixture.words('journal', 'show', id, '--receipt'));
        expect(stdout).toContain('LEAVING-17');
      },
    });
    expect(sent).toHaveLength(rows.length);
    expect(journal).toMatchObject(rows.map(() => ({ verb: 'cancel', state: 'done', after: { status: 'cancelled' } })));
  });

  test("a morning's Today is cleared to zero", async () => {
    const counts = async () => {
      const { items } = (await launchModes.keys.words('today', '--offline', '--json')).json<Items>();
      return items.length;
    };
    expect(await counts()).toBeGreaterThan(20);
    await launchModes.play({
      refs: [],
      size,
      async byKeys(person) {
        person.press('T', 'p', 'p');
        await person.see('by kind');
        let screen = await person.see(/ ▸ /);
        while (!screen.includes('Nothing needs attention')) {
          const before = doneOn(screen);
          person.press('D');
          await person.see('Reason');
          person.press('enter');
          screen = await person.see((shown) => !shown.includes('╭') && doneOn(shown) > before);
        }
        few(person);
      },
      async byWords(fixture) {
        const { items } = (await succeeded(fixture.words('today', '--offline', '--json'))).json<Items>();
        await succeeded(
          fixture.words('today', 'done', ...items.map(({ key }) => key), '--reason', 'seen this morning'),
        );
        expect((await fixture.words('today', '--offline', '--json')).json<Items>().items).toEqual([]);
      },
    });
    expect(await counts()).toBe(0);
  });
});

interface Items {
  readonly items: readonly { readonly key: string }[];
}

/** From the title of Today. */
const doneOn = (screen: string) => Number(/(\d+) snoozed or done/.exec(screen)?.[1] ?? 0);
