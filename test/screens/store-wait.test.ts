import { afterEach, expect, test } from 'vitest';
import type { StoreWait } from '../../src/model/store-wait.ts';
import { storeWaitKey } from '../../src/screens/screen-reader/screen-text.ts';
import type { Overlay } from '../../src/state/overlay.ts';
import { withFacts } from '../../src/state/projector.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const change = { what: 'journal entry 0J3', hasLeft: false, isLookedUp: true };

/** A console whose team's store has not answered for three seconds. */
function start(more: Pick<StoreWait, 'change'>) {
  const fixture = makeFixture(manyRows(12));
  const console = makeConsole(fixture, { columns: 100, rows: 30 });
  open = console;
  const { clock, journal } = fixture.context;
  Object.assign(journal, {
    storeWait: (): StoreWait => ({ store: 'db.example:5432/subdeck', since: clock.now() - 3_000, ...more }),
  });
  const look = (overlay: Overlay | null) => {
    console.store.update((state) => ({ ...withFacts({ ...state, overlay }, fixture.context), now: clock.now() }));
    return frameOf(console)
      .join(' ')
      .replaceAll(/[│╭╮╰╯─\s]+/g, ' ');
  };
  return { console, look };
}

const sentence = "The team's store db.example:5432/subdeck has not answered for 3 s.";
const doing = 'Looking up what became of journal entry 0J3, before anything else.';

test('a change that is looked up says so on every screen, and in the box that waits', () => {
  const { console, look } = start({ change });
  expect(look(null)).toContain(`${sentence} ${doing}`);
  const waiting = { kind: 'waiting', text: 'Checking the outcome…', since: 0, over: null } as const;
  expect(look(waiting).split(sentence)).toHaveLength(2);
  expect(look(waiting)).toContain(doing);
  expect(storeWaitKey(console.state())).not.toBeNull();
});

test('what else is asked of the store says it only where a person waits', () => {
  const { console, look } = start({ change: null });
  expect(look(null)).not.toContain('has not answered');
  expect(storeWaitKey(console.state())).toBeNull();
  const waiting = { kind: 'waiting', text: 'Reading the current state and planning…', since: 0, over: null } as const;
  expect(look(waiting)).toContain(`${sentence} Waiting for its answer.`);
});
