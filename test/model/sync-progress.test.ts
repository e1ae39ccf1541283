import { expect, test } from 'vitest';
import { progressLine, waitedText } from '../../src/model/sync-progress.ts';
import { noProgress } from '../sync/traffic.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [
    { done: 1_204, total: 5_000, rows: 1_204, calls: 23, rowsPerSecond: 812.4, left: 4_700 },
    '1,204 of 5,000, 23 calls, 812/s, 5 s left',
  ],
  [{ done: 12, rows: 480, calls: 13, rowsPerSecond: 40 }, '480 rows, 13 calls, 40/s'],
  [{ rows: 1, calls: 1 }, '1 row, 1 call'],
  [{ rows: 480, calls: 13, expected: 5_000, left: 61_000 }, '480 of about 5,000 rows, 13 calls, 1 min left'],
  [{ rows: 5_001, calls: 13, expected: 5_000 }, '5,001 rows, 13 calls'],
  [
    { rows: 480, calls: 241, wait: { until: now + 30_400, why: 'limit', limit: { calls: 240, seconds: 60 } } } as const,
    "480 rows, 241 calls, waits 31 s for the vendor's limit of 240 calls a minute",
  ],
])('shows %j as %s', (progress, line) => {
  expect(progressLine({ ...noProgress, ...progress }, now)).toBe(`nordic: ${line}`);
});

test('lists waits by reason and omits those under half a second', () => {
  expect(waitedText({ limit: 31_000, throttled: 0, 'no-answer': 400 })).toBe("31 s for the vendor's limit");
  expect(waitedText({ limit: 0, throttled: 61_000, 'no-answer': 1_200 })).toBe(
    '1 min as the vendor asked, 2 s before tries that were made again',
  );
  expect(waitedText({ limit: 0, throttled: 0, 'no-answer': 0 })).toBe('');
});
