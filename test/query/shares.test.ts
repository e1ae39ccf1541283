import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import type { ShareBy } from '../../src/query/cache-reader.ts';
import { finished } from '../../src/query/steps.ts';
import { everything, fill, named, openScratch, row } from '../store/rows.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-23T00:00:00Z');
const edges = [start, start + 7 * day, start + 14 * day];
const bases = { nordic: 'unit', other: 'unit' } as const;
const euros = (amount: string) => [{ kind: 'list', amount, currency: safeText('EUR') } as const];

function reader() {
  const cache = openScratch();
  const mail = named('p-1', 'Mail');
  fill(cache, [
    row({ id: '1', product: mail, quantity: 5, endsAt: '2026-11-23', prices: euros('1.10') }),
    row({ id: '2', product: mail, quantity: null, endsAt: '2026-11-29T23:59:59Z', prices: euros('2.20') }),
    row({ id: '3', product: named('p-2', 'Backup'), quantity: 40, endsAt: '2026-11-30', status: 'suspended' }),
    row({ id: '4', quantity: 1, endsAt: '2026-12-07' }),
    row({ id: '5', quantity: 1, endsAt: null }),
  ]);
  fill(cache, [row({ id: '1', connection: 'other', product: named('p-9', 'Mail'), quantity: 2 })], {}, 'other');
  return cache;
}

describe('shares', () => {
  it.each<[ShareBy, readonly (readonly [string | null, number, number])[]]>([
    [
      { kind: 'product' },
      [
        ['Backup', 1, 40],
        ['Mail', 3, 7],
        [null, 2, 2],
      ],
    ],
    [
      { kind: 'status' },
      [
        ['suspended', 1, 40],
        ['active', 5, 9],
      ],
    ],
    [
      { kind: 'ends', edges },
      [
        [null, 2, 5],
        [null, 1, 40],
      ],
    ],
  ])('by %j', (by, expected) => {
    const shares = finished(reader().shares(everything, by, bases));
    expect(shares.map(({ name, subscriptions, seats }) => [name, subscriptions, seats])).toEqual(expected);
  });

  it('sum the money of their rows, and are empty for a period without rows', () => {
    const shares = finished(reader().shares(everything, { kind: 'ends', edges: [start - 7 * day, ...edges] }, bases));
    expect(shares.map(({ money }) => money)).toEqual([
      [],
      [
        { kind: 'list', currency: 'EUR', period: null, covers: 'all', amount: '5.50', subscriptions: 1 },
        { kind: 'list', currency: 'EUR', period: null, covers: 'unit', amount: '2.20', subscriptions: 1 },
      ],
      [],
    ]);
  });

  it('cover the rows of their query, up to date', () => {
    const cache = reader();
    const query = { ...everything, connections: ['other'] };
    expect(finished(cache.shares(query, { kind: 'product' }, bases))).toMatchObject([
      { name: 'Mail', subscriptions: 1, seats: 2 },
    ]);
    const later = '2026-11-21T11:30:00.000Z';
    fill(cache, [row({ id: '1', connection: 'other', quantity: 3, readAt: later })], {}, 'other');
    expect(finished(cache.shares(query, { kind: 'product' }, bases))).toMatchObject([
      { name: null, subscriptions: 1, seats: 3 },
    ]);
  });
});
