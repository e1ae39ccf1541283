import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Subscription } from '../../src/model/subscription.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { type Home, openHome } from './home.ts';
import { rawDates } from './raw-dates.ts';

/** The fixed day of the sandboxes and the installation. */
const today = Date.parse('2026-11-21T12:00:00Z');

let home: Home;
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 150, today: '2026-11-21' }, clock: fastClock(today) });
  await home.words('sync');
});
afterAll(() => home.close());

const plans: Readonly<Record<string, (row: Subscription) => readonly string[]>> = {
  lineworks: ({ ref, quantity }) => [
    ...[(quantity ?? 0) - 1, (quantity ?? 0) + 1].map((to) => `subscription set-quantity ${ref} ${to}`),
    ...['type=cancel', 'type=change quantity=9'].map((given) => `renewal set ${ref} ${given}`),
    ...['type=cancel', 'type=add_license quantity=3'].map((given) => `reservation create ${ref} ${given}`),
  ],
  cloudcockpit: ({ ref, quantity }) => [
    `subscription set-quantity ${ref} ${(quantity ?? 0) - 1}`,
    ...['cancel', 'suspend'].map((verb) => `subscription ${verb} ${ref}`),
  ],
  interworks: ({ ref, quantity }) => [
    ...[(quantity ?? 0) - 1, (quantity ?? 0) + 1].map((to) => `subscription set-quantity ${ref} ${to}`),
    `subscription cancel ${ref}`,
  ],
  cloudmore: ({ ref }) => [`subscription cancel ${ref} --mode delete`, `subscription set-quantity ${ref} 3`],
  vmware: ({ ref }) => [`subscription cancel ${ref}`],
};
const shown = ['subscription show', 'subscription details', 'subscription timeline', 'addon list', 'renewal show'];
const lists = [
  ...['journal list', 'request list', 'cache info', 'today', 'today --snoozed', 'handover', 'order list'],
  ...['subscription changes --since month', 'mcp log', 'subscription list --filter deadline<90d'],
];

test('people read one format of dates, whatever the vendor', async () => {
  const found: string[] = [];
  const read = async (line: string): Promise<string> => {
    const { stdout, stderr } = await home.words(...line.split(' '));
    found.push(...rawDates(`${stdout}${stderr}`).map((raw) => `${line}: ${raw}`));
    return stdout;
  };
  const filter = 'status:active -is:trial -is:addon';
  const rows = await home.words('subscription', 'list', '--offline', '--filter', filter, '--json');
  const byVendor = Map.groupBy(rows.json<readonly Subscription[]>(), ({ vendor }) => vendor);
  expect([...byVendor.keys()].toSorted()).toEqual(Object.keys(plans).toSorted());
  for (const [vendor, own] of byVendor) {
    const row = own.find(({ quantity, renewal }) => (quantity ?? 0) > 4 && renewal?.mode !== 'cancel') ?? own[0];
    if (row === undefined) throw new Error(`${vendor} has no row.`);
    const said: string[] = [];
    for (const words of shown) said.push(await read(`${words} ${row.ref}`));
    for (const words of plans[vendor]?.(row) ?? []) said.push(await read(`${words} --dry-run`));
    expect(said.join('\n')).toMatch(/\d{1,2} [A-Z][a-z]{2} 20\d\d/);
    const { stdout } = await home.words('subscription', 'cancel', row.ref, '--yes', '--confirm', row.id, '--json');
    const id = stdout === '' ? null : (JSON.parse(stdout) as { readonly journalId?: string }).journalId;
    if (id) for (const words of ['', ' --receipt']) await read(`journal show ${id}${words}`);
  }
  const [item] = (await home.words('today', '--json')).json<{ items: readonly { readonly key: string }[] }>().items;
  await read(`today snooze ${item?.key} --until 3d`);
  for (const words of lists) await read(`${words} --offline`);
  for (const { ref } of [...byVendor.values()].map(([first]) => first ?? { ref: '' })) {
    const row = (await home.words('subscription', 'show', ref, '--offline', '--json')).json<Subscription>();
    await read(`customer show ${row.connection}/${row.organization?.id} --offline`);
  }
  expect(found.join('\n')).toBe('');
}, 60_000);

test('only what people read counts as a date in another format', () => {
  const read = 'Add 2 on 2027-06-06: ends 2026-11-28 14:02, read 2026-11-21T12:00:00.000Z (2027-01-01)';
  expect(rawDates(read)).toHaveLength(4);
  const typed = '{"at":"2026-11-21"} ends<2026-12-01 since=2026-11-01 plans/2026-11-21-abc.plan 2026-11-21-abc.plan';
  expect(rawDates(typed)).toEqual([]);
});
