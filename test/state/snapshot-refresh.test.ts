import { describe, expect, it } from 'vitest';
import { createSnapshotRefresh } from '../../src/state/snapshot-refresh.ts';

/** A clock controlled by the test, and a console whose last key was pressed when the test says. */
function looking() {
  let now = 10_000;
  let touched = 0;
  const snapshotRefresh = createSnapshotRefresh({ monotonic: () => now }, () => touched);
  return {
    isDue: (isEmpty = false) => snapshotRefresh.isDue(isEmpty),
    look: (takes: number) => snapshotRefresh.measure(() => (now += takes)),
    pass: (milliseconds: number) => (now += milliseconds),
    press: () => (touched = now),
  };
}

describe('the console picks up changes of other processes', () => {
  it('at once the first time, and soon again if refreshing is fast', () => {
    const console = looking();
    console.press();
    expect(console.isDue()).toBe(true);
    console.look(2);
    expect(console.isDue()).toBe(false);
    console.pass(100);
    console.press();
    expect(console.isDue()).toBe(true);
  });

  it('only between keys if refreshing is slow, and after 15 seconds at the latest', () => {
    const console = looking();
    console.look(60);
    for (let quarter = 0; quarter < 59; quarter += 1) {
      console.pass(250);
      console.press();
      expect(console.isDue()).toBe(false);
    }
    console.pass(250);
    console.press();
    expect(console.isDue()).toBe(true);
  });

  it('at once while nothing is on screen', () => {
    const console = looking();
    console.look(60);
    console.press();
    expect(console.isDue(true)).toBe(false);
    console.pass(25);
    expect(console.isDue(true)).toBe(true);
    expect(console.isDue()).toBe(false);
  });

  it('for at most a twentieth of the time', () => {
    const console = looking();
    console.look(60);
    console.pass(1_199);
    expect(console.isDue()).toBe(false);
    console.pass(1);
    expect(console.isDue()).toBe(true);
  });
});
