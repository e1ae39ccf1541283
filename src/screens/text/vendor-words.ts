import { mainPrice } from '../../model/main-price.ts';
import type { Renewal, Subscription } from '../../model/subscription.ts';
import { unknown } from './numbers.ts';

/** What happens at renewal, in few words. */
export const renewalWords: Readonly<Record<Renewal['mode'], string>> = {
  auto: 'renews automatically',
  manual: 'does not renew automatically',
  change: 'changes at renewal',
  cancel: 'ends at renewal',
  none: 'not chosen yet',
  unknown,
};

const short: Readonly<Record<Renewal['mode'], string>> = {
  auto: 'renews',
  manual: 'by hand',
  change: 'changes',
  cancel: 'ends',
  none: 'not chosen',
  unknown,
};

/** The same in a word or two, for a column. */
export function renewalWord(renewal: Renewal | null): string {
  return renewal === null ? unknown : short[renewal.mode];
}

/** The main price (list, or the first one), with the vendor's own digits. */
export function mainPriceText(row: Pick<Subscription, 'prices'>): string {
  const price = mainPrice(row);
  return price === null ? unknown : [price.amount, price.currency].filter(Boolean).join(' ');
}
