import { expect, test } from 'vitest';
import { waitLines } from '../../src/app/wait-lines.ts';
import { heldTime } from '../fault-server/clocks.ts';

const limit = { calls: 240, seconds: 60 };

test('prints a wait once with its length and reason, however many reads wait', () => {
  const time = heldTime();
  const lines: string[] = [];
  const tell = waitLines(time, (line) => lines.push(line));
  tell({ connection: 'lineworks', milliseconds: 30_600, why: 'limit', limit });
  tell({ connection: 'lineworks', milliseconds: 31_000, why: 'throttled', limit: null });
  time.advance(20_000);
  tell({ connection: 'lineworks', milliseconds: 11_000, why: 'throttled', limit: null });
  tell({ connection: 'nordic', milliseconds: 5_000, why: 'throttled', limit: null });
  tell({ connection: 'nordic', milliseconds: 400, why: 'no-answer', limit: null });
  time.advance(60_000);
  tell({ connection: 'lineworks', milliseconds: 60_000, why: 'limit', limit });
  expect(lines).toEqual([
    "lineworks: waiting 31 s for the vendor's limit of 240 calls a minute.",
    'nordic: waiting 5 s as the vendor asked.',
    "lineworks: waiting 1 min for the vendor's limit of 240 calls a minute.",
  ]);
});
