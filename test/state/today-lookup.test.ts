import { expect, it } from 'vitest';
import { planKey } from '../../src/model/open-plans.ts';
import { unmarked } from '../../src/model/today-mark.ts';
import { lineSentences } from '../../src/screens/screens/today-sentences.ts';
import { readToday } from '../../src/state/read-today.ts';
import { createTodayLookup } from '../../src/state/today-lookup.ts';
import { todayScreen } from '../../src/state/today-screens.ts';
import { colleaguesOf, colleagueText } from '../../src/today/colleagues.ts';
import { type ConsoleFixture, makeFixture } from './fixture.ts';
import { noon, subscription } from './rows.ts';

const day = 86_400_000;
/** Somebody must decide about it. */
const manual = { mode: 'manual', quantity: null, productId: null, plan: null } as const;
const endingIn = (id: string, days: number) =>
  subscription({ id, endsAt: new Date(noon + days * day).toISOString(), renewal: manual });

/** Every cache query takes this many milliseconds; returns the number of queries so far. */
function slowly(fixture: ConsoleFixture, milliseconds: number): () => number {
  let asked = 0;
  const answer = fixture.cache.subscriptionWindow.bind(fixture.cache);
  fixture.cache.subscriptionWindow = (query) => {
    asked += 1;
    fixture.advance(milliseconds);
    return answer(query);
  };
  return () => asked;
}

function countOf(fixture: ConsoleFixture): () => number | null {
  const lookup = createTodayLookup(fixture.context);
  return () => lookup.proceed(false)?.urgent ?? null;
}

it('counts urgent rows at once if that is fast, else in slices', () => {
  const rows = [endingIn('s-1', 0.3), endingIn('s-2', 0.5), endingIn('s-3', 40)];
  const quick = makeFixture(rows);
  const known = countOf(quick);
  expect(known()).toBeNull();
  quick.advance(1000);
  expect(known()).toBe(2);

  const slow = makeFixture(rows);
  const asked = slowly(slow, 30);
  const urgency = countOf(slow);
  slow.advance(1000);
  const answers: (number | null)[] = [];
  while (answers.at(-1) === undefined || answers.at(-1) === null) {
    const before = asked();
    answers.push(urgency());
    // A date takes two queries: days without a time, and instants.
    expect(asked() - before).toBeLessThanOrEqual(2);
  }
  expect(answers.length).toBeGreaterThan(3);
  expect(answers.at(-1)).toBe(2);
});

it('starts over after a query that fails', () => {
  const fixture = makeFixture([endingIn('s-1', 0.3)]);
  const answer = fixture.cache.subscriptionWindow.bind(fixture.cache);
  fixture.cache.subscriptionWindow = () => {
    throw new Error('locked');
  };
  const urgency = countOf(fixture);
  fixture.advance(1000);
  expect(urgency).toThrow('locked');
  fixture.cache.subscriptionWindow = answer;
  expect(urgency()).toBe(1);
});

it('counts again only after a change or a minute', () => {
  const fixture = makeFixture([endingIn('s-1', 0.3)]);
  const asked = slowly(fixture, 0);
  const urgency = countOf(fixture);
  fixture.advance(1000);
  expect(urgency()).toBe(1);
  const once = asked();
  fixture.advance(30_000);
  expect(urgency()).toBe(1);
  expect(asked()).toBe(once);
  fixture.cache.change([endingIn('s-1', 0.3), endingIn('s-2', 0.4)]);
  expect(urgency()).toBe(2);
  fixture.advance(60_000);
  urgency();
  expect(asked()).toBe(3 * once);
});

it('begins at once for the Today screen, and follows the journal there', () => {
  const fixture = makeFixture([endingIn('s-1', 0.3)]);
  const asked = slowly(fixture, 0);
  const lookup = createTodayLookup(fixture.context);
  expect(lookup.proceed(false)).toBeNull();
  expect(lookup.proceed(true)?.urgent).toBe(1);
  const before = asked();
  lookup.proceed(true);
  expect(asked()).toBe(before);
  Object.assign(fixture.context.journal, { revision: () => 1 });
  lookup.proceed(false);
  expect(asked()).toBe(before);
  lookup.proceed(true);
  expect(asked()).toBeGreaterThan(before);
});

