import { afterEach, expect, it } from 'vitest';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { answer } from '../../src/screens/screen-reader/answer.ts';
import { overlayText } from '../../src/screens/screen-reader/overlay-text.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows, subscription } from '../state/rows.ts';

let console: TestConsole;
afterEach(() => console.stop());

function type(...lines: readonly string[]): void {
  for (const line of lines) answer(console, line, 0);
}

it('a letter acts like the key of its command', () => {
  console = makeConsole(makeFixture(manyRows(3)));
  type('t');
  expect(console.screen().kind).toBe('today');
  type('b');
  expect(console.screen().kind).toBe('level');
  type('q');
  expect(console.exits).toEqual([0]);
});

it('a letter without a command here, or disabled now, gives the reason', () => {
  console = makeConsole(makeFixture(manyRows(3)));
  type('a');
  expect(console.state().status?.text).toBe('It is not available on this screen.');
  type('o', 'r');
  expect(console.state().status?.text).toBe('The console is offline; press o to go online.');
  type('o');
  expect(console.state().offline).toBe(false);
});

const theme = makeTheme({ contrast: 'normal', marks: 'ascii', spinner: false, colour: false, background: 'dark' });

/** What is said of the box in front. */
function said(): readonly string[] {
  const overlay = console.overlay();
  return overlay === null ? [] : overlayText(overlay, console.state(), theme);
}

it('b on a plan goes back to its form, where an empty line keeps what was typed', async () => {
  const fixture = makeFixture([subscription({ id: 'sub-1', quantity: 40 })]);
  console = makeConsole(fixture);
  console.type('S');
  type('a');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  type('1');
  await console.until(({ overlay }) => overlay?.kind === 'form');
  type('32');
  await console.until(({ overlay }) => overlay?.kind === 'plan');
  console.drawPlan();
  answer(console, 'no', 1000);
  expect(said()).toContain('Type yes to send it, or b to go back. Nothing was sent.');
  answer(console, 'r TICKET-4711', 1000);
  expect(console.overlay()).toMatchObject({ kind: 'plan', reason: 'TICKET-4711' });
  answer(console, 'b', 1000);
  expect(said().join(' ')).toContain('Enter alone: 32');
  type('');
  await console.until(({ overlay }) => overlay?.kind === 'plan');
  expect(console.overlay()).toMatchObject({
    plan: { writeRequest: { verb: 'set-quantity', quantity: 32 } },
    reason: 'TICKET-4711',
  });
  expect(fixture.sent).toEqual([]);
});
