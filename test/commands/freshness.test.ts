import { expect, test } from 'vitest';
import { isFresh } from '../../src/commands/freshness.ts';
import { neverRead } from '../../src/store/connections-table.ts';
import { makeFixture } from '../state/fixture.ts';
import { noon } from '../state/rows.ts';

test.each([
  ['never', null, false],
  ['a minute ago', -60_000, true],
  ['five minutes ago', -300_000, false],
  ['in a time that is still to come', 60_000, false],
])('what was read %s is fresh or not, for console and command line alike', (_, offset, fresh) => {
  const { context } = makeFixture([]);
  const readAt = offset === null ? null : new Date(noon + offset).toISOString();
  const freshness = () => ({ ...neverRead, readAt, rows: 1 });
  const { clock, settings } = context;
  expect(isFresh({ clock, settings, cache: { ...context.cache, freshness } }, 'nordic')).toBe(fresh);
});
