import { describe, expect, test } from 'vitest';
import { isRefreshDue, type RefreshQuestion } from '../../src/commands/keys/effects/refresh-due.ts';

const minute = 60_000;

/** Six minutes old, with a minute since the last key: due. */
const old: RefreshQuestion = {
  setting: 'auto',
  now: 60 * minute,
  lastKeyAt: 59 * minute,
  isPlanOpen: false,
  isOffline: false,
  isReading: false,
  age: 6 * minute,
  freshFor: 5 * minute,
  last: { endedAt: 54 * minute, took: 1_000, fault: null },
};

const ended = (ago: number, took: number, fault: NonNullable<RefreshQuestion['last']>['fault'] = null) => ({
  last: { endedAt: old.now - ago, took, fault },
});

describe('the visible rows are due for a refresh', () => {
  test.each<[string, Partial<RefreshQuestion>, boolean]>([
    ['once older than freshFor', {}, true],
    ['at freshFor', { age: 5 * minute }, true],
    ['not before', { age: 5 * minute - 1 }, false],
    ['if they were never read', { age: null, last: null }, true],
    ['if the clock was set back since the read', { age: -1 }, true],
    ['not within 5 s of a key', { lastKeyAt: old.now - 4_999 }, false],
    ['5 s after a key', { lastKeyAt: old.now - 5_000 }, true],
    ['before the first key', { lastKeyAt: Number.NEGATIVE_INFINITY }, true],
    ['not with a plan open', { isPlanOpen: true }, false],
    ['not offline', { isOffline: true }, false],
    ['not while being read', { isReading: true }, false],
    ['not with refresh off', { setting: 'off' }, false],
    ['not before four times the duration of the last read', ended(8 * minute - 1, 2 * minute), false],
    ['four times the duration of the last read later', ended(8 * minute, 2 * minute), true],
    ['not within 5 s of a read, however short, even if freshFor is 0', { ...ended(4_999, 10), freshFor: 0 }, false],
    ['5 s after a short one, if freshFor is 0', { ...ended(5_000, 10), freshFor: 0, age: 5_000 }, true],
  ])('%s', (_, changed, due) => {
    expect(isRefreshDue({ ...old, ...changed })).toBe(due);
  });
});

describe('after a failed read', () => {
  test.each<[string, Partial<RefreshQuestion>, boolean]>([
    ['without an answer, not within a minute', ended(minute - 1, 10, 'unreachable'), false],
    ['without an answer, a minute later', ended(minute, 10, 'unreachable'), true],
    ['after a long wait, not before four times its length', ended(3 * minute, minute, 'unreachable'), false],
    ['in a part, not before freshFor', ended(5 * minute - 1, 10, 'partial'), false],
    ['in a part, after freshFor', ended(5 * minute, 10, 'partial'), true],
    ['in a part, not within a minute, even if freshFor is 0', { ...ended(59_999, 10, 'partial'), freshFor: 0 }, false],
    ['by a wrong password, never: vendors lock accounts', ended(1_000 * minute, 10, 'signed-out'), false],
    ['by a refusal, never', ended(1_000 * minute, 10, 'denied'), false],
    ['by invalid settings, never', ended(1_000 * minute, 10, 'usage'), false],
  ])('%s', (_, changed, due) => {
    expect(isRefreshDue({ ...old, age: null, ...changed })).toBe(due);
  });
});
