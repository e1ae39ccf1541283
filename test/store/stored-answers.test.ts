import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { SubscriptionRead } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import type { Clock } from '../../src/model/clock.ts';
import { openInMemory } from '../../src/store/cache-file.ts';
import { connectionsTable, type DeclaredConnection } from '../../src/store/connections-table.ts';
import { databaseOn } from '../../src/store/database.ts';
import type { NewAnswer } from '../../src/store/stored-answers.ts';
import { storedAnswersOn } from '../../src/store/stored-answers.ts';
import { type Cache, fill, noon, openScratch, row, scratch, standingClock } from './rows.ts';

const account = 'cloudmore https://api.example one';
const declared = (name: string, of = account): DeclaredConnection => ({
  ...{ name, title: name, vendor: 'cloudmore', impliedLevels: [], account: of },
});

/** About `nordic/1` by default. */
function answer(over: Partial<Extract<NewAnswer, { id: string }>> = {}): NewAnswer {
  const value = [{ title: 'More', fields: [{ label: safeText('Margin'), value: safeText('12') }] }];
  return { connection: 'nordic', id: '1', read: 'details', account, askedAt: noon, value, ...over };
}

function openFilled(path?: string, clock?: Clock): Cache {
  const cache = openScratch(path, clock);
  cache.declareConnections([declared('nordic')]);
  fill(cache, [row({ id: '1' }), row({ id: '2' })]);
  return cache;
}

const ofOne = (read: SubscriptionRead = 'details', connection = 'nordic') => ({ connection, id: '1', read });

