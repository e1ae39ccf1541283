import { expect, it } from 'vitest';
import { createUrgency } from '../../src/state/urgency.ts';
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

it('counts urgent rows at once if that is fast, else in slices', () => {
  const rows = [endingIn('s-1', 0.3), endingIn('s-2', 0.5), endingIn('s-3', 40)];
  const quick = makeFixture(rows);
  const known = createUrgency(quick.context);
  expect(known()).toBeNull();
  quick.advance(1000);
  expect(known()).toBe(2);

  const slow = makeFixture(rows);
  const asked = slowly(slow, 30);
  const urgency = createUrgency(slow.context);
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
  const urgency = createUrgency(fixture.context);
  fixture.advance(1000);
  expect(urgency).toThrow('locked');
  fixture.cache.subscriptionWindow = answer;
  expect(urgency()).toBe(1);
});

it('counts again only after a change or a minute', () => {
  const fixture = makeFixture([endingIn('s-1', 0.3)]);
  const asked = slowly(fixture, 0);
  const urgency = createUrgency(fixture.context);
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
