import type { DateField, FilterField, NumberField } from './field-names.ts';
import type { LevelField } from './level-fields.ts';

export type Comparison = '<' | '<=' | '>' | '>=';

/** One ANDed condition. `negated` is the leading `-`. Null values never match, negated or not. */
export type Term = TermOf<FilterField, NumberField, DateField>;

/** The same about a row of sellers, resellers, organizations or services. */
export type LevelTerm = TermOf<LevelField, LevelField, LevelField>;

export type TermOf<Field, OfNumber extends Field, OfDate extends Field> = { readonly negated: boolean } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'contains'; readonly field: Field; readonly text: string }
  | { readonly kind: 'equals'; readonly field: Field; readonly text: string }
  | { readonly kind: 'number'; readonly field: OfNumber; readonly comparison: Comparison; readonly value: string }
  | { readonly kind: 'date'; readonly field: OfDate; readonly comparison: Comparison; readonly when: When }
  | { readonly kind: 'is'; readonly what: 'trial' | 'addon' }
);

/** A condition about a field. */
export type FieldTerm<Field> = Exclude<TermOf<Field, Field, Field>, { readonly kind: 'word' | 'is' }>;

/** A day, month, year or instant as written, or a number of days from now (negative: ago). */
export type When = { readonly kind: 'date'; readonly text: string } | { readonly kind: 'days'; readonly days: number };

export type Filter = readonly Term[];
export type LevelFilter = readonly LevelTerm[];
