import { costText } from '../../model/cost.ts';
import type { CustomerFrame } from '../../state/customer-screen.ts';
import type { Piece } from '../parts/line-pieces.ts';
import { inForms, type TitlePart, titleRanks } from '../parts/title-line.ts';
import { visible } from '../text/cells.ts';
import { count, counted } from '../text/numbers.ts';

/** Seats, sums and what they are made of. */
export function summaryTexts({ page }: CustomerFrame): readonly string[] {
  if (page === null) return [];
  const { rows, money } = page;
  const seats = rows.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const unpriced = money.unpriced === 0 ? [] : [`${count(money.unpriced)} without a price`];
  return [counted(seats, 'seat'), ...money.sums.map(costText), ...unpriced].map(visible);
}

/** As many of them as there is room for; `…` stands for the others. */
export function summaryPart(frame: CustomerFrame): TitlePart {
  const texts = summaryTexts(frame);
  const forms = texts.map((_, left): readonly Piece[] => [
    { text: texts.slice(0, texts.length - left).join(' · ') },
    ...(left === 0 ? [] : [{ text: ' …', tone: 'dim' } as const]),
  ]);
  return inForms(titleRanks.count, forms[0] ?? [], ...forms.slice(1));
}
