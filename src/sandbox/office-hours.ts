import { type SeededRandom, salt } from './seeded-random.ts';
import { dayLength } from './time.ts';

const minute = 60_000;
/** Minutes after midnight UTC at which offices open, and for how long. */
const opening = 7 * 60;
const openMinutes = 11 * 60;
const week = 7 * dayLength;
/** 5 January 1970. */
const firstMonday = 4 * dayLength;

const streams = { minute: salt('office minute'), rest: salt('office weekend'), weekday: salt('office weekday') };

/** A minute at which offices are open, on the day that begins at `midnight`. */
export function atOfficeHour(random: SeededRandom, index: number, midnight: number): number {
  return midnight + (opening + random.below(streams.minute, index, openMinutes)) * minute;
}

/** The same; most of what falls on a weekend moves to a working day of the week after it. */
export function onWorkingDay(random: SeededRandom, index: number, midnight: number): number {
  const weekday = Math.floor((midnight - firstMonday) / dayLength) % 7;
  const untilMonday = 7 - weekday;
  const moves = untilMonday <= 2 && random.fraction(streams.rest, index) < 0.7;
  const days = moves ? untilMonday + random.below(streams.weekday, index, 5) : 0;
  return atOfficeHour(random, index, midnight + days * dayLength);
}

/** Never falls while `instant` rises: a whole week is mapped onto the office hours of its five working days. */
export function withinOfficeHours(instant: number): number {
  const monday = firstMonday + Math.floor((instant - firstMonday) / week) * week;
  const minutes = Math.floor(((instant - monday) / week) * 5 * openMinutes);
  const day = Math.floor(minutes / openMinutes);
  return monday + day * dayLength + (opening + (minutes % openMinutes)) * minute;
}
