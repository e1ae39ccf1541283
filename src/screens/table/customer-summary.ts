import { costText } from '../../model/cost.ts';
import type { CustomerFrame } from '../../state/customer-screen.ts';
import type { Piece } from '../parts/line-pieces.ts';
import { visible, widthOf } from '../text/cells.ts';
import { count, counted } from '../text/numbers.ts';

/** Seats, sums and what they are made of, as far as there is room. */
export function summaryPieces({ page }: CustomerFrame, room: number): readonly Piece[] {
  if (page === null) return [];
  const { rows, money } = page;
  const seats = rows.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const sums = money.sums.map(costText);
  const parts = [
    counted(seats, 'seat'),
    ...sums,
    ...(money.unpriced === 0 ? [] : [`${count(money.unpriced)} without a price`]),
  ].map(visible);
  const pieces: Piece[] = [];
  let used = 0;
  for (const [index, part] of parts.entries()) {
    const text = `${index === 0 ? '' : ' · '}${part}`;
    if (used + widthOf(text) > room) return [...pieces, { text: ' …', tone: 'dim' }];
    used += widthOf(text);
    pieces.push({ text });
  }
  return pieces;
}
