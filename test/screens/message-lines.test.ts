import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../../src/model/fault.ts';
import { say, sayFault } from '../../src/state/updates/status.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const fault: Fault = {
  ...{ kind: 'denied', connection: null, sent: false, vendor: null },
  message: 'The vendor refused the credentials of this connection, which were changed by somebody else an hour ago.',
  next: 'Type the new secrets with :connection set nordic, and wait until everybody else has done the same.',
};
const reason = `${fault.message} ${fault.next}`;
const words = (lines: readonly string[]) => lines.map((line) => line.trim()).join(' ');

test.each([
  [60, 16],
  [80, 24],
  [120, 40],
])('a long reason is shown in full at %i×%i, until the next key', (columns, rows) => {
  const console = makeConsole(makeFixture(manyRows(60)), { columns, rows });
  open = console;
  console.type('S');
  const before = frameOf(console);
  console.store.update((state) => sayFault(state, fault));
  expect(words(frameOf(console))).toContain(reason);
  expect(frameOf(console)).toHaveLength(before.length);
  expect(frameOf(console).at(-1)).toBe(before.at(-1));
  console.type('j');
  expect(words(frameOf(console))).not.toContain(reason);
  expect(frameOf(console).at(-2)).toContain('The vendor refused the');
  expect(frameOf(console).slice(1, 4)).toEqual([before[1], before[2], expect.anything()]);
  // The answer to a key goes with the next one.
  console.store.update((state) => say(state, reason, 'warn'));
  expect(words(frameOf(console))).toContain(reason);
  console.type('k');
  expect(words(frameOf(console))).not.toContain('The vendor refused');
});

test('a reason that fits takes no lines, and covers no box that is to be confirmed', () => {
  const console = makeConsole(makeFixture(manyRows(60)), { columns: 80, rows: 24 });
  open = console;
  console.type('S');
  const before = frameOf(console);
  console.store.update((state) => say(state, 'Not possible here.'));
  expect(frameOf(console).slice(0, -2)).toEqual(before.slice(0, -2));
  const notice = { kind: 'notice', title: 'Notice', text: 'One.', fault: null } as const;
  console.store.update((state) => ({ ...state, status: null, overlay: notice }));
  const boxed = frameOf(console);
  console.store.update((state) => say(state, reason, 'warn'));
  expect(frameOf(console).slice(0, -2)).toEqual(boxed.slice(0, -2));
});
