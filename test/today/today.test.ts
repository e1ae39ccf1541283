import { describe, expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { fault } from '../../src/model/fault.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { handover } from '../../src/today/handover.ts';
import { today } from '../../src/today/today.ts';
import { leftOutSentences, todayTitle } from '../../src/today/today-words.ts';
import { fill, named, noon, row } from '../store/rows.ts';
import { openToday } from './fixture.ts';

const reader = { now: noon, zone: 'UTC', limit: 5 };
const auto = { mode: 'auto', quantity: null, productId: null, plan: null } as const;

/** A seller and one of its resellers, in this order. */
function twoViews() {
  const fixture = openToday();
  const shared = {
    title: '',
    vendor: 'cloudmore',
    impliedLevels: [],
    account: 'cloudmore https://api.example.com',
  } as const;
  fixture.cache.declareConnections(['nordic', 'reseller'].map((name) => ({ name, ...shared })));
  return { ...fixture, connections: ['nordic', 'reseller'], accountOf: () => shared.account };
}

/** Without what nothing was read of. */
function written(fixture: ReturnType<typeof openToday>, now = noon) {
  return today(fixture, { ...reader, now }).items.filter(({ kind }) => kind !== 'unread');
}

function ofCache(...rows: readonly Subscription[]) {
  const fixture = openToday();
  fill(fixture.cache, rows);
  return today(fixture, reader);
}

describe('from the cache', () => {
  test('lists windows, trials and renewals with their deadline, earliest first', () => {
    const acme = { organization: named('o-1', 'Acme Oy'), vendor: 'cloudcockpit' } as const;
    const { items, leftOut, missing } = ofCache(
      row({ id: 'a', ...acme, name: 'Mail', endsAt: '2026-12-15T00:00:00Z', renewal: auto, quantity: 25 }),
      row({
        id: 'b',
        ...acme,
        name: 'Backup',
        cancellableUntil: '2026-11-23T16:00:00Z',
        prices: [{ kind: 'list', amount: '42.00', currency: safeText('EUR') }],
        quantity: 1,
      }),
      row({ id: 'c', ...acme, name: 'Voice', isTrial: true, endsAt: '2026-11-27T12:00:00Z', renewal: auto }),
      row({ id: 'd', endsAt: '2026-12-01T00:00:00Z', status: 'cancelled' }),
      row({ id: 'e', endsAt: '2027-03-01T00:00:00Z' }),
    );
    expect(items.map(({ kind, urgency, ref, deadline }) => [kind, urgency, ref, deadline?.remaining])).toEqual([
      ['cancellation', 'soon', 'nordic/b', '2 d 4 h'],
      ['trial', 'soon', 'nordic/c', '6 d 0 h'],
      ['renewal', 'later', 'nordic/a', '23 d 12 h'],
    ]);
    expect(items[0]).toMatchObject({
      organization: { name: 'Acme Oy' },
      name: 'Backup',
      seats: 1,
      money: [{ amount: '42.00', currency: 'EUR' }],
    });
    expect(items[1]?.why).toBe('the trial becomes a paid subscription');
    expect(items[2]).toMatchObject({
      why: 'it renews automatically',
      next: { words: expect.stringContaining('autoRenew=false'), key: 'a' },
    });
    expect([leftOut, missing]).toEqual([{}, []]);
  });

  test.each([
    ['cloudcockpit', 'auto', 'soon', 'the trial becomes a paid subscription'],
    ['lineworks', 'auto', 'soon', 'the trial becomes a paid subscription'],
    ['lineworks', 'change', 'soon', 'the trial becomes a paid subscription'],
    ['lineworks', 'cancel', 'soon', 'the trial ends'],
    ['lineworks', 'manual', 'now', 'the trial ends'],
    ['lineworks', null, 'now', 'the trial ends'],
  ] as const)('a trial at %s that ends in hours, renewal %s, is %s', (vendor, mode, urgency, why) => {
    const renewal = mode === null ? null : { ...auto, mode };
    const { items } = ofCache(row({ id: 'a', vendor, isTrial: true, endsAt: '2026-11-21T15:00:00Z', renewal }));
    expect(items).toMatchObject([{ kind: 'trial', urgency, why }]);
  });

  test('a day without a time lasts until it is over', () => {
    const { items } = ofCache(
      row({ id: 'tomorrow', endsAt: '2026-11-22' }),
      row({ id: 'today', endsAt: '2026-11-21' }),
      row({ id: 'yesterday', endsAt: '2026-11-20' }),
      row({ id: 'midnight', endsAt: '2026-11-21T00:00:00Z' }),
      row({ id: 'morning', endsAt: '2026-11-21T08:00:00Z' }),
      row({ id: 'evening', endsAt: '2026-11-21T20:00:00Z' }),
      row({ id: 'noon', endsAt: '2026-11-22T12:00:00Z' }),
    );
    const ahead = items.filter(({ kind }) => kind !== 'ended');
    expect(ahead.map(({ ref, deadline }) => [ref, deadline?.remaining])).toEqual([
      ['nordic/evening', '8 h 0 min'],
      ['nordic/today', 'today'],
      ['nordic/noon', '1 d 0 h'],
      ['nordic/tomorrow', '1 d'],
    ]);
  });

  test('never leaves out what is due within a day, only what is due later', () => {
    const all = Array.from({ length: 9 }, (_, index) => row({ id: `day${index}`, endsAt: '2026-11-21' }));
    const late = Array.from({ length: 9 }, (_, index) => row({ id: `late${index}`, endsAt: '2026-11-29' }));
    const near = ofCache(...all, row({ id: 'hour', endsAt: '2026-11-21T13:00:00Z' }), ...late);
    expect(near.items[0]).toMatchObject({ ref: 'nordic/hour', brief: 'ends or renews' });
    expect([near.items.length, near.leftOut]).toEqual([19, {}]);
    const far = ofCache(...late);
    expect([far.items.length, far.leftOut]).toEqual([5, { renewal: 4 }]);
  });

  test('a day ends in UTC, whatever the local day is', () => {
    const fixture = openToday();
    fill(fixture.cache, [row({ id: '20th', endsAt: '2026-11-20' }), row({ id: '21st', endsAt: '2026-11-21' })]);
    const at = (now: string, zone: string) => {
      fixture.clock.set(Date.parse(now));
      const { items } = today(fixture, { now: fixture.clock.now(), zone, limit: 5 });
      return items.filter(({ kind }) => kind !== 'ended').map(({ ref }) => ref);
    };
    expect(at('2026-11-21T03:00:00Z', 'America/Los_Angeles')).toEqual(['nordic/21st']);
    expect(at('2026-11-20T20:00:00Z', 'Asia/Tokyo')).toEqual(['nordic/20th', 'nordic/21st']);
  });

  test('lists suspended and failed rows and counts what is left out', () => {
    const rows = Array.from({ length: 8 }, (_, index) =>
      row({ id: `s${index}`, status: 'suspended', quantity: index }),
    );
    const found = ofCache(...rows, row({ id: 'e', status: 'error' }));
    expect(found.items.map(({ kind, ref }) => `${kind} ${ref}`)).toEqual([
      'error nordic/e',
      ...[7, 6, 5, 4, 3].map((index) => `suspended nordic/s${index}`),
    ]);
    expect(found.leftOut).toEqual({ suspended: 3 });
    expect(leftOutSentences(found)).toMatchObject([{ label: '3 more suspended subscriptions' }]);
    expect(todayTitle(found, noon)).toBe('0 now · 1 this week · 5 later · 3 not shown');
  });

  test('names connections that failed, were never read, or are old', () => {
    const fixture = openToday();
    fill(fixture.cache, [row({ id: 'a' })]);
    fixture.cache.declareConnections([
      { name: 'line', title: 'Line', vendor: 'lineworks', impliedLevels: [], account: null },
    ]);
    fixture.cache.noteFault('nordic', fault('unreachable', 'It does not answer.', 'Try later.').fault);
    fixture.clock.set(noon + 26 * 3_600_000);
    const found = today({ ...fixture, connections: ['nordic', 'line'] }, { ...reader, now: fixture.clock.now() });
    expect(found.items).toMatchObject([
      {
        ...{ kind: 'connection', urgency: 'now', why: 'could not be read: It does not answer', advice: 'Try later' },
        next: { words: 'subdeck sync nordic', key: 'r' },
      },
      { kind: 'unread', urgency: 'soon', connection: 'line', why: 'line has not been read yet' },
    ]);
    expect(found.missing.map(({ message }) => message)).toEqual([
      'nordic was last read 1 d 2 h ago.',
      'line has not been read yet.',
    ]);
  });
});

describe('from the journal', () => {
  const target = row({ id: 's1', vendor: 'interworks', organization: named('o-1', 'Acme Oy'), name: 'Mail' });

  test('unknown writes come first, with the command that settles them', async () => {
    const fixture = openToday();
    const id = await fixture.wrote('unknown', { target }, 'No answer came.');
    await fixture.wrote('refused', { ref: 'nordic/s2' }, 'Below the minimum.');
    const items = written(fixture);
    expect(items).toMatchObject([
      {
        kind: 'unknown',
        name: 'Mail',
        organization: { name: 'Acme Oy' },
        journalId: id,
        next: { words: `subdeck journal settle ${id}`, key: 'a' },
      },
      { kind: 'failed', ref: 'nordic/s2', why: 'Lower Backup 100 from 25 to 20: Below the minimum' },
    ]);
  });

  test('a failure is dropped once the same write was retried, or after a week', async () => {
    const fixture = openToday();
    await fixture.ago(8 * 24 * 60, () => fixture.wrote('refused', { ref: 'nordic/old' }));
    await fixture.ago(60, () => fixture.wrote('refused', { ref: 'nordic/again' }));
    await fixture.ago(50, () => fixture.wrote('done', { ref: 'nordic/again' }));
    await fixture.ago(40, () => fixture.wrote('refused', { ref: 'nordic/twice' }));
    const last = await fixture.ago(30, () => fixture.wrote('refused', { ref: 'nordic/twice' }));
    expect(written(fixture).map(({ journalId }) => journalId)).toEqual([last]);
  });

  test('a request is stuck if it takes much longer than usual, or an hour', async () => {
    const fixture = openToday();
    await fixture.ago(20, () => fixture.requested(target));
    expect(written(fixture)).toEqual([]);
    const usual = () => 2 * 60_000;
    expect(written({ ...fixture, usual })).toMatchObject([
      {
        kind: 'stuck',
        why: expect.stringContaining('working on it for 20 min; such a change usually takes 2 min here'),
      },
    ]);
    expect(written({ ...fixture, usual: () => 10 * 60_000 })).toEqual([]);
    expect(written(fixture, noon + 41 * 60_000)).toMatchObject([{ kind: 'stuck' }]);
  });

  test('a draft without a checkout expires a week after it was made', async () => {
    const fixture = openToday();
    await fixture.ago(5 * 24 * 60, () => fixture.drafted('4711', 'nordic/s1'));
    const draft = written(fixture).find(({ kind }) => kind === 'draft');
    expect(draft).toMatchObject({
      urgency: 'soon',
      deadline: { at: '2026-11-23T12:00:00.000Z', remaining: '2 d 0 h' },
    });
    expect(draft?.why).toContain('4711');
    expect(written(fixture, noon + 3 * 86_400_000).some(({ kind }) => kind === 'draft')).toBe(false);
  });

  test('a draft of a vendor without an expiry rule has no line', async () => {
    const fixture = openToday();
    await fixture.ago(60, () => fixture.drafted('4711', 'nordic/s1', 'cloudmore https://api.cloudmore.com'));
    expect(written(fixture).filter(({ kind }) => kind === 'draft')).toEqual([]);
  });
});

describe('of a subscription that two connections show', () => {
  test('a deadline, a suspension and an error are one line each, of the first connection', () => {
    const fixture = twoViews();
    for (const connection of ['nordic', 'reseller']) {
      const rows = [
        row({ connection, id: 'ends', endsAt: '2026-12-01' }),
        row({ connection, id: 'stands', status: 'suspended' }),
        row({ connection, id: 'fails', status: 'error' }),
        row({ connection, id: `only of ${connection}`, endsAt: '2026-12-02' }),
      ];
      fill(fixture.cache, rows, {}, connection);
    }
    const { items, leftOut } = today(fixture, reader);
    expect(items.map(({ ref }) => ref)).toEqual([
      ...['nordic/fails', 'nordic/ends', 'nordic/only of nordic', 'reseller/only of reseller', 'nordic/stands'],
    ]);
    expect(leftOut).toEqual({});
    expect(today({ ...fixture, connections: ['reseller'] }, reader).items).toHaveLength(4);
  });

  test('two readings of one date are one line', () => {
    const fixture = twoViews();
    fill(fixture.cache, [row({ id: 'a', endsAt: '2026-11-21' })]);
    fill(fixture.cache, [row({ connection: 'reseller', id: 'a', endsAt: '2026-11-21T23:00:00Z' })], {}, 'reseller');
    const { items, leftOut } = today(fixture, reader);
    expect(items).toHaveLength(1);
    expect(leftOut).toEqual({});
  });

  test('a refusal is dropped once the same was tried through the other connection', async () => {
    const fixture = twoViews();
    for (const connection of ['nordic', 'reseller'])
      fill(fixture.cache, [row({ connection, id: 's1' })], {}, connection);
    await fixture.ago(10, () => fixture.wrote('refused', { ref: 'reseller/s1' }));
    expect(written(fixture).map(({ kind }) => kind)).toEqual(['failed']);
    await fixture.ago(5, () => fixture.wrote('done', { ref: 'nordic/s1' }));
    expect(written(fixture)).toEqual([]);
  });
});

describe('the urgency "now"', () => {
  const inHours = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();
  const mode = (name: 'auto' | 'manual' | 'cancel' | 'change') => ({ ...auto, mode: name });
  const urgencies = (...rows: readonly Subscription[]) =>
    Object.fromEntries(ofCache(...rows).items.map(({ ref, urgency }) => [ref?.split('/')[1], urgency]));

  test('contains what a person must decide within a day, not automatic renewals', () => {
    const vendor = 'cloudcockpit' as const;
    expect(
      urgencies(
        row({ id: 'renews', vendor, endsAt: inHours(5), renewal: mode('auto') }),
        row({ id: 'changes', vendor, endsAt: inHours(5), renewal: mode('change') }),
        row({ id: 'ends', vendor, endsAt: inHours(5), renewal: mode('cancel') }),
        row({ id: 'manual', vendor, endsAt: inHours(5), renewal: mode('manual') }),
        row({ id: 'tomorrow', vendor, endsAt: inHours(25), renewal: mode('manual') }),
        row({ id: 'window', vendor, cancellableUntil: inHours(23) }),
        row({ id: 'next week', vendor, cancellableUntil: inHours(8 * 24) }),
      ),
    ).toEqual({
      ...{ renews: 'later', changes: 'later', ends: 'soon', manual: 'now', tomorrow: 'soon' },
      ...{ window: 'now', 'next week': 'later' },
    });
  });

  test('excludes what nobody can change', () => {
    // VMware's API gives no date for cancellations and takes none.
    expect(urgencies(row({ id: 'a', vendor: 'vmware', cancellableUntil: inHours(2) }))).toEqual({ a: 'soon' });
  });

  test('lists what ended within a week and is still active', () => {
    const { items } = ofCache(
      row({ id: 'yesterday', endsAt: inHours(-30) }),
      row({ id: 'renewed', endsAt: inHours(-30), renewal: mode('auto') }),
      row({ id: 'gone', endsAt: inHours(-30), status: 'cancelled' }),
      row({ id: 'long ago', endsAt: inHours(-8 * 24) }),
    );
    expect(items.map(({ ref, kind, urgency }) => [ref, kind, urgency])).toEqual([
      ['nordic/yesterday', 'ended', 'soon'],
      ['nordic/renewed', 'ended', 'later'],
    ]);
  });
});

describe('KEYs', () => {
  const keys = (...rows: readonly Subscription[]) => ofCache(...rows).items.map(({ key }) => key);
  const ends = (endsAt: string, more: Partial<Subscription> = {}) => row({ id: 'a', endsAt, ...more });

  test('a KEY changes only with the date or the state', () => {
    const [first] = keys(ends('2026-12-15'));
    expect(first).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
    expect(keys(ends('2026-12-15', { name: safeText('Renamed'), quantity: 99 }))).toEqual([first]);
    expect(keys(ends('2026-12-16'))).not.toContain(first);
    expect(keys(ends('2026-12-15', { renewal: auto }))).not.toContain(first);
    expect(keys(row({ id: 'b', endsAt: '2026-12-15' }))).not.toContain(first);
  });

  test('a KEY is the same through any connection of the account', () => {
    const { items: mine } = today(filledViews('nordic'), reader);
    const { items: theirs } = today(filledViews('reseller'), reader);
    expect(mine.map(({ key }) => key)).toEqual(theirs.map(({ key }) => key));
  });

  test('a window and a renewal are one item on one day, two on different days', () => {
    const cancellableUntil = '2026-11-24T10:00:00Z';
    const one = ofCache(row({ id: 'a', cancellableUntil, endsAt: '2026-11-24T23:00:00Z', renewal: auto }));
    expect(one.items).toMatchObject([
      {
        kind: 'cancellation',
        why: 'the period in which you can cancel or lower seats ends, then it renews automatically',
      },
    ]);
    expect(keys(row({ id: 'a', cancellableUntil, endsAt: '2026-11-25T00:00:00Z', renewal: auto }))).toHaveLength(2);
  });

  test('another decision about the renewal is another item of a window', () => {
    const window = { id: 'a', cancellableUntil: '2026-11-24T10:00:00Z' };
    const [first] = keys(row({ ...window, renewal: auto }));
    expect(first).toBeDefined();
    expect(keys(row({ ...window, renewal: { ...auto, mode: 'manual' } }))).not.toContain(first);
  });

  test.each([false, true])('a KEY is the same whatever else is found (trial: %s)', (isTrial) => {
    const fixture = openToday();
    const sooner = Array.from({ length: 11 }, (_, index) =>
      row({ id: `sooner-${index}`, cancellableUntil: '2026-11-22T20:00:00Z' }),
    );
    const dates = { cancellableUntil: '2026-11-23T09:00:00Z', endsAt: '2026-11-23T11:00:00Z' };
    fill(fixture.cache, [...sooner, row({ id: 'a', isTrial, ...dates })]);
    const lists = [
      today(fixture, { ...reader, limit: 1 }).items,
      today(fixture, { ...reader, limit: 10_000 }).items,
      handover(fixture, { ...reader, since: 0, by: 'anna' }).deadlines,
    ];
    const [few, all, handed] = lists.map((items) => items.filter(({ ref }) => ref === 'nordic/a'));
    const alone = isTrial ? 'trial' : 'renewal';
    expect([few, all, handed].map((items) => items?.map(({ kind }) => kind))).toEqual([
      ...[[alone], ['cancellation'], [alone]],
    ]);
    expect(new Set([few, all, handed].map((items) => items?.[0]?.key)).size).toBe(1);
  });

  test.each(['suspended', 'error'] as const)('a second time %s is another item', (status) => {
    const fixture = openToday();
    const keyAfter = (of: Subscription['status'], readAt: string) => {
      fill(fixture.cache, [row({ id: 'a', status: of, readAt })]);
      return today(fixture, reader).items[0]?.key;
    };
    const always = keyAfter(status, '2026-11-21T06:00:00.000Z');
    expect(keyAfter('active', '2026-11-21T07:00:00.000Z')).toBeUndefined();
    const second = keyAfter(status, '2026-11-21T08:00:00.000Z');
    expect(keyAfter(status, '2026-11-21T09:00:00.000Z')).toBe(second);
    expect(keyAfter('active', '2026-11-21T10:00:00.000Z')).toBeUndefined();
    const third = keyAfter(status, '2026-11-21T11:00:00.000Z');
    expect(new Set([undefined, always, second, third]).size).toBe(4);
  });

  test('the same status that another connection shows later is the same item', () => {
    const fixture = twoViews();
    const reads = (connection: string, status: Subscription['status'], hour: string) =>
      fill(
        fixture.cache,
        [row({ connection, id: 'a', status, readAt: `2026-11-21T${hour}:00:00.000Z` })],
        {},
        connection,
      );
    reads('nordic', 'active', '06');
    reads('reseller', 'active', '06');
    reads('reseller', 'suspended', '07');
    const [before] = today(fixture, reader).items;
    reads('nordic', 'suspended', '08');
    const [after] = today(fixture, reader).items;
    expect(before?.kind).toBe('suspended');
    expect(after?.key).toBe(before?.key);
  });

  test('the same fault of two connections of an account is two items', () => {
    const fixture = twoViews();
    const down = fault('unreachable', 'It does not answer.', 'Try later.').fault;
    for (const connection of fixture.connections) fixture.cache.noteFault(connection, down);
    for (const kind of ['connection', 'unread']) {
      const items = today(fixture, reader).items.filter((item) => item.kind === kind);
      expect(items.map(({ connection }) => connection)).toEqual(['nordic', 'reseller']);
      expect(new Set(items.map(({ key }) => key)).size).toBe(2);
    }
  });

  test("another subscription's unreadable date is another item", () => {
    const unreadable = (id: string) => {
      const { items } = ofCache(row({ id, endsAt: 'soon' }));
      expect(items).toMatchObject([{ kind: 'unread', why: expect.stringContaining('of 1 subscription') }]);
      return items[0]?.key;
    };
    expect(unreadable('a')).not.toBe(unreadable('b'));
    expect(unreadable('a')).toBe(unreadable('a'));
  });
});

function filledViews(connection: string) {
  const fixture = twoViews();
  fill(fixture.cache, [row({ connection, id: 'a', endsAt: '2026-12-15' })], {}, connection);
  return { ...fixture, connections: [connection] };
}
