import type { Canvas } from './cells.ts';

/** How far the sizes of a chart are drawn: those above `whole` are cut, so that a few do not flatten all others. */
export interface Scale {
  readonly whole: number;
  isCut(size: number): boolean;
}

/** At most so many bars are cut. */
const mostCut = 2;
/** A bar is cut if it is so many times as long as the next one. */
const muchLonger = 4;
/** A cut bar is drawn so much longer than the longest whole one. */
const beyond = 1.5;

/** The scale of some sizes. What there is too little beside to compare with is never cut. */
export function scaleOf(sizes: readonly number[]): Scale {
  const sorted = sizes.filter((size) => size > 0).toSorted((one, other) => other - one);
  const [most = 0] = sorted;
  for (let cut = mostCut; cut > 0; cut -= 1) {
    const [last, next] = [sorted[cut - 1], sorted[cut]];
    const areOthers = sorted.length >= cut + 2;
    if (areOthers && last !== undefined && next !== undefined && last > muchLonger * next) {
      const whole = next * beyond;
      return { whole, isCut: (size) => size > whole };
    }
  }
  return { whole: most, isCut: () => false };
}

/** The place where a bar is cut. */
export function cutMark({ marks }: Pick<Canvas, 'marks'>): string {
  return marks === 'ascii' ? '/' : '╱';
}

/** What the mark means, for a note beside a chart. */
export function cutNote(canvas: Pick<Canvas, 'marks'>): string {
  return `${cutMark(canvas)} a cut bar: longer than it is drawn`;
}
