import { amount, currency } from './field-value.ts';
import { priceKindWords } from './main-price.ts';
import type { PriceKind } from './subscription.ts';

/** What a row's kinds of price are called in filters, sort orders and CSV: its field `prices` holds them. */
export const priceFields = {
  listPrice: amountOf('list', { menu: 280, column: 38 }),
  listCurrency: currencyOf('list', { menu: 281, column: 39, texts: 39 }),
  revenuePrice: amountOf('revenue', { menu: 282, column: 40 }),
  revenueCurrency: currencyOf('revenue', { menu: 283, column: 41, texts: 41 }),
  erpPrice: amountOf('erp', { menu: 284, column: 42 }),
  erpCurrency: currencyOf('erp', { menu: 285, column: 43, texts: 43 }),
  unitPrice: amountOf('unit', { menu: 286, column: 44 }),
  unitCurrency: currencyOf('unit', { menu: 287, column: 45, texts: 45 }),
} as const satisfies {
  readonly [Kind in PriceKind as `${Kind}Price`]: ReturnType<typeof amountOf<Kind>>;
} & { readonly [Kind in PriceKind as `${Kind}Currency`]: ReturnType<typeof currencyOf<Kind>> };

function amountOf<Kind extends PriceKind>(kind: Kind, { menu, column }: { menu: number; column: number }) {
  return {
    ...partOfPrices(`${kind}Price`, `${priceKindWords[kind]} price`, menu),
    value: amount(kind),
    cells: { as: 'amount', column, load: null },
  } as const;
}

function currencyOf<Kind extends PriceKind>(
  kind: Kind,
  { menu, column, texts }: { menu: number; column: number; texts: number },
) {
  return {
    ...partOfPrices(`${kind}Currency`, `currency of the ${priceKindWords[kind]} price`, menu),
    value: currency(kind),
    cells: { as: 'currency', column, texts, load: null },
  } as const;
}

function partOfPrices<Id extends string>(id: Id, label: string, menu: number) {
  return {
    names: { id, aliases: [], label, title: label },
    nullable: true,
    use: ['filter', 'sort', 'csv'],
    menu,
    column: null,
    listed: null,
    lines: { words: null, overview: null },
    stored: null,
  } as const;
}
