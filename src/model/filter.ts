import type { DateField, FilterField, NumberField } from './field-names.ts';
import type { LevelField } from './level-fields.ts';

export type Comparison = '<' | '<=' | '>' | '>=';

/** One ANDed condition. `negated` is the leading `-`. Null values never match, negated or not. */
export type Term = TermOf<FilterField, NumberField, DateField>;

/** The same about a row of sellers, resellers, organizations or services. */
export type LevelTerm = TermOf<LevelField, LevelField, LevelField>;

/** The same about a row of a list in memory, by the names of its `ListFields`. */
export type ListTerm = TermOf<string, string, string>;

export type TermOf<Field, OfNumber extends Field, OfDate extends Field> =
  | SimpleTermOf<Field, OfNumber, OfDate>
  /** `a|b`: one of them holds. Negated, as all of them are then: none does. They are of one field, or words. */
  | { readonly negated: boolean; readonly kind: 'any'; readonly of: readonly TextTermOf<Field>[] };

type TextTermOf<Field> = { readonly negated: boolean } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'contains'; readonly field: Field; readonly text: string }
  | { readonly kind: 'equals'; readonly field: Field; readonly text: string }
);

type SimpleTermOf<Field, OfNumber extends Field, OfDate extends Field> =
  | TextTermOf<Field>
  | ({ readonly negated: boolean } & (
      | { readonly kind: 'number'; readonly field: OfNumber; readonly comparison: Comparison; readonly value: string }
      | { readonly kind: 'date'; readonly field: OfDate; readonly comparison: Comparison; readonly when: When }
      | { readonly kind: 'is'; readonly what: 'trial' | 'addon' }
    ));

/** A term that is no choice of several. */
export type SimpleTerm = SimpleTermOf<FilterField, NumberField, DateField>;

/** A condition about a field. */
export type FieldTerm<Field> = Exclude<SimpleTermOf<Field, Field, Field>, { readonly kind: 'word' | 'is' }>;

/** The conditions that a term consists of. */
export function partsOf(term: Term): readonly SimpleTerm[] {
  return term.kind === 'any' ? term.of : [term];
}

interface Choice<Part> {
  readonly negated: boolean;
  readonly kind: 'any';
  readonly of: readonly Part[];
}

/** Whether a choice holds, by a test of its parts that takes care of `negated`. */
export function holdsAny<Part>({ negated, of }: Choice<Part>, test: (part: Part) => boolean): boolean {
  return negated ? of.every(test) : of.some(test);
}

/** A day, month, year or instant as written, or a number of days from now (negative: ago). */
export type When = { readonly kind: 'date'; readonly text: string } | { readonly kind: 'days'; readonly days: number };

export type Filter = readonly Term[];
export type LevelFilter = readonly LevelTerm[];
export type ListFilter = readonly ListTerm[];
