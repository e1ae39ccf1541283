import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, openHome } from './home.ts';

interface Place {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly connections: readonly string[];
  readonly linked: { readonly customer: string; readonly by: string; readonly at: string } | null;
}
interface Listed {
  readonly customer: string;
  readonly state: 'linked' | 'suggested';
  readonly organizations: readonly Place[];
  readonly next: string | null;
}
interface Page {
  readonly name: string;
  readonly linked: boolean;
  readonly organizations: readonly Place[];
  readonly suggestion: {
    readonly customer: string;
    readonly organizations: readonly Place[];
    readonly next: string;
  } | null;
  readonly subscriptions: readonly { readonly ref: string; readonly organization: { readonly id: string } }[];
  readonly addons: readonly { readonly id: string; readonly name: string; readonly ref: string }[];
  readonly addonsNotRead: { readonly subscriptions: number; readonly next: readonly string[] };
  readonly deadlines: readonly { readonly organization: string }[];
  readonly money: { readonly sums: readonly { readonly subscriptions: number }[]; readonly withoutPrice: number };
}

let home: Home;
let suggested: Listed;
const reference = ({ connections: [first = ''], id }: Place) => `${first}/${id}`;
const places = () => suggested.organizations.map(reference);

beforeAll(async () => {
  home = await openHome();
  expect((await home.words('sync')).code).toBe(0);
  const listed = (await home.words('customer', 'list', '--json')).json<readonly Listed[]>();
  const [first] = listed.filter(
    ({ state, organizations: [one, two, ...others] }) =>
      state === 'suggested' && one?.name === two?.name && others.length === 0,
  );
  if (first === undefined) throw new Error('The sandbox has no customer at two vendors.');
  suggested = first;
});
afterAll(() => home.close());

const show = async (...words: readonly string[]) => {
  const { code, json } = await home.words('customer', 'show', ...words, '--json', '--offline');
  expect(code).toBe(0);
  return json<Page>();
};
const failed = async (...words: readonly string[]) => {
  const { code, stdout, stderr } = await home.words('customer', ...words, '--json');
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  return { code, ...JSON.parse(stderr).error };
};

test('a name of two organizations exits 2 and gives the command that links them', async () => {
  const { code, message, next } = await failed('show', suggested.customer);
  expect(code).toBe(2);
  for (const place of places()) {
    expect(message).toContain(place);
    expect(next).toContain(place);
  }
  const [first = ''] = places();
  const page = await show(first);
  expect([page.linked, page.organizations.map(reference)]).toEqual([false, [first]]);
  expect(page.suggestion?.organizations.map(reference).toSorted()).toEqual(places().toSorted());
  expect(page.suggestion?.next).toContain('subdeck customer link ');
});

test('suggests a customer that has another name elsewhere by its domain', async () => {
  const listed = (await home.words('customer', 'list', '--json')).json<readonly Listed[]>();
  const [byDomain] = listed.filter(({ organizations }) =>
    organizations.some(({ name }) => name === 'Lindholm Shipping'),
  );
  expect(byDomain?.organizations.map(({ name, domain }) => [name, domain])).toEqual([
    ['Lindholm Rederi AS', 'lindholm-rederi.example'],
    ['Lindholm Shipping', 'lindholm-rederi.example'],
  ]);
  const [place = ''] = (byDomain?.organizations ?? []).map(reference);
  const { stdout } = await home.words('customer', 'show', place, '--offline');
  expect(stdout).toContain('Same domain (lindholm-rederi.example), perhaps the same customer');
  const { code, message } = await failed('show', 'Lindholm-Rederi.example');
  expect([code, message]).toEqual([2, expect.stringContaining(' fits 2: ')]);
});

