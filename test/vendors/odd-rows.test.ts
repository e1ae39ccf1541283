import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateWords } from '../../src/model/date-words.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { type Home, openHome } from './home.ts';

let home: Home;
let rows: readonly Subscription[];
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 3000 } });
  rows = (await home.words('subscription', 'list', '--json')).json();
});
afterAll(() => home.close());

const find = (what: string, is: (row: Subscription) => boolean): Subscription => {
  const found = rows.find(is);
  if (!found) throw new Error(`The sandbox has no ${what}.`);
  return found;
};

/** Rows of the sandbox that are hard to display, to find again or to request. */
const odd: Readonly<Record<string, () => Subscription>> = {
  'an id with a slash, spaces, a percent sign and letters beyond ASCII': () =>
    find('such id', ({ id }) => /\//.test(id) && / /.test(id) && /%/.test(id) && /[^\0-\x7f]/.test(id)),
  'an id in capitals': () => find('such id', ({ id }) => /^[0-9A-F]{8}-/.test(id) && /[A-F]/.test(id)),
  'an id beyond 2^53': () => find('such id', ({ id }) => id === '9007199254740993'),
  'a neighbour that a double would take for the same': () => find('such id', ({ id }) => id === '9007199254740992'),
  'a price with more decimals than a double holds': () =>
    find('such price', ({ prices }) => prices.some(({ amount }) => amount.replace('.', '').length > 17)),
  'no organization': () => find('such row', ({ organization }) => organization === null),
  'no reseller': () => find('such row', ({ reseller }) => reseller === null),
  'no service': () => find('such row', ({ services }) => services.length === 0),
  'many services': () => find('such row', ({ services }) => services.length > 2),
  'a status nobody has seen': () => find('such row', ({ status }) => status === 'unknown'),
  'a name that another has too': () => {
    const twice = [...Map.groupBy(rows, ({ connection, name }) => `${connection} ${name}`).values()];
    return twice.find((same) => same.length > 1)?.[1] ?? find('twin', () => false);
  },
  'no quantity': () => find('such row', ({ quantity, vendor }) => quantity === null && vendor !== 'vmware'),
  'a name of control characters': () => find('such name', ({ name }) => /Red alert/.test(name)),
};

type Shown = Subscription & { readonly raw: object };

describe.each(Object.entries(odd))('a row with %s', (_, rowOf) => {
  it('is shown by its REF as in the list, cached and live', async () => {
    const row = rowOf();
    const shown = await home.words('subscription', 'show', row.ref, '--json', '--raw');
    expect(shown.code).toBe(0);
    const { raw, ...same } = shown.json<Shown>();
    expect(same).toEqual(row);
    expect(Object.keys(raw).length).toBeGreaterThan(3);
    const live = await home.words('subscription', 'show', row.ref, '--json', '--live');
    expect(live).toMatchObject({ code: 0, stderr: '' });
    const { id, ref, quantity, organization, reseller } = row;
    expect(live.json()).toMatchObject({ id, ref, quantity, organization, reseller });
  });

  it('has details, changes, a plan and any history by that REF', async () => {
    const row = rowOf();
    const details = await home.words('subscription', 'details', row.ref, '--json');
    if (row.organization === null && row.vendor === 'cloudmore') expect(details.code).toBeLessThan(5);
    else expect(details).toMatchObject({ code: 0, stderr: '' });
    expect([0, 3, 5]).toContain((await home.words('subscription', 'history', row.ref, '--json')).code);
    expect((await home.words('subscription', 'changes', row.ref, '--json')).code).toBe(0);
    const plan = await home.words('subscription', 'cancel', row.ref, '--dry-run', '--json');
    if (plan.code === 0) expect(plan.json()).toMatchObject({ plan: [{ verb: 'cancel', ref: row.ref }] });
    else expect([2, 3, 5, 6]).toContain(plan.code);
  });

  it('is found by its id and safe on a terminal', async () => {
    const { id, ref, connection } = rowOf();
    const flags = ['--connection', connection, '--filter', `id=${JSON.stringify(id)}`];
    const found = await home.words('subscription', 'list', ...flags, '--json');
    expect(found.json<readonly Subscription[]>().map((row) => row.ref)).toEqual([ref]);
    const text =
      (await home.words('subscription', 'list', ...flags)).stdout +
      (await home.words('subscription', 'show', ref)).stdout;
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });
});

it('details and raw as text show what the JSON contains', async () => {
  const { ref } = find('VMware row', ({ vendor, services }) => vendor === 'vmware' && services.length > 0);
  const details = await home.words('subscription', 'details', ref, '--json');
  const { sections } = details.json<{ sections: readonly { fields: readonly { label: string; value: string }[] }[] }>();
  const text = (await home.words('subscription', 'details', ref)).stdout;
  for (const { label, value } of sections.flatMap(({ fields }) => fields)) {
    expect(text).toContain(label);
    expect(text).toContain(dateWords(value));
  }
  const raw = (await home.words('subscription', 'show', ref, '--raw', '--json')).json<{ raw: object }>();
  expect((await home.words('subscription', 'show', ref, '--raw')).stdout).toContain(Object.keys(raw.raw).at(-1));
});
