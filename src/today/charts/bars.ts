import type { CacheReader, Share, SubscriptionQuery } from '../../query/cache-reader.ts';
import type { PriceBases } from '../../query/sum-costs.ts';
import { type Canvas, cellsOf, fitted, lyingBar } from './cells.ts';
import { type Measure, sizeOf, sumText } from './measure.ts';
import { cutMark, type Scale, scaleOf } from './scale.ts';

type ShareQuery = Pick<SubscriptionQuery, 'scope' | 'anyOf' | 'connections' | 'search' | 'filter'>;

/** Seats (and money) by product, the most seats first. */
export function productShares(
  cache: Pick<CacheReader, 'shares'>,
  scope: ShareQuery,
  bases: PriceBases,
): Generator<undefined, readonly Share[]> {
  return cache.shares(scope, { kind: 'product' }, bases);
}

/** Seats (and money) by status, the most seats first. */
export function statusShares(
  cache: Pick<CacheReader, 'shares'>,
  scope: ShareQuery,
  bases: PriceBases,
): Generator<undefined, readonly Share[]> {
  return cache.shares(scope, { kind: 'status' }, bases);
}

export interface BarsCanvas extends Canvas {
  /** At most this many lines; the last one sums the remainder. */
  readonly height: number;
  readonly measure: Measure;
}

const gap = '  ';

/** The shares that get a line of their own, the longest first; what is left has the last line together. */
export function shownShares(
  shares: readonly Share[],
  { height, measure }: Pick<BarsCanvas, 'height' | 'measure'>,
): { readonly shown: readonly Share[]; readonly left: readonly Share[] } {
  const sorted = shares.toSorted((one, other) => sizeOf(other, measure) - sizeOf(one, measure));
  const shown = sorted.length <= height ? sorted : sorted.slice(0, Math.max(0, height - 1));
  return { shown, left: sorted.slice(shown.length) };
}

/** The scale of the bars of some shares. */
export function barScale(shares: readonly Share[], measure: Measure): Scale {
  return scaleOf(shares.map((share) => sizeOf(share, measure)));
}

/**
 * One line a share: name, bar, size. The longest first; bars are relative to the longest, or to the longest that is not
 * cut. The remainder is a sum without a bar.
 */
export function barLines(shares: readonly Share[], canvas: BarsCanvas): readonly string[] {
  const { width, measure } = canvas;
  const { shown, left } = shownShares(shares, canvas);
  const rest: Bar = { name: `${left.length} more`, size: null, text: numberText(left, measure) };
  const rows: readonly Bar[] = [
    ...shown.map((share) => ({
      name: share.name ?? 'no product',
      size: sizeOf(share, measure),
      text: numberText([share], measure),
    })),
    ...(left.length === 0 ? [] : [rest]),
  ];
  const scale = barScale(shares, measure);
  const sizes = Math.max(0, ...rows.map(({ text }) => text.length));
  const names = Math.min(Math.max(0, ...rows.map(({ name }) => cellsOf(name))), Math.max(4, Math.floor(width / 3)));
  const room = Math.max(0, width - names - sizes - 2 * gap.length);
  return rows.map(({ name, size, text }) => {
    const bar = size === null ? '' : drawnBar(size, scale, room, canvas);
    const parts = [
      fitted(name, names, canvas),
      ...(room === 0 ? [] : [fitted(bar, room, canvas)]),
      text.padStart(sizes),
    ];
    return fitted(parts.join(gap), width, canvas).trimEnd();
  });
}

function drawnBar(size: number, scale: Scale, room: number, canvas: Canvas): string {
  if (!scale.isCut(size)) return lyingBar(scale.whole === 0 ? 0 : size / scale.whole, room, canvas);
  const mark = cutMark(canvas).repeat(2);
  const end = lyingBar(1, 1, canvas);
  return room < 4 ? mark.slice(0, room) : `${lyingBar(1, room - 3, canvas)}${mark}${end}`;
}

interface Bar {
  readonly name: string;
  /** Null: without a bar. */
  readonly size: number | null;
  readonly text: string;
}

/** The number alone: the title names what is measured. */
function numberText(shares: readonly Share[], measure: Measure): string {
  return sumText(shares, measure).split(' ')[0] ?? '';
}
