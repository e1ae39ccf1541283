import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ConsoleState } from '../../src/state/console-state.ts';
import { nameIndexOf } from '../../src/state/search/name-index.ts';
import { createPaletteSearch } from '../../src/state/search/palette-search.ts';
import { openPalette, pastePalette, pickSuggestion } from '../../src/state/updates/palette.ts';
import { makeConsole } from './console.ts';
import { type ConsoleFixture, makeFixture } from './fixture.ts';
import { safe, subscription } from './rows.ts';

const customers = 1_200;
const rows = Array.from({ length: customers }, (_, index) =>
  subscription({
    id: `s-${index}`,
    name: safe('Archive Files'),
    organization: { id: `c-${index}`, name: safe(`Customer${index} Logistics`) },
  }),
);

/** Each query takes this long; returns how long the longest call of `work` took since. */
function slowly(fixture: ConsoleFixture, milliseconds: number) {
  for (const name of ['nodeNames', 'levelWindow', 'subscriptionWindow'] as const) {
    const answer = (fixture.cache[name] as (...args: unknown[]) => unknown).bind(fixture.cache);
    Object.assign(fixture.cache, {
      [name]: (...args: unknown[]) => {
        fixture.advance(milliseconds);
        return answer(...args);
      },
    });
  }
  let longest = 0;
  return {
    longest: () => longest,
    timed<Result>(work: () => Result): Result {
      const began = fixture.context.clock.monotonic();
      const result = work();
      longest = Math.max(longest, fixture.context.clock.monotonic() - began);
      return result;
    },
  };
}

function stateOf(fixture: ConsoleFixture): ConsoleState {
  const console = makeConsole(fixture);
  console.stop();
  return console.state();
}

const paletteOf = ({ overlay }: ConsoleState) => {
  if (overlay?.kind !== 'palette') throw new Error('There is no palette.');
  return overlay;
};

it('searches for a pasted ticket in slices, and says so until all is compared', () => {
  const fixture = makeFixture(rows);
  const { timed, longest } = slowly(fixture, 5);
  const search = createPaletteSearch(fixture.context);
  const ticket = 'Hello, Customer900 Logistics needs one seat less of Archive Files, thanks';
  let state = timed(() => search.withHits(pastePalette(openPalette(stateOf(fixture)), ticket)));
  expect(paletteOf(state)).toMatchObject({ hits: [], searching: { names: null } });
  expect(timed(() => search.withHits(state))).toBe(state);
  for (let turns = 0; search.isInProgress() && turns < 1_000; turns += 1) state = timed(() => search.withHits(state));
  expect(paletteOf(state)).toMatchObject({ searching: null });
  expect(paletteOf(state).hits[0]?.target).toEqual({ kind: 'subscription', ref: 'nordic/s-900' });
  expect(longest()).toBeLessThanOrEqual(15);
  expect(search.withHits(state)).toBe(state);
});

it('shows after a second what was found so far, and keeps the entry under the cursor', () => {
  const fixture = makeFixture(rows);
  const { timed } = slowly(fixture, 200);
  const search = createPaletteSearch(fixture.context);
  const ticket = 'Hello, about nordic/s-7 and nordic/s-8:\nCustomer900 needs one seat less of Archive Files, thanks';
  let state = search.withHits(pastePalette(openPalette(stateOf(fixture)), ticket));
  while (paletteOf(state).hits.length < 2) state = timed(() => search.withHits(state));
  expect(search.isInProgress()).toBe(true);
  state = pickSuggestion(state, 1, 2);
  const picked = paletteOf(state).hits[1]?.key;
  while (search.isInProgress()) state = search.withHits(state);
  expect(paletteOf(state).hits[paletteOf(state).picked]?.key).toBe(picked);
});

it('another text ends a search, and so does closing the palette', () => {
  const fixture = makeFixture(rows);
  slowly(fixture, 5);
  const search = createPaletteSearch(fixture.context);
  const opened = openPalette(stateOf(fixture));
  search.withHits(pastePalette(opened, 'Customer900 Logistics needs one seat less of Archive Files'));
  let state = search.withHits(pastePalette(opened, 'Customer901 Logistics needs one seat less of Archive Files'));
  while (search.isInProgress()) state = search.withHits(state);
  expect(paletteOf(state).hits[0]?.target).toEqual({ kind: 'subscription', ref: 'nordic/s-901' });
  search.withHits(pastePalette(opened, 'Customer902 Logistics needs one seat less of Archive Files'));
  expect(search.isInProgress()).toBe(true);
  search.withHits({ ...state, overlay: null });
  expect(search.isInProgress()).toBe(false);
});

it('reads names in idle time, and after a change only the changed ones', () => {
  const fixture = makeFixture(rows);
  const search = createPaletteSearch(fixture.context);
  const index = nameIndexOf(fixture.cache);
  while (search.warm());
  expect(index.isOutdated()).toBe(false);
  const before = index.organization(index.withWord('customer900')[0] ?? 0);
  expect(before?.name).toBe('Customer900 Logistics');
  const [first, ...others] = rows;
  fixture.cache.change([{ ...(first as (typeof rows)[number]), quantity: 3 }, ...others]);
  expect(index.isOutdated()).toBe(false);
  const organization = { id: 'c-0', name: safe('Renamed Foods') };
  fixture.cache.change([{ ...(first as (typeof rows)[number]), organization }, ...others]);
  expect(index.isOutdated()).toBe(true);
  fixture.advance(60_000);
  while (search.warm());
  expect(index.withWord('renamed')).toHaveLength(1);
  expect(index.organization(index.withWord('renamed')[0] ?? 0)?.name).toBe('Renamed Foods');
  expect(index.organization(index.withWord('customer900')[0] ?? 0)).toBe(before);
});

it('Enter behind a pasted text opens what is found first, Esc takes it back', async () => {
  const fixture = makeFixture(rows);
  slowly(fixture, 5);
  const waits: (() => void)[] = [];
  Object.assign(fixture.context.clock, { wait: () => new Promise<void>((resolve) => waits.push(resolve)) });
  const console = makeConsole(fixture);
  const ticket = 'Customer900 Logistics needs one seat less of Archive Files, thanks';
  const searched = async () => {
    while (console.overlay()?.kind === 'palette' && paletteOf(console.state()).searching !== null) {
      for (const end of waits.splice(0)) end();
      await turn();
    }
  };
  console.type(':');
  console.paste(`${ticket}\n`);
  console.type('<enter>');
  expect(console.overlay()).toMatchObject({ kind: 'palette', hits: [] });
  await searched();
  expect(console.screen()).toMatchObject({ kind: 'subscription', ref: 'nordic/s-900' });
  console.type('<escape>:');
  console.paste(`${ticket.replace('900', '901')}\n`);
  console.type('<enter><escape>');
  await searched();
  expect(console.overlay()).toBeNull();
  expect(console.screen()).not.toMatchObject({ kind: 'subscription' });
  console.stop();
});
