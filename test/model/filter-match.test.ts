import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { beginOf, periodOf } from '../../src/model/date-text.ts';
import { fold, sortKey } from '../../src/model/filter-fold.ts';
import { matches, matchesSearch } from '../../src/model/filter-match.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { named, noon, row } from '../store/rows.ts';

const full = row({
  id: 'sub-1',
  name: 'Backup 100',
  status: 'active',
  organization: named('o-1', 'Acmé Oy'),
  services: [named('v-1', 'Backup'), named('v-2', 'Mail')],
  quantity: 25,
  billing: safeText('Monthly'),
  isTrial: true,
  startsAt: '2026-01-01',
  endsAt: '2026-12-21T11:59:59.999Z',
  prices: [
    { kind: 'unit', amount: '1.50', currency: null },
    { kind: 'list', amount: '42.00', currency: safeText('EUR') },
  ],
  externalIds: { engine: 'M131' },
});
const bare = row({ id: 'sub-2', name: 'Bare' });

function passes(text: string, of = full): boolean {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return matches(parsed.filter, of, noon);
}

describe('one row and a filter', () => {
  it.each([
    'ACME',
    'acmé',
    '-zzz',
    'm131',
    'monthly',
    'nordic',
    'org:acme',
    'org="Acmé Oy"',
    'org=o-1',
    'service:mail',
    'service:voice|mail',
    'status:active|suspended',
    'zzz|acme',
    '-org:zed|zzz',
    'qty=24|25',
    'ends=2026-12-20|2026-12-21',
    '-service:voice',
    'qty=25',
    'qty<=25',
    'qty:2',
    'price=42',
    'price>41.99',
    'ends<30d',
    'ends<2027-01-31',
    'ends<=2026-12',
    'ends=2026-12-21',
    'ends:2026-12',
    'starts>=2026-01',
    '-starts>2026-01-01',
    'is:trial',
    'trial',
    '-is:addon',
    'status:active backup qty>9',
  ])('%s matches', (text) => {
    expect(passes(text)).toBe(true);
  });

  it.each([
    'zzz',
    '-backup',
    'org=acmé',
    'name=backup',
    '-service:mail',
    'qty<25',
    'price<42',
    'ends<2026-12',
    'ends>30d',
    'ends<29d',
    'starts>2026-01-01',
    'is:addon',
    '-trial',
    'backup zzz',
    '-service:voice|mail',
    'org:zed|zzz',
    '-zzz|acme',
  ])('%s does not match', (text) => {
    expect(passes(text)).toBe(false);
  });

  it.each([
    'org:a',
    'org:a|b',
    'qty=5|6',
    'reseller=x',
    'service:a',
    'qty<5',
    'price>1',
    'ends<30d',
    'cancel<2030',
    'renewal:auto',
    'billing:m',
  ])('null matches neither %s nor its negation', (text) => {
    expect([passes(text, bare), passes(`-${text}`, bare)]).toEqual([false, false]);
  });

  it('a number of days counts from now and excludes the past', () => {
    const over = row({ id: 'over', endsAt: '2026-11-20T00:00:00Z' });
    expect([passes('ends<30d', over), passes('ends<0d', over), passes('ends>-2d', over)]).toEqual([false, true, true]);
  });

  it('searches names and ids, not the status', () => {
    expect(['acme', 'SUB-1', 'm131', 'o-1'].every((text) => matchesSearch(text, full))).toBe(true);
    expect(matchesSearch('active', full)).toBe(false);
  });
});

describe('folded text', () => {
  it.each([
    ['ÅNGSTRÖM', 'angstrom'],
    ['Straße', 'strasse'],
    ['ＦＵＬＬ', 'full'],
    ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
    ['İstanbul', 'istanbul'],
    ['が', 'が'],
    ['한국', '한국'],
  ])('folds %s to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(folded)).toBe(folded);
  });

  it('sorts numbers in names by value', () => {
    const names = ['Backup 10', 'backup 9', 'Backup 100', 'Backup', 'Backup 007', `Backup ${'9'.repeat(20)}`];
    const sorted = names.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    expect(sorted).toEqual(['Backup', 'Backup 007', 'backup 9', 'Backup 10', 'Backup 100', `Backup ${'9'.repeat(20)}`]);
  });
});

describe('dates', () => {
  it.each([
    ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-02-28', '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['2026-12-31T23:59', '2026-12-31T23:59:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31 23:59:59', '2026-12-31T23:59:59.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31T23:59:59.1234567+02:00', '2026-12-31T21:59:59.123Z', '2026-12-31T21:59:59.124Z'],
  ])('%s lasts from %s to %s', (text, from, to) => {
    expect(periodOf(text)).toEqual({ from: Date.parse(from), to: Date.parse(to) });
  });

  it('a date starts with its period, in any format', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));
    const zone = fc.oneof(
      fc.constantFrom('Z', ''),
      fc.tuple(fc.constantFrom('+', '-'), two(30), two(65)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    );
    const fraction = fc.constantFrom('', '.5', '.123', '.1234567');
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      two(13),
      two(32),
      two(25),
      two(61),
      two(61),
      fraction,
      zone,
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute, second, rest, at]) => {
        const text = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}${rest}${at}`;
        expect(beginOf(text)).toBe(periodOf(text)?.from ?? null);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', 'soon', '2026-13', '2026-02-29', '26-01-01', '2026-01-01T25:00'])('%j is not a date', (text) => {
    expect(beginOf(text)).toBeNull();
  });
});
