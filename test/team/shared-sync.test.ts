import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { packedRow } from '../../src/sync/published-row.ts';
import { hasPostgres } from '../postgres/server.ts';
import { tcpProxy } from '../postgres/tcp-proxy.ts';
import { row } from '../store/rows.ts';
import { desk, seller } from './desk.ts';
import { member, viewer } from './members.ts';
import { type NewStore, newStore } from './store-fixture.ts';

const soon = <Value>(value: () => Value) => expect.poll(value, { timeout: 30_000 });

/** As if the last run of an account had ended long ago. */
function makeStale({ server, name }: NewStore): void {
  server.psql("UPDATE subdeck.sync_leases SET ended_at = ended_at - interval '1 hour'", name);
}

describe.runIf(hasPostgres())('one sync for a team', { timeout: 60_000 }, () => {
  test('ten members ask the vendor as often as one, and have the same rows', async () => {
    const store = await newStore();
    const vendor = seller(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    const desks = [];
    for (let nth = 0; nth < 10; nth += 1) {
      desks.push(desk(await member(store, `desk-${nth}`), vendor, { connection: `cm-${nth}` }));
    }
    const ends = await Promise.all(desks.map((each) => each.sync()));
    expect(vendor.asked.syncs).toBe(1);
    expect(ends.map(({ complete, missing, fault }) => ({ complete, missing, fault }))).toEqual(
      desks.map(() => ({ complete: true, missing: [], fault: null })),
    );
    // Of those that come a second time, when nothing is new, too.
    expect([...ends, (await desks[3]?.sync()) ?? null].map((end) => end?.rows)).toEqual([...desks, null].map(() => 7));
    for (const each of desks) expect(each.rows()).toEqual(vendor.rows);
    for (const each of desks) expect(each.freshness()).toMatchObject({ rows: 7, lastFault: null });
    expect(desks[3]?.cache.subscription('cm-3', 'b')).toMatchObject({
      ref: 'cm-3/b',
      seller: { id: 'cm-3', name: 'cm-3 title' },
      name: 'name of b',
    });
    expect(desks[3]?.cache.raw('cm-3', 'b')).toEqual({ id: 'b' });
  });

  test('what is gone at the vendor goes everywhere, once somebody’s run decided so', async () => {
    const store = await newStore();
    const vendor = seller(['a', 'b', 'c', 'd']);
    const [cora, dan] = [desk(await member(store, 'cora'), vendor), desk(await member(store, 'dan'), vendor)];
    await cora.sync();
    await dan.sync();
    vendor.rows.splice(1, 1);
    makeStale(store);
    await cora.sync();
    await dan.sync();
    expect(vendor.asked).toEqual({ syncs: 2, reads: ['b'] });
    expect(dan.rows()).toEqual(['a', 'c', 'd']);
    expect(dan.cache.changes({ connection: 'nordic', id: 'b' })).toMatchObject([{ field: 'subscription', to: null }]);
  });

  test('a row that one member reads by itself reaches the others without a sync', async () => {
    const store = await newStore();
    const vendor = seller(['a']);
    const [cora, dan] = [desk(await member(store, 'cora'), vendor), desk(await member(store, 'dan'), vendor)];
    await cora.sync();
    await dan.sync();
    let changes = 0;
    const following = dan.shared.follow(() => {
      changes += 1;
    });
    onTestFinished(() => following.stop());
    const readAt = new Date().toISOString();
    const subscription = row({ id: 'a', name: 'renamed', readAt });
    await cora.shared.kept('nordic', 'a', { subscription, raw: { id: 'a' } });
    await soon(() => changes).toBe(1);
    dan.cache.refreshSnapshot();
    expect(dan.cache.subscription('nordic', 'a')?.name).toBe('renamed');
    await cora.shared.kept('nordic', 'a', null);
    await soon(() => changes).toBe(2);
    expect(dan.rows()).toEqual([]);
    expect(vendor.asked.syncs).toBe(1);
  });

  test('another view of the same account shares nothing', async () => {
    const store = await newStore();
    const [all, some] = [seller(['a', 'b']), seller(['b'])];
    const cora = desk(await member(store, 'cora'), all);
    const dan = desk(await member(store, 'dan'), some, { view: 'reseller-7' });
    await cora.sync();
    await dan.sync();
    expect([all.asked.syncs, some.asked.syncs]).toEqual([1, 1]);
    expect(cora.rows()).toEqual(['a', 'b']);
    expect(dan.rows()).toEqual(['b']);
  });

  test('when the reading member dies another one reads as soon as its lease ends', async () => {
    const store = await newStore();
    const vendor = seller(['a', 'b', 'c', 'd', 'e', 'f']);
    const stuck = Promise.withResolvers<void>();
    const cora = desk(await member(store, 'cora'), vendor, { pause: () => stuck.promise });
    const dan = desk(await member(store, 'dan'), vendor);
    const dying = new AbortController();
    const first = cora.sync({ signal: dying.signal });
    await soon(() => store.server.psql('SELECT count(*) FROM subdeck.published', store.name)).toBe('3');
    const second = dan.sync();
    await soon(() => dan.rows()).toEqual(['a', 'b', 'c']);
    expect(vendor.asked.syncs).toBe(1);
    // Its process gives no sign any more.
    store.server.psql('UPDATE subdeck.sync_leases SET until = clock_timestamp()', store.name);
    expect(await second).toMatchObject({ complete: true, rows: 6 });
    expect(vendor.asked.syncs).toBe(2);
    dying.abort();
    stuck.resolve();
    expect(await first).toMatchObject({ complete: false });
    // Its late end changes nothing of what the other one reported.
    const lease = 'SELECT complete, holder IS NULL FROM subdeck.sync_leases';
    expect(store.server.psql(lease, store.name)).toBe('t|t');
  });

  test('who was away while tombstones were forgotten copies anew', async () => {
    const store = await newStore();
    const vendor = seller(['a', 'b', 'c']);
    const [cora, dan] = [desk(await member(store, 'cora'), vendor), desk(await member(store, 'dan'), vendor)];
    await cora.sync();
    await dan.sync();
    vendor.rows.splice(0, 1);
    makeStale(store);
    await cora.sync();
    const old = "UPDATE subdeck.published SET read_at = read_at - interval '31 days' WHERE body IS NULL";
    store.server.psql(old, store.name);
    makeStale(store);
    await cora.sync();
    expect(store.server.psql('SELECT count(*) FROM subdeck.published WHERE body IS NULL', store.name)).toBe('0');
    expect(dan.rows()).toEqual(['a', 'b', 'c']);
    await dan.sync();
    expect(dan.rows()).toEqual(['b', 'c']);
    expect(vendor.asked.syncs).toBe(3);
  });

  test('[team 12] changes that commit at the same time reach whoever reads in between', async () => {
    const store = await newStore();
    const vendor = seller([]);
    const [cora, dan] = [desk(await member(store, 'cora'), vendor), desk(await member(store, 'dan'), vendor)];
    const eva = await member(store, 'eva');
    await cora.sync();
    await dan.sync();
    const reading = (id: string) => ({ subscription: row({ id, readAt: new Date().toISOString() }), raw: { id } });
    // A transaction that began earlier and commits later holds its number until then.
    const [scope] = (await eva.database.query('SELECT id FROM subdeck.scopes')).rows as { readonly id: number }[];
    const open = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const late = eva.database.transaction(async (query) => {
      const values = [await eva.process(), scope?.id, ['row'], [Buffer.from('"early"')], [null], [false], [0], [null]];
      await query('SELECT subdeck.publish($1, $2, $3, $4, $5, $6, $7, $8)', values);
      begun.resolve();
      await open.promise;
    });
    await begun.promise;
    const behind = cora.shared.kept('nordic', 'x', reading('x'));
    await dan.sync();
    const before = dan.cache.takeOver('nordic').upTo?.number ?? 0;
    open.resolve();
    await late;
    await behind;
    await dan.sync();
    expect(dan.rows()).toEqual(['x']);
    const numbers = store.server.psql(
      "SELECT string_agg(number::text, ' ' ORDER BY number) FROM subdeck.published",
      store.name,
    );
    expect(
      numbers
        .split(' ')
        .map(Number)
        .every((number) => number > before),
    ).toBe(true);
  });

  test('[team 22] what has another shape is left out and told; text is made safe', async () => {
    const store = await newStore();
    const vendor = seller(['a', 'b']);
    const [cora, dan] = [desk(await member(store, 'cora'), vendor), desk(await member(store, 'dan'), vendor)];
    const mallory = await member(store, 'mallory');
    await cora.sync();
    const [scope] = (await mallory.database.query('SELECT id FROM subdeck.scopes')).rows as { readonly id: number }[];
    const hostile = { subscription: row({ id: 'b', name: 'x', readAt: new Date().toISOString() }), raw: {} };
    const place = { connection: 'nordic', title: '', vendor: 'cloudmore', impliedLevels: [] } as const;
    const evil = { ...hostile.subscription, name: 'evil\u001b[2J\u202Ename' as Subscription['name'] };
    const bodies = [
      packedRow({ subscription: evil, raw: { __proto__x: '\u001b]0;hi\u0007' } }, place),
      packedRow({ subscription: { ...evil, quantity: 'many' as unknown as number }, raw: {} }, place),
      Buffer.from('not deflated'),
      packedRow({ subscription: { ...evil, id: 'another' }, raw: {} }, place),
    ];
    const named = ['b', 'odd', 'broken', 'other'].map((id) => Buffer.from(JSON.stringify(id)));
    const values = [await mallory.process(), scope?.id, named.map(() => 'row'), named, bodies];
    await mallory.database.query('SELECT subdeck.publish($1, $2, $3, $4, $5, $6, $7, $8)', [
      ...[...values, named.map(() => false), named.map(() => -1e12), named.map(() => null)],
    ]);
    const end = await dan.sync();
    expect(end.notes).toEqual([
      '3 rows that other members published have another shape, of another version or damaged: left out.',
    ]);
    expect(dan.rows().toSorted()).toEqual(['a', 'b']);
    expect(dan.cache.subscription('nordic', 'b')?.name).toBe('evil␛[2J⟨202E⟩name');
    expect(JSON.stringify(dan.cache.raw('nordic', 'b'))).not.toContain('\\u001b');
    // Whoever changes a row leaves its login's name.
    const signed = "SELECT string_agg(DISTINCT member, ' ' ORDER BY member) FROM subdeck.published";
    expect(store.server.psql(signed, store.name)).toBe('cora mallory');
    await expect(mallory.database.query('DELETE FROM subdeck.published')).rejects.toMatchObject({ state: '42501' });
  });

  test('[team 23] nobody can make an account look fresher than it was read', async () => {
    const store = await newStore();
    const vendor = seller(['a']);
    const [cora, dan] = [desk(await member(store, 'cora'), vendor), desk(await member(store, 'dan'), vendor)];
    await cora.sync();
    const future = "UPDATE subdeck.sync_leases SET ended_at = now() + interval '1 year'";
    await expect(cora.of.database.query(future)).rejects.toMatchObject({ state: '42501' });
    makeStale(store);
    await dan.sync();
    expect(vendor.asked.syncs).toBe(2);
  });

  test('who may only read the store takes over what is fresh, and reads the rest', async () => {
    const store = await newStore();
    const vendor = seller(['a', 'b']);
    const cora = desk(await member(store, 'cora'), vendor);
    const vera = desk(await viewer(store, 'vera'), vendor);
    await cora.sync();
    await vera.sync();
    expect(vera.rows()).toEqual(['a', 'b']);
    expect(vendor.asked.syncs).toBe(1);
    makeStale(store);
    expect(await vera.sync()).toMatchObject({ complete: true, rows: 2 });
    expect(vendor.asked.syncs).toBe(2);
    expect(store.server.psql('SELECT DISTINCT member FROM subdeck.published', store.name)).toBe('cora');
  });

  test('a first copy comes over a link on which a batch, or one row, takes too long', async () => {
    const store = await newStore();
    const vendor = seller(Array.from({ length: 100 }, (_, nth) => `s${nth}`));
    let rows = 0;
    const externalIds = () => {
      rows += 1;
      const codes = Array.from({ length: rows === 50 ? 100 : 1 }, (_, nth) => [nth, randomBytes(1_000)] as const);
      return Object.fromEntries(codes.map(([nth, bytes]) => [`code ${nth}`, bytes.toString('base64')]));
    };
    const cora = desk(await member(store, 'cora'), vendor, { externalIds });
    await cora.sync();
    const proxy = await tcpProxy(store.server.port, 150_000);
    const url: typeof store.server.url = (...of) => store.server.url(...of).replace(/:\d+\//, `:${proxy.port}/`);
    const slow = await member({ ...store, server: { ...store.server, url } }, 'dan');
    // A fifth of all waits.
    const query: typeof slow.database.query = (text, values, { within = 2_500 } = {}) =>
      slow.database.query(text, values, { within: within / 5 });
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() * 5 };
    const dan = desk({ ...slow, database: { ...slow.database, query } }, vendor, { clock });
    expect(await dan.sync()).toMatchObject({ rows: 100, complete: true, fault: null });
    expect(vendor.asked.syncs).toBe(1);
    expect(dan.rows().toSorted()).toEqual(vendor.rows.toSorted());
  });

  test('while the store is away each member reads by itself', async () => {
    const store = await newStore();
    const vendor = seller(['a']);
    const cora = await member(store, 'cora');
    const { fault } = await import('../../src/model/fault.ts');
    const away = { ...cora, database: { ...cora.database, query: () => Promise.reject(fault('unreachable', '', '')) } };
    const alone = desk(away, vendor);
    expect(await alone.sync()).toMatchObject({ complete: true, rows: 1 });
    expect(alone.rows()).toEqual(['a']);
    expect(vendor.asked.syncs).toBe(1);
  });
});
