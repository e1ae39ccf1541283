/** The fields of the filter language (contract §2). */
export const filterFields = [
  'status',
  'vendor',
  'connection',
  'reseller',
  'org',
  'service',
  'product',
  'name',
  'id',
  'qty',
  'ends',
  'starts',
  'cancel',
  'renewal',
  'billing',
  'term',
  'price',
] as const;
export type FilterField = (typeof filterFields)[number];

export type Comparison = '<' | '<=' | '>' | '>=';

/** One ANDed condition. `negated` is the leading `-`. Null values never match, negated or not. */
export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'contains'; readonly field: FilterField; readonly text: string }
  | { readonly kind: 'equals'; readonly field: FilterField; readonly text: string }
  | {
      readonly kind: 'number';
      readonly field: 'qty' | 'price';
      readonly comparison: Comparison;
      readonly value: string;
    }
  | {
      readonly kind: 'date';
      readonly field: 'ends' | 'starts' | 'cancel';
      readonly comparison: Comparison;
      readonly when: When;
    }
  | { readonly kind: 'is'; readonly what: 'trial' | 'addon' }
);

/** A day, month, year or instant as written, or so many days from now (negative: ago). */
export type When = { readonly kind: 'date'; readonly text: string } | { readonly kind: 'days'; readonly days: number };

export type Filter = readonly Term[];
