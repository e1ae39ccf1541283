import { afterEach, describe, expect, it } from 'vitest';
import { type Abilities, can, type Vendor } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import { reloadTabs } from '../../src/commands/keys/effects/load-tab.ts';
import { fault } from '../../src/model/fault.ts';
import type { DetailSection, HistoryEntry } from '../../src/model/subscription.ts';
import type { ConsoleState } from '../../src/state/console-state.ts';
import { topScreen } from '../../src/state/console-state.ts';
import type { SubscriptionScreen } from '../../src/state/screen.ts';
import { turnTab } from '../../src/state/updates/tabs.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, noon } from './rows.ts';

const entry = (action: string): HistoryEntry => ({
  ...{ at: '2026-11-20T08:00:00Z', by: null, field: null, from: null, to: null },
  action: safeText(action),
});

let console: TestConsole | null = null;
afterEach(() => console?.stop());

/** A console on one subscription; `asked` contains the requests for its history, which the test answers. */
async function startOn({ offline }: { readonly offline: boolean }) {
  const fixture = makeFixture(manyRows(12));
  const { context, cache } = fixture;
  const asked: PromiseWithResolvers<readonly HistoryEntry[]>[] = [];
  const history: Abilities['history'] = () => {
    const answer = Promise.withResolvers<readonly HistoryEntry[]>();
    asked.push(answer);
    return answer.promise;
  };
  const vendorOf = context.connections.vendor;
  Object.assign(context.connections, {
    vendor: async (name: string): Promise<Vendor> => {
      const vendor = await vendorOf(name);
      const { account } = context.connections.list.find((one) => one.name === name) ?? vendor;
      return { ...vendor, account, abilities: { ...vendor.abilities, history } };
    },
  });
  const started = makeConsole(fixture);
  console = started;
  started.type('S<enter>');
  if (offline) started.type('o');
  const { ref, subscription } = on(started.state());
  const { connection = '', id = '' } = subscription ?? {};
  const account = context.connections.list.find(({ name }) => name === connection)?.account ?? '';
  return {
    ...{ started, asked, ref, fixture },
    keep: (action: string, askedAt: number) =>
      cache.keepAnswer({ connection, id, read: 'history', account, askedAt, value: [entry(action)] }),
    outdate: () => cache.outdateAnswers(connection, id),
    openHistory: () => started.store.update((state) => turnTab(turnTab(state, 1), 1)),
    shown: () => on(started.state()).history,
  };
}

function on(state: ConsoleState): SubscriptionScreen {
  const screen = topScreen(state);
  if (screen.kind !== 'subscription') throw new Error('No subscription is open.');
  return screen;
}

/** Runs everything that follows from a key without an answer. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const isAsked = (asked: SubscriptionScreen['history']) => asked.kind === 'ready' && asked.asked;

describe('a tab of a subscription', () => {
  it('shows the stored answer at once, then the vendor’s', async () => {
    const { started, asked, keep, openHistory, shown } = await startOn({ offline: false });
    keep('as it was', noon - 3_600_000);
    openHistory();
    expect(shown()).toMatchObject({ kind: 'ready', asked: 'running', at: noon - 3_600_000 });
    expect(shown()).toMatchObject({ value: [{ action: 'as it was' }] });
    await turn();
    expect(asked).toHaveLength(1);
    asked[0]?.resolve([entry('as it is')]);
    await started.until((state) => isAsked(on(state).history) === 'done');
    expect(shown()).toMatchObject({ value: [{ action: 'as it is' }], at: noon, isOutdated: false });
  });

  it('reads nothing younger than freshFor, until r', async () => {
    const { started, asked, keep, openHistory, shown } = await startOn({ offline: false });
    keep('a minute old', noon - 60_000);
    openHistory();
    expect(shown()).toMatchObject({ kind: 'ready', asked: 'not-yet' });
    started.type('r');
    await turn();
    expect(asked).toHaveLength(1);
    expect(shown()).toMatchObject({ value: [{ action: 'a minute old' }], asked: 'running' });
  });

  it('reads again after a write, however recent the answer', async () => {
    const { asked, keep, outdate, openHistory, fixture } = await startOn({ offline: false });
    keep('before the write', noon - 1_000);
    fixture.advance(1_000);
    outdate();
    openHistory();
    await turn();
    expect(asked).toHaveLength(1);
  });

  it('keeps what it shows if the vendor cannot be read, and gives the reason', async () => {
    const { started, asked, keep, openHistory, shown } = await startOn({ offline: false });
    keep('as it was', noon - 3_600_000);
    openHistory();
    await turn();
    expect(asked).toHaveLength(1);
    const silent = fault('unreachable', 'api.example.com does not accept connections.', 'Check the network.');
    asked[0]?.reject(silent);
    await started.until((state) => typeof isAsked(on(state).history) === 'object');
    expect(shown()).toMatchObject({ value: [{ action: 'as it was' }], asked: silent.fault });
  });

  it('offline shows stored answers, names missing ones and reads them once online', async () => {
    const { started, asked, keep, openHistory, shown } = await startOn({ offline: true });
    started.store.update((state) => turnTab(state, 1));
    expect(on(started.state()).addons).toEqual({ kind: 'not-kept' });
    keep('as it was', noon - 3_600_000);
    started.store.update((state) => turnTab(state, 1));
    expect(shown()).toMatchObject({ kind: 'ready', value: [{ action: 'as it was' }], asked: 'not-yet' });
    expect(asked).toEqual([]);
    started.type('o');
    await turn();
    expect(asked).toHaveLength(1);
    openHistory();
  });

  it('says offline of what the connection cannot read that it cannot', async () => {
    const { started, shown } = await startOn({ offline: true });
    const because = { no: 'There is no history.', because: 'vendor' } as const;
    Object.assign(started.deps.context.connections, { whyNot: async () => because });
    started.store.update((state) => turnTab(turnTab(state, 1), 1));
    expect(shown()).toEqual({ kind: 'not-kept' });
    await turn();
    expect(shown()).toEqual({ kind: 'no', reason: because.no });
  });

  it('stores what it read for offline use', async () => {
    const { started, asked, openHistory, ref, shown, fixture } = await startOn({ offline: false });
    openHistory();
    expect(shown().kind).toBe('loading');
    await turn();
    expect(asked).toHaveLength(1);
    asked[0]?.resolve([entry('as it is')]);
    await started.until((state) => on(state).history.kind === 'ready');
    started.type('o');
    reloadTabs(started.store, started.deps, [ref]);
    expect(shown()).toMatchObject({ kind: 'ready', value: [{ action: 'as it is' }], asked: 'not-yet' });
    expect(fixture.sent).toEqual([]);
  });
});

it('a section of details is the same tab, stored or read', async () => {
  const { started, ref } = await startOn({ offline: false });
  const vendor = await started.deps.context.connections.vendor(on(started.state()).subscription?.connection ?? '');
  const { details } = vendor.abilities;
  const row = on(started.state()).subscription;
  if (!can(details) || row === null) throw new Error('The fixture has details.');
  const sections: readonly DetailSection[] = await details(row);
  started.store.update((state) => turnTab(turnTab(turnTab(state, 1), 1), 1));
  await started.until((state) => on(state).details.kind === 'ready');
  started.type('o');
  reloadTabs(started.store, started.deps, [ref]);
  expect(on(started.state()).details).toMatchObject({ kind: 'ready', value: sections });
});
