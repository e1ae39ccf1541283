import type { CacheReader, Share, SubscriptionQuery } from '../../query/cache-reader.ts';
import type { PriceBases } from '../../query/sum-costs.ts';
import { type Canvas, cellsOf, fitted, lyingBar } from './cells.ts';
import { type Measure, sizeOf, sumText } from './measure.ts';

type ShareQuery = Pick<SubscriptionQuery, 'scope' | 'anyOf' | 'connections' | 'search' | 'filter'>;

/** Seats (and money) by product, the most seats first. */
export function productShares(
  cache: Pick<CacheReader, 'shares'>,
  scope: ShareQuery,
  bases: PriceBases,
): readonly Share[] {
  return cache.shares(scope, { kind: 'product' }, bases);
}

/** Seats (and money) by status, the most seats first. */
export function statusShares(
  cache: Pick<CacheReader, 'shares'>,
  scope: ShareQuery,
  bases: PriceBases,
): readonly Share[] {
  return cache.shares(scope, { kind: 'status' }, bases);
}

export interface BarsCanvas extends Canvas {
  /** At most this many lines; the last one sums the remainder. */
  readonly height: number;
  readonly measure: Measure;
}

const gap = '  ';

/**
 * One line a share: name, bar, size. The longest first; bars are relative to the longest. The remainder is a sum
 * without a bar.
 */
export function barLines(shares: readonly Share[], canvas: BarsCanvas): readonly string[] {
  const { width, height, measure } = canvas;
  const sorted = shares
    .map((share) => ({
      name: share.name ?? 'no product',
      size: sizeOf(share, measure),
      share,
    }))
    .sort((one, other) => other.size - one.size);
  const shown = sorted.length <= height ? sorted : sorted.slice(0, Math.max(0, height - 1));
  const left = sorted.slice(shown.length);
  const rows: readonly Bar[] = [
    ...shown.map(({ name, size, share }) => ({ name, size, text: numberText([share], measure) })),
    ...(left.length === 0
      ? []
      : [
          {
            name: `${left.length} more`,
            size: null,
            text: numberText(
              left.map(({ share }) => share),
              measure,
            ),
          },
        ]),
  ];
  const most = sorted[0]?.size ?? 0;
  const sizes = Math.max(0, ...rows.map(({ text }) => text.length));
  const names = Math.min(Math.max(0, ...rows.map(({ name }) => cellsOf(name))), Math.max(4, Math.floor(width / 3)));
  const room = Math.max(0, width - names - sizes - 2 * gap.length);
  return rows.map(({ name, size, text }) => {
    const bar = fitted(lyingBar(most === 0 || size === null ? 0 : size / most, room, canvas), room, canvas);
    const parts = [fitted(name, names, canvas), ...(room === 0 ? [] : [bar]), text.padStart(sizes)];
    return fitted(parts.join(gap), width, canvas).trimEnd();
  });
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
