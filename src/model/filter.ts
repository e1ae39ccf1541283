import type { DateField, FilterField, NumberField } from './field-names.ts';

export type Comparison = '<' | '<=' | '>' | '>=';

/** One ANDed condition. `negated` is the leading `-`. Null values never match, negated or not. */
export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'contains'; readonly field: FilterField; readonly text: string }
  | { readonly kind: 'equals'; readonly field: FilterField; readonly text: string }
  | {
      readonly kind: 'number';
      readonly field: NumberField;
      readonly comparison: Comparison;
      readonly value: string;
    }
  | {
      readonly kind: 'date';
      readonly field: DateField;
      readonly comparison: Comparison;
      readonly when: When;
    }
  | { readonly kind: 'is'; readonly what: 'trial' | 'addon' }
);

/** A day, month, year or instant as written, or so many days from now (negative: ago). */
export type When = { readonly kind: 'date'; readonly text: string } | { readonly kind: 'days'; readonly days: number };

export type Filter = readonly Term[];
