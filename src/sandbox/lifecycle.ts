import { atOfficeHour, onWorkingDay } from './office-hours.ts';
import { type SeededRandom, salt } from './seeded-random.ts';
import { dayLength, type SandboxTime } from './time.ts';

export type Stage = 'active' | 'trial' | 'pending' | 'suspended' | 'cancelled' | 'expired';

/** The lifecycle of a subscription, as it is now. Instants are at office hours, in milliseconds. */
export interface Lifecycle {
  readonly stage: Stage;
  /** It began as a trial, whatever became of it. */
  readonly isTrial: boolean;
  readonly start: number;
  /** Null: without an end. */
  readonly end: number | null;
  readonly cancelled: number | null;
  /** When it was renewed last, while the sandbox runs. */
  readonly renewed: number | null;
  readonly months: 1 | 12 | 36;
}

const stageThrow = salt('stage');
const endThrow = salt('end');
const openThrow = salt('open end');
const termThrow = salt('term');
const renewThrow = salt('renewal');

/** Of a hundred subscriptions. */
const stages: readonly [Stage, number][] = [
  ['active', 89],
  ['trial', 1],
  ['pending', 1],
  ['suspended', 1],
  ['cancelled', 5],
  ['expired', 3],
];

const averageMonth = 30.4;
/** This share of the active ones has no end. */
const openShare = 0.4;
/** This share of what ends while the sandbox runs is renewed. */
const renewedShare = 0.75;

/**
 * The life of row `index`. Ends are spread evenly over the term, so that a day has as many as a day of a real distributor:
 * about one in a thousand rows.
 */
export function lifecycleOf(random: SeededRandom, time: Pick<SandboxTime, 'today' | 'now'>, index: number): Lifecycle {
  return asOfNow(random, time.now(), index, atStart(random, time.today, index));
}

function atStart(random: SeededRandom, today: number, index: number): Lifecycle {
  const stage = stageOf(random, index);
  const months = termOf(random.below(termThrow, index, 100));
  const luck = random.fraction(endThrow, index);
  const midnight = (days: number) => today + Math.round(days) * dayLength;
  const at = (days: number) => atOfficeHour(random, index, midnight(days));
  const life = { stage, isTrial: stage === 'trial', cancelled: null, renewed: null, months };
  switch (stage) {
    case 'active':
    case 'suspended': {
      if (random.fraction(openThrow, index) < openShare) return { ...life, start: at(-30 - luck * 1400), end: null };
      const ahead = Math.floor(luck * months * averageMonth);
      const start = at(Math.min(ahead + 1 - months * averageMonth, -1 - luck * 25));
      return { ...life, start, end: onWorkingDay(random, index, midnight(ahead)) };
    }
    case 'trial': {
      const ahead = Math.floor(luck * 29);
      return { ...life, start: at(ahead - 30), end: onWorkingDay(random, index, midnight(ahead)), months: 1 };
    }
    case 'pending':
      return { ...life, start: at(luck * 10), end: at(luck * 10 + months * averageMonth) };
    case 'cancelled': {
      const cancelled = at(-1 - luck * 200);
      return { ...life, start: at(-42 - luck * 700), end: cancelled, cancelled };
    }
    case 'expired':
      return { ...life, start: at(-90 * luck - months * averageMonth), end: at(-1 - luck * 89) };
  }
}

/** What ended since the sandbox started is renewed for another term or expired; what was to start has started. */
function asOfNow(random: SeededRandom, now: number, index: number, life: Lifecycle): Lifecycle {
  const { stage, start, end, months } = life;
  if (stage === 'pending') return start <= now ? { ...life, stage: 'active' } : life;
  if (end === null || end > now || stage === 'cancelled' || stage === 'expired') return life;
  if (stage === 'trial' || random.fraction(renewThrow, index) >= renewedShare) return { ...life, stage: 'expired' };
  return { ...life, end: end + Math.round(months * averageMonth) * dayLength, renewed: end };
}

function stageOf(random: SeededRandom, index: number): Stage {
  let left = random.below(stageThrow, index, 100);
  for (const [stage, part] of stages) {
    if (left < part) return stage;
    left -= part;
  }
  return 'active';
}

/** Months of a term: most are a year. */
function termOf(percent: number): Lifecycle['months'] {
  if (percent < 2) return 1;
  return percent < 75 ? 12 : 36;
}

/** `2026-11-30`. */
export function dayText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** `2026-11-30T14:05:00Z`. */
export function secondText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