describe('an answer to a read of one subscription', () => {
  it('is stored with the time of the request, and found again', () => {
    const cache = openFilled();
    expect(cache.keepAnswer(answer())).toEqual({ isKept: true, droppedUntil: null });
    expect(cache.answer(ofOne())).toEqual({
      value: answer().value,
      readAt: '2026-11-21T12:00:00.000Z',
      isOutdated: false,
      through: 'nordic',
    });
    expect(cache.answer(ofOne('history'))).toBeNull();
    expect(cache.answer({ ...ofOne(), id: '2' })).toBeNull();
  });

  it('that is empty is stored as empty, which differs from not stored', () => {
    const cache = openFilled();
    cache.keepAnswer(answer({ read: 'renewal', value: null }));
    expect(cache.answer(ofOne('renewal'))?.value).toBeNull();
    expect(cache.answer(ofOne('reservation'))).toBeNull();
  });

  it('is replaced by the next one', () => {
    const cache = openFilled();
    cache.keepAnswer(answer());
    cache.keepAnswer(answer({ askedAt: noon + 60_000, value: [] }));
    expect(cache.answer(ofOne())).toMatchObject({ value: [], readAt: '2026-11-21T12:01:00.000Z' });
  });

  it('that comes late does not replace one that was asked for after it', () => {
    const clock = standingClock();
    const cache = openFilled(undefined, clock);
    clock.set(noon + 10);
    cache.outdateAnswers('nordic', '1');
    clock.set(noon + 30);
    cache.keepAnswer(answer({ askedAt: noon + 20, value: [] }));
    // Asked before the write was sent.
    expect(cache.keepAnswer(answer({ askedAt: noon + 5 }))).toEqual({ isKept: true, droppedUntil: null });
    const current = { value: [], readAt: '2026-11-21T12:00:00.020Z', isOutdated: false };
    expect(cache.answer(ofOne())).toMatchObject(current);
    const later = [{ title: 'Later', fields: [] }];
    cache.keepAnswer(answer({ askedAt: noon + 20, value: later }));
    expect(cache.answer(ofOne())).toMatchObject({ ...current, value: later });
  });

  it('replaces one from the future after the clock was set back', () => {
    const clock = standingClock(noon + 3_600_000);
    const cache = openFilled(undefined, clock);
    cache.keepAnswer(answer({ askedAt: noon + 3_600_000 }));
    clock.set(noon);
    cache.outdateAnswers('nordic', '1');
    expect(cache.answer(ofOne())?.isOutdated).toBe(true);
    expect(cache.answerAges('nordic', '1').get('details')?.isOutdated).toBe(true);
    clock.set(noon + 30);
    cache.keepAnswer(answer({ askedAt: noon + 20, value: [] }));
    // Whether it was asked for before the write can no longer be known.
    expect(cache.answer(ofOne())).toMatchObject({ value: [], readAt: '2026-11-21T12:00:00.020Z', isOutdated: true });
    clock.set(noon + 50);
    cache.keepAnswer(answer({ askedAt: noon + 40, value: [] }));
    expect(cache.answer(ofOne())).toMatchObject({ readAt: '2026-11-21T12:00:00.040Z', isOutdated: false });
  });

  it('is outdated by a write in the same millisecond', () => {
    const cache = openFilled();
    cache.keepAnswer(answer());
    cache.outdateAnswers('nordic', '1');
    expect(cache.answer(ofOne())?.isOutdated).toBe(true);
  });

  it('is removed with its row', () => {
    const cache = openFilled();
    cache.keepAnswer(answer());
    cache.keepAnswer(answer({ id: '2' }));
    fill(cache, [row({ id: '2' })]);
    // A new subscription with the id of a removed one has no stored answers.
    fill(cache, [row({ id: '1' }), row({ id: '2' })]);
    expect(cache.answer(ofOne())).toBeNull();
    expect(cache.answer({ ...ofOne(), id: '2' })).not.toBeNull();
  });

  it.each([
    ['its connection', (cache: Cache) => cache.forget('nordic')],
    ['the whole cache', (cache: Cache) => cache.purge()],
    ['the account of its connection', (cache: Cache) => cache.declareConnections([declared('nordic', 'another one')])],
  ])('is removed with %s', (_, remove) => {
    const cache = openFilled();
    cache.keepAnswer(answer());
    remove(cache);
    cache.declareConnections([declared('nordic')]);
    fill(cache, [row({ id: '1' })]);
    expect(cache.answer(ofOne())).toBeNull();
  });

  it('of a subscription outside the cache is not stored', () => {
    const cache = openFilled();
    expect(cache.keepAnswer(answer({ id: '3' }))).toEqual({ isKept: false, droppedUntil: null });
    fill(cache, [row({ id: '3' })]);
    expect(cache.answer({ ...ofOne(), id: '3' })).toBeNull();
  });

  it('that is too large is not stored, and the earlier one is kept', () => {
    const cache = openFilled();
    cache.keepAnswer(answer({ askedAt: noon - 1 }));
    const long = [{ title: 'x'.repeat(3 * 1024 ** 2), fields: [] }];
    expect(cache.keepAnswer(answer({ value: long }))).toEqual({ isKept: false, droppedUntil: null });
    expect(cache.answer(ofOne())?.readAt).toBe('2026-11-21T11:59:59.999Z');
  });

  it('that cannot be parsed counts as missing and loses nothing else', () => {
    const path = `${scratch()}/cache.db`;
    const cache = openFilled(path);
    cache.keepAnswer(answer());
    const sqlite = new DatabaseSync(path);
    sqlite.exec("UPDATE answer SET json = '[{'");
    sqlite.close();
    expect(cache.answer(ofOne())).toBeNull();
    expect(cache.subscription('nordic', '1')).not.toBeNull();
    expect(cache.notice).toBeNull();
  });
});

