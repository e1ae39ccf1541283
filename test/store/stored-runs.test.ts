import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { fault } from '../../src/model/fault.ts';
import { neverRead } from '../../src/store/connections-table.ts';
import { everything, fill, ids, named, noon, openScratch, page, row, scratch, standingClock, tidyAll } from './rows.ts';
import { everythingRead, runStopped } from './run-ends.ts';

const ofNordic = { connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 } as const;
const [one, two, three] = [row({ id: '1' }), row({ id: '2' }), row({ id: '3' })];
const trouble = fault('unreachable', 'No answer.', 'Try again.').fault;

describe('a sync run', () => {
  it('marks unseen rows as gone if it was complete', () => {
    const cache = openScratch();
    fill(cache, [one, two, three]);
    const again = cache.beginRun(ofNordic);
    again.keepPage(page([two]));
    expect(ids(cache)).toEqual(['1', '2', '3']);
    again.finish(everythingRead);
    expect(ids(cache)).toEqual(['2']);
    expect(cache.subscription('nordic', '1')).toBeNull();
    expect(cache.freshness('nordic').rows).toBe(1);
  });

  it('[fault 58] marks nothing as gone if it was interrupted, and keeps the fault', () => {
    const cache = openScratch();
    fill(cache, [one, two]);
    const again = cache.beginRun(ofNordic);
    again.keepPage(page([two], { resume: 'page 2', complete: false }));
    again.finish({ ...runStopped, fault: trouble });
    expect(ids(cache)).toEqual(['1', '2']);
    expect(cache.freshness('nordic')).toEqual({
      readAt: '2026-11-21T12:00:00.000Z',
      rows: 2,
      lastFault: trouble,
      resumable: true,
      missing: null,
      shortfall: 0,
    });
  });

  it('resumes where it stopped, also in another process', () => {
    const path = `${scratch()}/cache.db`;
    fill(openScratch(path), [one, two, three]);
    openScratch(path)
      .beginRun(ofNordic)
      .keepPage(page([one], { resume: 'page 2', complete: false }));
    const later = openScratch(path);
    const again = later.beginRun(ofNordic);
    expect(again.resume).toBe('page 2');
    again.keepPage(page([two]));
    again.finish(everythingRead);
    expect(ids(later)).toEqual(['1', '2']);
    expect(later.freshness('nordic').resumable).toBe(false);
    expect(later.beginRun(ofNordic).resume).toBeNull();
  });

  it('starts over if it stopped half a day ago', () => {
    const clock = standingClock();
    const cache = openScratch(undefined, clock);
    cache.beginRun(ofNordic).keepPage(page([one], { resume: 'page 2', complete: false }));
    clock.set(noon + 12 * 3_600_000);
    expect(cache.beginRun(ofNordic).resume).toBeNull();
  });

  it('over one branch keeps the other rows and does not make the connection fresh', () => {
    const cache = openScratch();
    const [acme, zed] = [named('o1', 'Acme'), named('o2', 'Zed')];
    const cacheRows = [
      row({ id: '1', organization: acme }),
      row({ id: '2', organization: acme }),
      row({ id: '3', organization: zed }),
    ];
    fill(cache, cacheRows);
    const within = { level: 'organization', connection: 'nordic', id: 'o1' } as const;
    const branch = cache.beginRun({ ...ofNordic, within });
    branch.keepPage(page([row({ id: '2', organization: acme })]));
    branch.finish(everythingRead);
    expect(ids(cache)).toEqual(['2', '3']);
  });

  it('keeps rows that another program saw in the same sync run', () => {
    const path = `${scratch()}/cache.db`;
    const [mine, others] = [openScratch(path), openScratch(path)];
    const first = mine.beginRun(ofNordic);
    first.keepPage(page([one], { resume: 'page 2', complete: false }));
    const second = others.beginRun(ofNordic);
    expect(second.resume).toBe('page 2');
    for (const each of [first, second]) {
      each.keepPage(page([two]));
      each.finish(everythingRead);
    }
    expect(ids(mine)).toEqual(['1', '2']);
    fill(others, [two]);
    expect(ids(mine)).toEqual(['2']);
  });

  it('keeps rows that were read individually in the meantime', () => {
    const clock = standingClock();
    const cache = openScratch(undefined, clock);
    fill(cache, [one]);
    const again = cache.beginRun(ofNordic);
    again.keepPage(page([one], { resume: 'page 2', complete: false }));
    clock.set(noon + 60_000);
    const fresh = row({ id: '3', readAt: '2026-11-21T12:01:00.000Z' });
    cache.keep('nordic', '3', { subscription: fresh, raw: {} });
    again.keepPage(page([two]));
    again.finish(everythingRead);
    expect(ids(cache)).toEqual(['1', '2', '3']);
  });

  it('keeps a node that it listed before a branch was read', () => {
    const cache = openScratch();
    const node = (id: string) => ({
      level: 'organization' as const,
      id,
      name: safeText(id),
      domain: null,
      parents: [],
    });
    const listed = () =>
      cache.levelWindow({ ...everything, level: 'organization', sort: null }).rows.map(({ id }) => id);
    const organization = named('acme');
    const whole = cache.beginRun(ofNordic);
    whole.keepPage(page([], { resume: 'page 2', complete: false, nodes: [node('acme'), node('zed')] }));
    whole.finish({ ...runStopped, fault: trouble });
    const branch = cache.beginRun({ ...ofNordic, within: { level: 'organization', connection: 'nordic', id: 'zed' } });
    branch.keepPage(page([], { nodes: [node('zed')] }));
    branch.finish(everythingRead);
    const again = cache.beginRun(ofNordic);
    again.keepPage(page([row({ id: '1', organization })]));
    again.finish(everythingRead);
    expect(listed()).toEqual(['acme', 'zed']);
    fill(cache, [row({ id: '1', organization })]);
    expect(listed()).toEqual(['acme']);
  });

  it('[fault 55] stores a repeated row once, with its last values', () => {
    const cache = openScratch();
    fill(cache, [row({ id: '1', quantity: 1 }), row({ id: '1', quantity: 2 })]);
    expect(cache.subscriptionWindow(everything).rows).toMatchObject([{ id: '1', quantity: 2 }]);
  });

  it('returns any id unchanged', () => {
    const cache = openScratch();
    const strange = ['9007199254740993', 'a/b c%2F', '席', '', "'; --"].map((id) => row({ id }));
    fill(cache, strange);
    for (const each of strange)
      expect(cache.subscription('nordic', each.id)).toEqual({ ...each, sameAs: [], missingSince: null });
  });

  it('reuses the slots of removed rows', () => {
    const cache = openScratch();
    for (let round = 0; round < 5; round += 1) {
      fill(cache, [row({ id: `a${round}`, name: `Name ${round}` }), row({ id: `b${round}`, name: `Other ${round}` })]);
      tidyAll(cache);
      expect(ids(cache)).toEqual([`a${round}`, `b${round}`]);
      expect(ids(cache, { search: `name ${round}` })).toEqual([`a${round}`]);
      expect(ids(cache, { search: `name ${round - 1}` })).toEqual([]);
    }
  });
});

