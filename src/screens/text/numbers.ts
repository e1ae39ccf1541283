import { grouped } from '../../model/numbers.ts';

/** The text for an unknown value. */
export const unknown = '–';

/** `1,204`; zero is `0`, null is unknown. */
export function count(value: number | null): string {
  return value === null ? unknown : grouped(value);
}

const units = [
  { name: 'k', size: 1e3 },
  { name: 'M', size: 1e6 },
  { name: 'G', size: 1e9 },
  { name: 'T', size: 1e12 },
] as const;

/** A count in at most `width` cells: complete if it fits, else `1.0 M`, `103 k`. A number is never truncated. */
export function countIn(value: number | null, width: number): string {
  const whole = count(value);
  if (value === null || whole.length <= width) return whole;
  for (const { name, size } of units) {
    for (const digits of [1, 0]) {
      const short = `${roundedDown(value / size, digits)} ${name}`;
      if (short.length <= width && Math.abs(value) < size * 1000) return short;
    }
  }
  return `${roundedDown(value / 1e12, 0)} T`;
}

/** Rounded down: 999,999 is 999 k, not 1 M. */
function roundedDown(value: number, digits: number): string {
  const factor = 10 ** digits;
  return (Math.trunc(value * factor) / factor).toFixed(digits);
}

/** `1 request`, `3 requests`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