it('shows a mark at once on what was looked up before it', () => {
  const fixture = makeFixture([endingIn('s-1', 0.3)]);
  const latest = createTodayLookup(fixture.context).proceed(true);
  const opened = readToday(todayScreen(), latest, fixture.context, 20);
  const [item] = opened.found?.items ?? [];
  const mark = { ...unmarked, owner: 'sam' };
  Object.assign(fixture.context.journal, { revision: () => 1, marks: () => new Map([[item?.key, mark]]) });
  const marked = readToday(opened, latest, fixture.context, 20);
  expect(marked.found?.items.map(({ marks }) => marks.owner)).toEqual(['sam', null, null]);
  expect(marked.list.cursor).toBe(opened.list.cursor);
});

it('names the member who has a plan for a row on screen', () => {
  const fixture = makeFixture([endingIn('s-1', 0.3), endingIn('s-2', 0.5)]);
  const latest = createTodayLookup(fixture.context).proceed(true);
  const folded = readToday(todayScreen(), latest, fixture.context, 20);
  const unfolded = { ...folded, view: { ...folded.view, opened: new Set(folded.lines.map(({ id }) => id)) } };
  const account = fixture.context.connections.list[0]?.account ?? '';
  const others = new Map([[planKey({ account, id: 's-2' }), 'cora']]);
  Object.assign(fixture.context, { openPlans: { others: () => others, revision: () => 1 } });
  const { lines } = readToday(unfolded, latest, fixture.context, 20);
  const planned = lines.flatMap((line) =>
    line.kind === 'item' && line.colleague !== null
      ? [[line.item.ref, line.colleague.member, line.colleague.brief]]
      : [],
  );
  expect(planned).toEqual([['nordic/s-2', 'cora', 'plan']]);
  // Before the next step: a low screen has few lines.
  const line = lines.find((each) => each.kind === 'item' && each.colleague !== null);
  const row = line?.kind === 'item' ? { ...line, row: null, entry: null } : null;
  const sentences = row === null ? [] : lineSentences(row, unfolded, fixture.context.clock.now());
  expect(sentences[1]).toBe('cora has a plan for it on screen.');
  expect(sentences.length).toBeGreaterThan(2);
  // A folded group names whoever works on one of its items.
  const withOthers = readToday({ ...folded, stamp: null }, latest, fixture.context, 20);
  expect(withOthers.lines.map(({ colleague }) => colleague?.member)).toContain('cora');
});

it('names the member whose write is open on a row, and nobody for one’s own', () => {
  const entry = { ...({ account: 'acme', ref: 'nordic/s-1', verb: 'set-quantity', after: { quantity: 20 } } as const) };
  const at = '2026-11-28T14:02:00Z';
  const write = (by: string, state: string, more: object = {}) => ({ entry: { ...entry, at, by, state, ...more } });
  const told = (records: readonly object[], now: number) => {
    const journal = { author: 'ben (b@desk)', recordsIn: () => records } as never;
    return [
      ...colleaguesOf(
        { journal, plans: new Map([[planKey({ account: 'acme', id: 's-1' }), 'cora']]) },
        { now },
      ).values(),
    ].map(colleagueText);
  };
  const sameDay = Date.UTC(2026, 10, 28, 15);
  expect(told([], sameDay)).toEqual(['cora has a plan for it on screen']);
  expect(told([write('nina (n@desk)', 'sent')], sameDay)).toEqual(['nina: quantity to 20, sent 14:02 UTC']);
  expect(told([write('nina (n@desk)', 'unknown', { verb: 'set-renewal', after: {} })], sameDay + 86_400_000)).toEqual([
    'nina: set renewal, sent 28 Nov 14:02 UTC, outcome unknown',
  ]);
  expect(told([write('ben (b@desk)', 'sent')], sameDay)).toEqual(['cora has a plan for it on screen']);
});