describe('answers and accounts', () => {
  function openTwo(other = account): Cache {
    const cache = openScratch();
    cache.declareConnections([declared('seller'), declared('reseller', other)]);
    for (const connection of ['seller', 'reseller']) fill(cache, [row({ id: '1', connection })], {}, connection);
    return cache;
  }

  it('another connection of the account shows it with its origin', () => {
    const cache = openTwo();
    cache.keepAnswer(answer({ connection: 'seller' }));
    expect(cache.answer(ofOne('details', 'reseller'))).toMatchObject({ through: 'seller' });
    cache.keepAnswer(answer({ connection: 'reseller', askedAt: noon - 60_000, value: [] }));
    expect(cache.answer(ofOne('details', 'reseller'))).toMatchObject({ through: 'reseller', value: [] });
  });

  it('a row with the same id on another account does not show it', () => {
    const cache = openTwo('another account');
    cache.keepAnswer(answer({ connection: 'seller' }));
    expect(cache.answer(ofOne('details', 'reseller'))).toBeNull();
    expect(cache.answerAges('reseller', '1').size).toBe(0);
  });

  it('an answer from the connection’s earlier account is not stored', () => {
    const cache = openFilled();
    expect(cache.keepAnswer(answer({ account: 'the account before' })).isKept).toBe(false);
    expect(cache.answer(ofOne())).toBeNull();
  });

  it('price lists belong to one connection only', () => {
    const cache = openTwo();
    const place = { reseller: null, organization: 'acme', service: 's' };
    cache.keepAnswer({ connection: 'seller', place, read: 'products', account, askedAt: noon, value: [] });
    expect(cache.answer({ connection: 'seller', place, read: 'products' })?.value).toEqual([]);
    expect(cache.answer({ connection: 'reseller', place, read: 'products' })).toBeNull();
    expect(cache.answer({ connection: 'seller', place: { ...place, service: 't' }, read: 'products' })).toBeNull();
  });

  it('a write outdates earlier answers in all connections of the account', () => {
    const clock = standingClock();
    const cache = openScratch(undefined, clock);
    cache.declareConnections([declared('seller'), declared('reseller')]);
    for (const connection of ['seller', 'reseller']) {
      fill(cache, [row({ id: '1', connection })], {}, connection);
      cache.keepAnswer(answer({ connection }));
    }
    clock.set(noon + 10);
    cache.outdateAnswers('seller', '1');
    expect(cache.answer(ofOne('details', 'seller'))?.isOutdated).toBe(true);
    expect(cache.answer(ofOne('details', 'reseller'))?.isOutdated).toBe(true);
    // Asked before the write was sent, answered after.
    cache.keepAnswer(answer({ connection: 'seller', askedAt: noon + 5 }));
    expect(cache.answer(ofOne('details', 'seller'))?.isOutdated).toBe(true);
    cache.keepAnswer(answer({ connection: 'seller', askedAt: noon + 20 }));
    expect(cache.answer(ofOne('details', 'seller'))?.isOutdated).toBe(false);
    // The valid answer comes first, through any connection.
    expect(cache.answer(ofOne('details', 'reseller'))).toMatchObject({ through: 'seller', isOutdated: false });
    expect(cache.answerAges('reseller', '1').get('details')?.isOutdated).toBe(false);
  });
});

it('evicts the oldest answers to make room for new ones', () => {
  const database = databaseOn(openInMemory());
  const connections = connectionsTable(database);
  connections.declare(declared('nordic'), 0);
  const code = connections.find('nordic')?.code ?? 0;
  const insert = database.statement(
    "INSERT INTO subscription (row, connection, id, sort, encoded_row) VALUES (?, ?, ?, '', '[]')",
  );
  for (let at = 0; at < 50; at += 1) insert.run(at, code, String(at));
  const answers = storedAnswersOn(database, { bytes: 1_000, allBytes: 10_000 });
  const value = [{ title: 'x'.repeat(500), fields: [] }];
  const dropped: (number | null)[] = [];
  for (let at = 0; at < 50; at += 1) {
    dropped.push(answers.keep(answer({ id: String(at), askedAt: noon + at, value }), noon + at).droppedUntil);
  }
  const left = Array.from({ length: 50 }, (_, at) => String(at)).filter(
    (id) => answers.find({ ...ofOne(), id }) !== null,
  );
  expect(left.length).toBeGreaterThan(14);
  expect(left.length).toBeLessThan(20);
  expect(left.at(-1)).toBe('49');
  expect(left).toEqual(Array.from({ length: left.length }, (_, at) => String(50 - left.length + at)));
  expect(dropped.filter((until) => until !== null).at(-1)).toBe(noon + 49 - left.length);
});
