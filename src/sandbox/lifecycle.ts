import { type SeededRandom, salt } from './seeded-random.ts';
import { dayLength } from './time.ts';

export type Stage = 'active' | 'trial' | 'pending' | 'suspended' | 'cancelled' | 'expired';

/** The lifecycle of a subscription. Starts are midnights UTC, ends the last second of their day; milliseconds. */
export interface Lifecycle {
  readonly stage: Stage;
  readonly start: number;
  /** Null: without an end. */
  readonly end: number | null;
  readonly cancelled: number | null;
  readonly months: 1 | 12 | 36;
}

const stageThrow = salt('stage');
const endThrow = salt('end');
const windowThrow = salt('end window');
const termThrow = salt('term');

/** Of a hundred subscriptions. */
const stages: readonly [Stage, number][] = [
  ['active', 83],
  ['trial', 3],
  ['pending', 2],
  ['suspended', 4],
  ['cancelled', 5],
  ['expired', 3],
];

/** When active subscriptions end, in days from today: out of a hundred, from, to. The other tenth has no end. */
const windows: readonly [number, number, number][] = [
  [3, 0, 1],
  [5, 1, 7],
  [14, 7, 30],
  [12, 30, 60],
  [10, 60, 90],
  [40, 90, 365],
  [6, 365, 1095],
];

/** The life of row `index`, with renewals close enough to today that Today always has items. */
export function lifecycleOf(dice: SeededRandom, today: number, index: number): Lifecycle {
  const stage = stageOf(dice, index);
  const months = ([12, 12, 12, 1, 36] as const)[dice.below(termThrow, index, 5)] ?? 12;
  const luck = dice.fraction(endThrow, index);
  const day = (days: number) => today + Math.round(days) * dayLength;
  const lastSecond = (days: number) => day(days + 1) - 1000;
  switch (stage) {
    case 'active':
    case 'suspended': {
      const ahead = daysAhead(dice, index, luck);
      if (ahead === null) return { stage, start: day(-30 - luck * 1400), end: null, cancelled: null, months };
      const first = Math.min(ahead + 1 - months * 30.4, -1 - luck * 25);
      return { stage, start: day(first), end: lastSecond(ahead), cancelled: null, months };
    }
    case 'trial':
      return { stage, start: day(luck * 29 - 30), end: lastSecond(luck * 29), cancelled: null, months: 1 };
    case 'pending':
      return { stage, start: day(luck * 10), end: lastSecond(luck * 10 + months * 30.4), cancelled: null, months };
    case 'cancelled': {
      const cancelled = -1 - luck * 200;
      return {
        stage,
        start: day(cancelled - 40 - luck * 500),
        end: lastSecond(cancelled),
        cancelled: day(cancelled),
        months,
      };
    }
    case 'expired':
      return {
        stage,
        start: day(-90 * luck - months * 30.4),
        end: lastSecond(-1 - luck * 89),
        cancelled: null,
        months,
      };
  }
}

function stageOf(dice: SeededRandom, index: number): Stage {
  let left = dice.below(stageThrow, index, 100);
  for (const [stage, part] of stages) {
    if (left < part) return stage;
    left -= part;
  }
  return 'active';
}

function daysAhead(dice: SeededRandom, index: number, luck: number): number | null {
  let left = dice.below(windowThrow, index, 100);
  for (const [part, from, to] of windows) {
    if (left < part) return Math.floor(from + luck * (to - from));
    left -= part;
  }
  return null;
}

/** `2026-11-30`. */
export function dayText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** `2026-11-30T23:59:59Z`. */
export function secondText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
