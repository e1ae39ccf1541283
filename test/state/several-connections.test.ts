import { expect, onTestFinished, test, vi } from 'vitest';
import { cloudmoreDeadlines } from '../../src/api/cloudmore/deadlines.ts';
import { cloudmore } from '../../src/api/cloudmore/vendor.ts';
import { chargingOf } from '../../src/api/vendor-kind.ts';
import type { Request } from '../../src/model/request.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { readAlike } from '../../src/screens/table/alike.ts';
import { levelScreen, subscriptionScreen, subscriptionsScreen } from '../../src/state/new-screens.ts';
import type { SubscriptionsScreen } from '../../src/state/screen.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { frameOf } from '../screens/frame.tsx';
import { named, row } from '../store/rows.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { noon } from './rows.ts';

const account = 'cloudmore https://api.example.com';
const views = ['seller', 'reseller'].map((name) => {
  return {
    name,
    title: name,
    vendor: 'cloudmore',
    deadlines: cloudmoreDeadlines,
    charging: chargingOf(cloudmore, {}),
    impliedLevels: [],
    portal: () => ({ no: 'The address of the portal is not known.' }),
    account,
  } as const;
});

/** A console on a cache with a seller and its reseller. */
function start(rows: readonly Subscription[], size = { columns: 80, rows: 24 }) {
  const fixture = makeFixture(
    rows,
    views.map((view) => ({ ...view, implied: view.impliedLevels })),
  );
  Object.assign(fixture.context, { connections: { ...fixture.context.connections, list: views } });
  const console = makeConsole(fixture, size);
  return { fixture, console };
}

const both = (id: string, over: Partial<Parameters<typeof row>[0]> = {}) =>
  ['reseller', 'seller'].map((connection) =>
    row({ id, connection, name: 'Mail Pro', organization: named('o', 'Acme'), quantity: 10, ...over }),
  );
const everything = (console: TestConsole) => console.store.update((state) => push(state, subscriptionsScreen([])));
const list = (console: TestConsole): SubscriptionsScreen => {
  const screen = console.screen();
  if (screen.kind !== 'subscriptions') throw new Error('It shows no subscriptions.');
  return screen;
};

test('the title counts a subscription once and shows the number of rows', () => {
  const { console } = start([
    ...both('1'),
    ...both('2', { status: 'suspended' }),
    row({ id: '3', connection: 'seller' }),
  ]);
  everything(console);
  expect(frameOf(console).join('\n')).toContain('Subscriptions 3 in 5 rows');
  console.type('/status:active<enter>');
  expect(frameOf(console).join('\n')).toMatch(
    /Subscriptions 3 in 5 rows {3}filter: status:active \(2 in 3 rows shown\)/,
  );
  console.type('<escape>/name:3<enter>');
  expect(frameOf(console).join('\n')).toMatch(/Subscriptions 3 in 5 rows {3}filter: name:3 \(1 shown\)/);
  console.stop();
});

test('a narrow title keeps the filter whole, rather than the number of all rows', () => {
  const { console } = start([...both('1'), ...both('2', { status: 'suspended' })]);
  everything(console);
  console.type('/status:active qty>1 name:pro');
  expect(frameOf(console)[1]).toMatch(/^ Subscriptions 2 {3}\/ status:active qty>1 name:pro {4}1 in 2 rows shown/);
  console.type('<enter>');
  expect(frameOf(console)[1]).toMatch(/^ Subscriptions 2 {3}.*status:active qty>1 name:pro \(1 in 2 rows shown\)/);
  console.stop();
});

test('marking both rows counts one subscription', () => {
  const price = [{ kind: 'list', amount: '7.00', currency: null }] as const;
  const { console } = start([...both('1', { prices: price }), row({ id: '3', connection: 'seller', quantity: 1 })]);
  everything(console);
  console.type('*');
  expect(list(console).marks.size).toBe(3);
  expect(list(console).marked?.totals).toEqual({
    subscriptions: 2,
    seats: 11,
    costs: [{ kind: 'list', period: null, covers: 'all', subscriptions: 1, currency: null, amount: '70.00' }],
    withoutPrice: 1,
  });
  expect(frameOf(console).join('\n')).toContain(
    '3 marked (2 subscriptions), 11 seats, 70.00 (list), 1 without a price',
  );
  console.stop();
});

test.each([60, 80, 200])('%i columns show the connection of rows that look the same, in every list', (columns) => {
  const { console } = start(both('1', { reseller: named('r', 'Nordic IT'), services: [named('v', 'Mail')] }), {
    columns,
    rows: 24,
  });
  const connections = (text: string) =>
    frameOf(console)
      // Beside a list of 200 columns stands the row under the cursor.
      .map((line) => line.split('│')[0] ?? '')
      .filter((line) => line.includes(text))
      .map((line) => /\b(?:re)?seller\b/.exec(line)?.[0])
      .sort();
  everything(console);
  expect(connections('Mail Pro')).toEqual(['reseller', 'seller']);
  const look = { columns: ['status', 'seats'], sort: [] };
  console.store.update((state) => ({ ...state, looks: { subscriptions: look, organization: look } }));
  expect(connections('Mail Pro')).toEqual(['reseller', 'seller']);
  const names = { reseller: 'Nordic IT', organization: 'Acme', service: 'Mail' } as const;
  for (const level of ['reseller', 'organization', 'service'] as const) {
    console.store.update((state) => push(state, levelScreen([], level)));
    expect(connections(names[level])).toEqual(['reseller', 'seller']);
  }
  console.stop();
});

test('a request sent through one connection shows on the row of the other', () => {
  const { fixture, console } = start(both('1'), { columns: 120, rows: 24 });
  const request: Request = {
    ...{ id: 'q-1', ref: 'seller/1', state: 'running', vendorState: null, vendorRequestId: null, from: 10, to: 8 },
    ...{ startedAt: new Date(noon).toISOString(), checkedAt: null, nextCheckAt: null, answeredDone: false },
  };
  fixture.requests.push(request);
  fixture.emit({ kind: 'changed', request });
  everything(console);
  expect(frameOf(console).filter((line) => line.includes('10 → 8'))).toHaveLength(2);
  console.stop();
});

test('a write through one connection refreshes the row of the other', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { fixture, console } = start(both('1'), { columns: 120, rows: 24 });
  const asked: string[] = [];
  fixture.context.sync.refreshOne = (ref) => {
    asked.push(ref);
    return Promise.resolve();
  };
  console.store.update((state) => push(state, subscriptionScreen([], 'reseller/1')));
  console.type('a');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  console.type('<enter>');
  await console.until(({ overlay }) => overlay?.kind === 'form');
  console.type('8');
  console.type('<enter>');
  await console.until(({ overlay }) => overlay?.kind === 'plan');
  console.drawPlan();
  fixture.advance(300);
  console.type('y');
  vi.advanceTimersByTime(100);
  fixture.advance(100);
  await console.until(({ overlay }) => overlay?.kind === 'result');
  expect(fixture.sent.map(({ ref }) => ref)).toEqual(['reseller/1']);
  expect(asked).toEqual(['seller/1']);
  console.stop();
});

test('the connection distinguishes rows that look the same', () => {
  const text = ({ said }: { readonly said: string }) => said;
  const connection = (row: { readonly connection: string }) => row.connection;
  const [one, same, other] = [
    { said: 'Mail', connection: 'a' },
    { said: 'Mail', connection: 'b' },
    { said: 'Backup', connection: 'b' },
  ];
  expect(readAlike([one, same], text, connection)).toBe(true);
  expect(readAlike([one, one, other], text, connection)).toBe(false);
});
