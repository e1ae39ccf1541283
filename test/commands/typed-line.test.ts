import { expect, test } from 'vitest';
import { recentLine } from '../../src/commands/keys/effects/typed-line.ts';
import { commands } from '../../src/commands/table.ts';

test.each([
  ['subscription list --filter "ends<30d"', 'subscription list --filter "ends<30d"'],
  [
    'subscription set-quantity nordic/sub-1 7 --reason "ticket 42"',
    'subscription set-quantity nordic/sub-1 7 --reason "ticket 42"',
  ],
  ['today', 'today'],
  ['connection add nordic --vendor cloudmore password=hunter2', 'connection add'],
  ['connection set nordic clientSecret=hunter2', 'connection set'],
  ['subscription set-license nordic/sub-1 AAAA-BBBB', 'subscription set-license'],
  ['subscription update nordic/sub-1 licenceKey=AAAA-BBBB', 'subscription update'],
  ['subscription list --search AAAA-BBBB', 'subscription list'],
  ['hunter2', null],
  ['', null],
])('remembers of %j only %j', (typed, kept) => {
  expect(recentLine(typed, commands)).toBe(kept);
});
