import { times } from '../../model/money.ts';
import { withoutEnd } from '../../model/without-end.ts';
import { digits } from '../digits.ts';
import { priceIn } from '../names/currencies.ts';
import { mix, salt } from '../seeded-random.ts';
import type { Readings } from './assumptions.ts';
import { offerAt } from './offers.ts';
import type { StoredRow } from './stored-row.ts';
import type { Price } from './wire.ts';

const tail = salt('cloudcockpit price tail');

export interface Prices {
  readonly listPrice: Price | null;
  readonly revenuePrice: Price | null;
  readonly erpPrice: Price | null;
}

/** For a billing period; trials have no price. On purpose one row in fifty has more decimals than a double can hold; one in ten drops a closing zero. */
export function pricesOf(held: StoredRow, currency: string, per: Readings['price-per-unit']): Prices {
  const { price, isTrial } = offerAt(held.offer);
  const months = held.billing === 'Annual' ? 12 : 1;
  if (isTrial) return { listPrice: null, revenuePrice: null, erpPrice: null };
  const priced = (percent: number) => ({
    value: digits(
      times(
        amount(priceIn(currency, (price * months * percent) / 100), held.index),
        per === 'unit' ? 1 : held.quantity,
      ) ?? '0',
    ),
    currency: { name: currency },
  });
  return {
    listPrice: priced(82),
    revenuePrice: priced(held.index % 3 === 0 ? 91 : 94),
    erpPrice: held.index % 12 === 7 ? null : priced(100),
  };
}

function amount(text: string, index: number): string {
  if (!text.includes('.')) return text;
  if (index % 50 === 7) return `${text}${mix(7, tail, index)}${mix(11, tail, index)}`;
  return index % 10 === 3 ? withoutEnd(withoutEnd(text, '0'), '.') || '0' : text;
}
