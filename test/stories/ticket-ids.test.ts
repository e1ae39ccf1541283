import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { openStory, type StoryFixture } from './fixture.ts';
import { keyboard } from './keyboard.ts';
import { listed, type Row, succeeded } from './story.ts';

/** An id as people paste it from tickets, mails, portals and spreadsheets, in the console and on the command line. */

const mostPresses = 40;
const connections = ['cloudmore-reseller', 'interworks', 'lineworks', 'cloudcockpit'];

type Garbage = (row: Row) => string;
/** What carries any id. */
const around: readonly (readonly [string, Garbage])[] = [
  ['in quotes', ({ id }) => `„${id}“`],
  ['in angle brackets', ({ id }) => `<${id}>`],
  ['before a full stop', ({ id }) => ` ${id}.`],
  ['percent-encoded', ({ ref }) => `"${[...ref].map((one) => (/[-/_]/.test(one) ? encoded(one) : one)).join('')}"`],
  ['in the address of a portal', ({ id }) => `https://portal.example/subscriptions/${id}/overview?tab=1#top`],
  ['with invisible characters', ({ id }) => `\u00a0\ufeff${id.slice(0, 4)}\u200b${id.slice(4)}\u2060\u00a0`],
];
/** What only a UUID is recognized in. */
const inside: readonly (readonly [string, Garbage])[] = [
  ['in capitals', ({ id }) => id.toUpperCase()],
  ['without dashes', ({ id }) => `{${id.replaceAll('-', '')}}`],
  ['with typographic dashes', ({ id }) => id.replaceAll('-', '\u2011')],
  ['in wide letters', ({ id }) => id.replaceAll(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))],
  ['in a ticket', ({ id }) => `Hi, subscription ${id} of our customer has 20 seats too many. Thanks, Ann`],
  [
    'wrapped in a quoted mail',
    ({ id }) => `> please look at ${id.slice(0, 19)}\r\n> ${id.slice(19)}, it is\r\n> wrong`,
  ],
  ['in a mail link', ({ id }) => `mailto:help@reseller.example?subject=Subscription%20${id}%20ends`],
  ['in HTML', ({ id }) => `<td><a href="/s/${id}">${id}</a>&nbsp;</td>`],
];

const encoded = (one: string) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;

let fixture: StoryFixture;
let rows: readonly Row[];
beforeAll(async () => {
  fixture = await openStory({ connections, sandbox: ['--seed=1', '--today=2026-11-21'] });
  await succeeded(fixture.words('sync'));
  const active = ['--offline', '--filter', 'status:active'];
  const all = await listed<Row>(fixture, 'subscription', 'list', ...active);
  const named = (name: string) => all.filter((each) => each.name === name).length;
  rows = connections.map((connection) => {
    // The screen shows the name, but not always the id: the name has to tell the row.
    const own = all.filter(({ ref }) => ref.startsWith(`${connection}/`));
    const row = own.find(({ name }) => /^[\w .-]{3,40}$/.test(name) && named(name) === 1) ?? own[0];
    if (row === undefined) throw new Error(`${connection} has no active subscription.`);
    return row;
  });
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

const isUuid = ({ id }: Row) => /^[0-9a-f]{8}-/i.test(id);
/** Every kind of garbage, each with another vendor's subscription. */
const cases = (): readonly (readonly [string, Row, string])[] => {
  const uuids = rows.filter(isUuid);
  const of = (among: readonly Row[], at: number) => {
    const row = among[at % among.length];
    if (row === undefined) throw new Error('There is no such subscription.');
    return row;
  };
  return [
    ...around.map(([name, make], at) => [name, of(rows, at), make(of(rows, at))] as const),
    ...inside.map(([name, make], at) => [name, of(uuids, at), make(of(uuids, at))] as const),
  ];
};

describe.each([
  [80, 24],
  [120, 40],
])('at %i×%i', (columns, lines) => {
  test('the palette opens the subscription of an id in whatever it is pasted with', async () => {
    const person = keyboard(fixture.console({ columns, rows: lines, args: ['--offline'] }));
    await person.see('Sellers');
    for (const [name, row, text] of cases()) {
      const before = person.presses();
      person.press(':');
      await person.see('Anything');
      person.paste(text);
      await person.see('is “').catch((error: Error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      person.press('enter');
      const screen = await person.see('[Overview]');
      expect([name, screen.includes(row.name)]).toEqual([name, true]);
      await person.escape('[Overview]');
      expect(person.presses() - before).toBeLessThanOrEqual(mostPresses);
    }
  });
});

test('the command line takes the same texts for a REF, and says which it took', async () => {
  for (const [name, { ref }, text] of cases()) {
    const { code, stdout, stderr } = await fixture.words('subscription', 'show', text, '--json', '--offline');
    expect([name, code, stderr]).toEqual([name, 0, expect.stringContaining(` is ${ref}.`)]);
    expect(JSON.parse(stdout)).toMatchObject({ ref });
  }
  const [row] = rows;
  const other = await fixture.words('subscription', 'show', `elsewhere/${row?.id}`, '--json', '--offline');
  expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('There is no connection \\"elsewhere\\".')]);
});
