import { holdsAny, type ListFilter, type ListTerm } from './filter.ts';
import { fold } from './filter-fold.ts';
import { type FilterLanguage, formatTerm, type NamedField } from './filter-parse.ts';
import { nearest } from './nearest.ts';

/** Every value that a field has, where its declaration has no closed list; null: that is not known. */
export type ValuesKnown = (field: NamedField) => readonly string[] | null;

type TextTerm = Extract<ListTerm, { readonly kind: 'contains' | 'equals' }>;

/** Of the connections there are: their names and vendors. */
export function valuesOfConnections(list: readonly { readonly name: string; readonly vendor: string }[]): ValuesKnown {
  return ({ id }) => {
    if (id === 'connection') return list.map(({ name }) => name);
    return id === 'vendor' ? [...new Set(list.map(({ vendor }) => vendor))] : null;
  };
}

/**
 * A sentence for each term of a filter that no row can match, whatever the rows are: which term, what values its field has,
 * and which of them may be meant.
 */
export function whyNothingMatches(
  filter: ListFilter,
  language: FilterLanguage,
  known: ValuesKnown = () => null,
): readonly string[] {
  return filter.flatMap((term) => {
    const part = impossiblePart(term, language, known);
    if (part === null) return [];
    const field = language.find(part.field);
    return field === null ? [] : [`Nothing matches ${formatTerm(term)}: ${valuesText(part, field, known)}`];
  });
}

/** The first part of a term none of whose parts a row can match; null: one may. */
function impossiblePart(term: ListTerm, language: FilterLanguage, known: ValuesKnown): TextTerm | null {
  if (term.negated) return null;
  if (term.kind === 'any') {
    const isPossible = holdsAny(term, (part) => impossiblePart(part, language, known) === null);
    const [first] = term.of;
    return isPossible || first === undefined || first.kind === 'word' ? null : first;
  }
  if (term.kind !== 'contains' && term.kind !== 'equals') return null;
  const field = language.find(term.field);
  return field === null || canMatch(term, field, known) ? null : term;
}

function canMatch({ kind, text }: TextTerm, field: NamedField, known: ValuesKnown): boolean {
  if (field.kind === 'text') {
    const values = valuesOf(field, known);
    const wanted = fold(text);
    return values?.some((value) => (kind === 'equals' ? value === text : fold(value).includes(wanted))) ?? true;
  }
  // The parser refuses to compare them with anything else.
  if (kind === 'equals') return true;
  // A date that cannot be read is kept as the vendor wrote it.
  return field.kind === 'number' ? !/[^\d.,+-]/u.test(text) : !daysFromToday.test(text);
}

const daysFromToday = /^-?\d{1,6}d$/iu;

/** Null: any text may be one. */
function valuesOf(field: NamedField, known: ValuesKnown): readonly string[] | null {
  return field.words.length > 0 ? field.words : known(field);
}

function valuesText({ text }: TextTerm, field: NamedField, known: ValuesKnown): string {
  const { id, kind } = field;
  if (kind === 'number') return `"${id}" is a number, which ${id}>10 compares.`;
  if (kind === 'date') return `"${id}:" looks into the text of a date. ${id}<${text} compares dates.`;
  const values = valuesOf(field, known) ?? [];
  const near = nearest(fold(text), values.map(fold));
  const meant = values.find((value) => fold(value) === near);
  const all = values.length === 0 ? `nothing here has a value in "${id}".` : `"${id}" is ${choiceText(values)}.`;
  return meant === undefined ? all : `${all} Did you mean ${meant}?`;
}

/** `active, pending or suspended`. */
function choiceText(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}
