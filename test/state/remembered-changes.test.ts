import { expect, test } from 'vitest';
import { hasNews, withNews } from '../../src/state/remembered-changes.ts';
import type { Remembered, SavedView } from '../../src/state/table-layout.ts';
import { nothingRemembered } from '../../src/state/table-layout.ts';

const view = (name: string): SavedView => ({ name, trail: [], filter: 'qty<9', columns: null, sort: [] });
const byName = { columns: null, sort: [{ field: 'name', descending: false }] };

test('two consoles merge their views, sort orders, recent commands and filters', () => {
  const old = view('old');
  const start: Remembered = {
    ...nothingRemembered,
    views: [old],
    recent: ['today'],
    filters: { subscriptions: ['old'] },
  };
  const mine: Remembered = {
    ...{ looks: { seller: byName }, views: [old, view('mine')], recent: ['sync', 'today'] },
    filters: { levels: ['seats>5'], subscriptions: ['acme', 'old'], text: ['K3Y-0001'] },
  };
  const theirs: Remembered = {
    looks: { subscriptions: byName },
    views: [view('theirs')],
    recent: ['vendors', 'today'],
    filters: { subscriptions: ['zed', 'old'] },
  };
  const kept = withNews(withNews(start, start, theirs), start, mine);
  expect(kept.looks).toEqual({ seller: byName, subscriptions: byName });
  expect(kept.views.map(({ name }) => name)).toEqual(['mine', 'theirs']);
  expect(kept.recent).toEqual(['sync', 'vendors', 'today']);
  expect(kept.filters).toEqual({ levels: ['seats>5'], subscriptions: ['acme', 'zed', 'old'] });
});

test('does not overwrite what is unchanged', () => {
  const start: Remembered = { ...nothingRemembered, recent: ['today'] };
  expect(hasNews(start, { ...start })).toBe(false);
  const sorted: Remembered = { ...start, looks: { seller: byName } };
  expect(withNews({ ...start, recent: ['vendors'] }, start, sorted).recent).toEqual(['vendors']);
});