test('bad names and organizations exit 2 or 3 with one line, and change nothing', async () => {
  const [first = ''] = places();
  expect(await failed('show', 'Nobody Ltd')).toMatchObject({ code: 3, kind: 'missing' });
  expect(await failed('show', '')).toMatchObject({ code: 3 });
  expect(await failed('link', 'Acme', 'nowhere/1')).toMatchObject({ code: 3, kind: 'missing' });
  expect(await failed('link', 'Acme', first, 'vmware/none-such')).toMatchObject({ code: 3, connection: 'vmware' });
  expect(await failed('link', 'Acme', 'no-slash')).toMatchObject({ code: 2, kind: 'usage' });
  for (const name of ['', ' ', 'a\u202eb', 'a\nb', 'x'.repeat(1_000_000)]) {
    expect((await failed('link', name, first)).code).toBe(2);
  }
  expect(await failed('unlink', 'Nobody Ltd', first)).toMatchObject({ code: 3 });
  const listed = (await home.words('customer', 'list', '--json')).json<readonly Listed[]>();
  expect(listed.filter(({ state }) => state === 'linked')).toEqual([]);
});

test('links two organizations once, shows them on one page offline, and unlinks them', async () => {
  const [first = '', second = ''] = places();
  const linked = await home.words('customer', 'link', 'One Customer', first, second, '--json');
  expect([linked.code, linked.json<{ changed: number }>().changed]).toEqual([0, 2]);
  const again = await home.words('customer', 'link', ' ONE customer', second, '--json');
  expect([again.code, again.json<{ changed: number }>().changed]).toEqual([0, 0]);
  expect(await failed('link', 'Other', second)).toMatchObject({ code: 2, kind: 'usage' });
  const page = await show('one customer');
  expect(page).toMatchObject({ name: 'One Customer', linked: true, suggestion: null });
  expect(page.organizations.map(({ linked: said }) => said?.customer)).toEqual(['One Customer', 'One Customer']);
  const singles = await Promise.all(
    suggested.organizations.map(async ({ connections: [connection = ''], id }) => {
      const within = `organization=${connection}/${id}`;
      const list = await home.words('subscription', 'list', '--within', within, '--json', '--offline');
      return list.json<readonly { ref: string }[]>().map(({ ref }) => ref);
    }),
  );
  const whole = singles.flat().toSorted();
  expect(whole.length).toBeGreaterThan(1);
  expect(page.subscriptions.map(({ ref }) => ref).toSorted()).toEqual(whole);
  const priced = page.money.sums.reduce((sum, { subscriptions }) => sum + subscriptions, 0);
  expect(priced + page.money.withoutPrice).toBeLessThanOrEqual(whole.length);
  // The name of either organization finds it too.
  expect((await show(suggested.customer)).name).toBe('One Customer');
  const text = (await home.words('customer', 'show', 'One Customer', '--offline')).stdout;
  for (const part of ['Money', 'Deadlines', 'Open requests', 'Subscriptions', 'Add-ons', 'Changes', 'Journal']) {
    expect(text).toContain(`\n${part}`);
  }
  expect((await home.words('customer', 'unlink', 'One Customer', first, second, '--json')).code).toBe(0);
  expect(await failed('show', 'One Customer')).toMatchObject({ code: 3 });
  const listed = (await home.words('customer', 'list', '--json')).json<readonly Listed[]>();
  expect(listed.some(({ customer }) => customer === suggested.customer)).toBe(false);
});

test('finds add-ons over all subscriptions, once the given command has read them', async () => {
  const organizations = (await home.words('organization', 'list', '--connection', 'interworks', '--json')).json<
    readonly { id: string; counts: { subscriptions: number } }[]
  >();
  const [most] = organizations.toSorted((one, other) => other.counts.subscriptions - one.counts.subscriptions);
  const place = `interworks/${most?.id}`;
  const before = await show(place);
  expect(before.addonsNotRead).toEqual({
    subscriptions: before.subscriptions.length,
    next: [`subdeck sync --details --within organization=${place}`],
  });
  const [, ...words] = (before.addonsNotRead.next[0] ?? '').split(' ');
  expect((await home.words(...words)).code).toBe(0);
  const after = await show(place);
  expect(after.addonsNotRead.subscriptions).toBe(0);
  const [addon] = after.addons;
  if (addon === undefined) throw new Error('The sandbox gives no add-ons.');
  for (const text of [addon.id.toUpperCase(), addon.name]) {
    expect((await show(place, '--search', text)).addons.map(({ id }) => id)).toContain(addon.id);
  }
  expect((await show(place, '--search', 'no such add-on')).addons).toEqual([]);
});
