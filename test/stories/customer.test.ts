import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { openStory, type StoryFixture } from './fixture.ts';
import { keyboard } from './keyboard.ts';

interface Organization {
  readonly id: string;
  readonly connections: readonly string[];
  readonly linked: { readonly customer: string } | null;
}
interface Listed {
  readonly customer: string;
  readonly state: 'linked' | 'suggested';
  readonly organizations: readonly Organization[];
}

let fixture: StoryFixture;
/** Customers at three vendors or more: each story takes another one. */
let suggested: readonly Listed[];
beforeAll(async () => {
  const connections = ['cloudmore-seller', 'interworks', 'vmware', 'lineworks', 'cloudcockpit'];
  fixture = await openStory({ connections });
  expect((await fixture.words('sync')).code).toBe(0);
  suggested = (await listed()).filter(
    ({ customer, organizations }) => organizations.length >= 3 && /^[\w .&-]+$/.test(customer),
  );
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

async function listed(): Promise<readonly Listed[]> {
  return (await fixture.words('customer', 'list', '--json')).json<readonly Listed[]>();
}

const mostKeys = 40;

function customerNumber(at: number): Listed {
  const found = suggested[at];
  if (found === undefined) throw new Error(`The sandbox has ${suggested.length} customers at three vendors.`);
  return found;
}

test.each([
  { at: 0, columns: 80, rows: 24 },
  { at: 1, columns: 120, rows: 40 },
])('reviews a customer at three vendors by keys, at $columns×$rows', async ({ at, ...size }) => {
  const { customer, organizations } = customerNumber(at);
  const person = keyboard(fixture.console(size));
  let keys = 0;
  const press = (...given: string[]) => {
    keys += given.length;
    person.press(...given);
  };
  await person.see('Sellers');
  press(':');
  await person.see('Anything');
  // Pasted from the ticket.
  person.type(customer);
  await person.see(`${organizations.length} organizations with this name`);
  press('enter');
  await person.see(`Customer ▸ ${customer}`);
  await person.see('same name at');
  press('=');
  await person.see(`${organizations.length} organizations are one customer now`);
  const page = (await fixture.words('customer', 'show', customer, '--json', '--offline')).json<{
    readonly subscriptions: readonly unknown[];
    readonly deadlines: readonly unknown[];
  }>();
  await person.see(`[Subscriptions ${page.subscriptions.length}]`);
  for (const tab of ['[Add-ons', '[Requests', '[Deadlines', '[Changes', '[Journal']) {
    press('tab');
    await person.see(tab);
  }
  press('1');
  await person.see('[Subscriptions');
  press('enter');
  await person.see('Overview');
  press('escape');
  await person.see('[Subscriptions');
  press('q');
  expect(keys).toBeLessThanOrEqual(mostKeys);
  expect((await listed()).find((each) => each.customer === customer)).toMatchObject({
    state: 'linked',
    organizations: organizations.map(({ id }) => ({ id, linked: { customer } })),
  });
});

test('reviews a customer at three vendors by words', async () => {
  // The two by keys are linked by now.
  const found = (await listed()).find(({ state, organizations }) => state === 'suggested' && organizations.length >= 3);
  if (found === undefined) throw new Error('The sandbox has no third customer at three vendors.');
  const { customer, organizations } = found;
  const places = organizations.map(({ connections: [connection = ''], id }) => `${connection}/${id}`);
  const several = await fixture.words('customer', 'show', customer);
  expect([several.code, several.stderr]).toEqual([2, expect.stringContaining('subdeck customer link')]);
  expect((await fixture.words('customer', 'link', customer, ...places)).code).toBe(0);
  const page = await fixture.words('customer', 'show', customer);
  expect(page.code).toBe(0);
  for (const place of places) expect(page.stdout).toContain(place);
  for (const part of ['Money', 'Deadlines', 'Subscriptions', 'Add-ons', 'Journal']) expect(page.stdout).toContain(part);
});
