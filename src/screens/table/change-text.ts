import { count, countIn, unknown } from '../text/numbers.ts';

/**
 * A change of seats, `40 → 32`. In a narrow cell the spaces are dropped first, then the numbers are shortened; if both
 * would then be the same, only the difference is shown.
 */
export function changeText(from: number | null, to: number | null, arrow: string, width = Number.POSITIVE_INFINITY) {
  if (to === null) return unknown;
  const wide = `${count(from)} ${arrow} ${count(to)}`;
  if (wide.length <= width) return wide;
  const close = `${count(from)}${arrow}${count(to)}`;
  if (close.length <= width) return close;
  const each = Math.max(4, Math.floor((width - arrow.length) / 2));
  const short = [countIn(from, each), countIn(to, each)] as const;
  if (from === null || short[0] !== short[1]) return `${short[0]}${arrow}${short[1]}`;
  const difference = to - from;
  return `${difference < 0 ? '−' : '+'}${countIn(Math.abs(difference), width - 1)}`;
}
