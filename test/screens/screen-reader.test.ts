import { afterEach, expect, it } from 'vitest';
import { answer } from '../../src/screens/screen-reader/answer.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows } from '../state/rows.ts';

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
