import { describe, expect, it } from 'vitest';
import { levelColumns as listed } from '../../src/commands/words/levels.ts';
import { parseLevelFilter } from '../../src/model/filter-parse.ts';
import { levelFieldNamed, levelFieldNames, levelFields } from '../../src/model/level-fields.ts';
import type { LevelNode } from '../../src/model/scope.ts';
import { levels } from '../../src/model/vendor.ts';
import { levelColumns } from '../../src/screens/table/level-columns.ts';
import { tableColumns } from '../../src/state/tables.ts';
import { type Cache, everything, fill, named, noon, openScratch, row } from '../store/rows.ts';

/** Two organizations of two connections that differ in every field, and a connection that was never read. */
function open(): Cache {
  const cache = openScratch();
  const declared = (name: string, vendor: 'cloudmore' | 'interworks') =>
    ({ name, title: name, vendor, impliedLevels: [], account: null }) as const;
  cache.declareConnections([declared('adria', 'interworks'), declared('nordic', 'cloudmore')]);
  const few = { reseller: named('r1'), organization: named('o1', 'Acme Oy'), services: [named('s1')] };
  const more = { organization: named('o2', 'Zed'), endsAt: '2026-12-01' };
  const in2 = { connection: 'nordic', ...more };
  fill(cache, [row({ connection: 'adria', vendor: 'interworks', id: '1', quantity: 5, ...few })], {}, 'adria');
  fill(
    cache,
    [
      row({ id: '1', quantity: 50, reseller: named('r1'), services: [named('s1')], ...in2 }),
      row({ id: '2', quantity: 50, reseller: named('r2'), services: [named('s2')], ...in2 }),
    ],
    {},
    'nordic',
  );
  return cache;
}

const asked = { ...everything, level: 'organization', sort: null } as const;

function found(cache: Cache, text: string): readonly string[] {
  const parsed = parseLevelFilter(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return cache.levelWindow({ ...asked, filter: parsed.filter }).rows.map(({ name }) => name);
}

const quoted = (text: string) => `"${text}"`;

describe('a row of a level', () => {
  it.each(levels)('of the level %s is filtered and sorted by every header of console and CSV', (level) => {
    const heads = [
      ...listed.flatMap(({ id, title }) => [id, title]),
      ...levelColumns(
        level,
        noon,
        tableColumns[level].map(({ id }) => id),
      ).flatMap(({ id, title }) => [id, title]),
    ];
    expect(heads.length).toBeGreaterThan(10);
    expect(heads.filter((name) => levelFieldNamed(name) === null)).toEqual([]);
  });

  it.each(levelFieldNames)('filters by %s under each of its names and values', (field) => {
    const cache = open();
    const { rows } = cache.levelWindow(asked);
    expect(rows.map(({ name }) => name)).toEqual(['Acme Oy', 'Zed']);
    const texts = (node: LevelNode) => levelFields[field].texts(node);
    for (const node of rows) {
      for (const name of [field, ...levelFields[field].aliases]) {
        const [text = ''] = texts(node);
        const same = rows.filter((each) => texts(each)[0] === text).map((each) => each.name);
        expect(found(cache, `${name}=${quoted(text)}`), `${name}=${text}`).toEqual(same);
        const others = rows.filter((each) => texts(each)[0] !== text).map((each) => each.name);
        expect(found(cache, `-${name}=${quoted(text)}`), `-${name}=${text}`).toEqual(others);
      }
    }
  });

  it.each(levelFieldNames)('sorts by %s in both directions', (field) => {
    const cache = open();
    const order = (descending: boolean) => cache.levelWindow({ ...asked, sort: { field, descending } }).rows;
    const [texts] = [
      (node: LevelNode | undefined) => (node === undefined ? '' : (levelFields[field].texts(node)[0] ?? '')),
    ];
    const [up, down] = [order(false), order(true)];
    expect(up).toHaveLength(2);
    const { kind } = levelFields[field];
    const [first, second] = up.map(texts);
    if (kind === 'number') expect(Number(first)).toBeLessThanOrEqual(Number(second));
    else expect([first, second].toSorted()).toEqual([first, second]);
    if (first !== second) expect(down).toEqual(up.toReversed());
  });

  it('is found by words in its name or id, by comparisons, and by both together', () => {
    const cache = open();
    expect(found(cache, 'oy ACME')).toEqual(['Acme Oy']);
    expect(found(cache, '-acme')).toEqual(['Zed']);
    expect(found(cache, 'o2')).toEqual(['Zed']);
    expect(found(cache, 'acme|zed')).toEqual(['Acme Oy', 'Zed']);
    expect(found(cache, '-acme|zzz')).toEqual(['Zed']);
    expect(found(cache, 'vendor:interworks|zzz')).toEqual(['Acme Oy']);
    expect(found(cache, 'seats>5')).toEqual(['Zed']);
    expect(found(cache, 'subs<=1 vendor:interworks')).toEqual(['Acme Oy']);
    expect(found(cache, 'ending>0 acme')).toEqual([]);
    expect(found(cache, 'read>2026-11-20')).toEqual(['Acme Oy', 'Zed']);
    expect(parseLevelFilter('qty>5')).toMatchObject({ ok: false, message: expect.stringContaining('no field "qty"') });
    expect(parseLevelFilter('seats>many')).toMatchObject({ ok: false, position: 6 });
  });

  it('keeps its position among the rows that the filter leaves', () => {
    const cache = open();
    const parsed = parseLevelFilter('seats>5');
    const query = { ...asked, filter: parsed.ok ? parsed.filter : [] };
    expect(cache.levelPositionOf(query, { level: 'organization', connection: 'nordic', id: 'o2' })).toBe(0);
    expect(cache.levelPositionOf(query, { level: 'organization', connection: 'adria', id: 'o1' })).toBeNull();
  });
});
