import { expect, test } from 'vitest';
import { isFresh } from '../../src/commands/freshness.ts';
import { neverRead } from '../../src/store/connections-table.ts';
import { makeFixture } from '../state/fixture.ts';
import { noon } from '../state/rows.ts';

test.each([
  ['never', null, false],
  ['a minute ago', -60_000, true],
  ['five minutes ago', -300_000, false],
  ['in the future', 60_000, false],
])('rows read %s have the same freshness in console and command line', (_, offset, fresh) => {
  const { context } = makeFixture([]);
  const readAt = offset === null ? null : new Date(noon + offset).toISOString();
  const freshness = () => ({ ...neverRead, readAt, rows: 1 });
  const { clock, settings } = context;
  expect(isFresh({ clock, settings, cache: { ...context.cache, freshness } }, 'nordic')).toBe(fresh);
});