describe('a single row', () => {
  it('is stored, changed and removed individually', () => {
    const cache = openScratch();
    fill(cache, [one, two]);
    cache.keep('nordic', '2', { subscription: row({ id: '2', name: 'Second', quantity: 7 }), raw: { new: true } });
    expect(cache.subscription('nordic', '2')).toMatchObject({ name: 'Second', quantity: 7 });
    expect(cache.raw('nordic', '2')).toEqual({ new: true });
    cache.keep('nordic', '1', null);
    expect(ids(cache)).toEqual(['2']);
  });
});

describe('changes', () => {
  it('between syncs are stored with field, from, to and time', () => {
    const clock = standingClock();
    const cache = openScratch(undefined, clock);
    fill(cache, [row({ id: '1', name: 'Mail', quantity: 25, billing: safeText('Monthly') }), two]);
    expect(cache.changes({ since: '2000', connections: null })).toEqual([]);
    clock.set(noon + 60_000);
    fill(cache, [row({ id: '1', name: 'Mail', quantity: 20, readAt: '2026-11-21T12:01:00.000Z' }), three]);
    const seen = { connection: 'nordic', id: '1', ref: 'nordic/1', name: 'Mail', seenAt: '2026-11-21T12:01:00.000Z' };
    expect(cache.changes({ connection: 'nordic', id: '1' })).toEqual([
      { ...seen, field: 'billing', from: 'Monthly', to: null },
      { ...seen, field: 'quantity', from: '25', to: '20' },
    ]);
    expect(cache.changes({ since: '2026-11-21T12:00:30Z', connections: ['nordic'] })).toHaveLength(3);
    expect(cache.changes({ connection: 'nordic', id: '2' })).toMatchObject([
      { field: 'subscription', from: 'here', to: null },
    ]);
    expect(cache.changes({ since: '2026-11-21T12:02:00Z', connections: null })).toEqual([]);
    expect(cache.changes({ since: '2000', connections: ['other'] })).toEqual([]);
  });

  it('are none if a row was read again without a difference', () => {
    const cache = openScratch();
    fill(cache, [one]);
    fill(cache, [{ ...one, readAt: '2026-11-21T12:30:00.000Z' }]);
    expect(cache.changes({ since: '2000', connections: null })).toEqual([]);
    expect(cache.subscription('nordic', '1')?.readAt).toBe('2026-11-21T12:30:00.000Z');
  });
});

describe('a connection', () => {
  it('leaves no data behind when it is forgotten', () => {
    const cache = openScratch();
    fill(cache, [one, two]);
    fill(cache, [row({ id: '1', connection: 'adria', vendor: 'interworks', organization: named('o1') })], {}, 'adria');
    tidyAll(cache);
    cache.forget('adria');
    expect(ids(cache)).toEqual(['1', '2']);
    const organizations = cache.levelWindow({ ...everything, level: 'organization', sort: null }).rows;
    expect(organizations).toMatchObject([{ id: null, connection: 'nordic' }]);
    expect(cache.freshness('adria')).toEqual(neverRead);
    fill(cache, [row({ id: '9', connection: 'adria', vendor: 'interworks' })], {}, 'adria');
    expect(ids(cache)).toEqual(['1', '2', '9']);
  });

  it('stores why it could not be read and keeps its rows', () => {
    const cache = openScratch();
    fill(cache, [one]);
    cache.noteFault('nordic', trouble);
    expect(cache.freshness('nordic')).toMatchObject({
      rows: 1,
      lastFault: trouble,
      readAt: '2026-11-21T12:00:00.000Z',
    });
  });
});
