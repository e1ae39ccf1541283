import { periodOf } from './date-text.ts';
import { type FilterField, fieldNamed, fieldOf, filterFields, isFilterField } from './field-names.ts';
import type { Comparison, Filter, LevelFilter, Term, TermOf, When } from './filter.ts';
import { levelFieldNamed, levelFieldNames, levelFields } from './level-fields.ts';

/** `position` counts characters (UTF-16 units) from 0; `message` is a sentence for people. */
export type ParsedFilter = Parsed<Filter>;
export type ParsedLevelFilter = Parsed<LevelFilter>;

interface Mistake {
  readonly ok: false;
  readonly position: number;
  readonly message: string;
}
type Parsed<Of> = { readonly ok: true; readonly filter: Of } | Mistake;

type AnyTerm = TermOf<string, string, string>;
type ParsedTerm = { readonly ok: true; readonly term: AnyTerm; readonly end: number } | Mistake;

/** A field's kind of values, and so which comparisons it has. */
type Kind = 'text' | 'number' | 'date';
interface NamedField {
  readonly id: string;
  readonly kind: Kind;
}

/** The fields that a filter may name. */
interface FieldNames {
  find(name: string): NamedField | null;
  readonly all: readonly string[];
  /** `is:trial`, `is:addon` and the word `trial`. */
  readonly hasIs: boolean;
}

const ofSubscriptions: FieldNames = {
  find(name) {
    const field = fieldNamed(name);
    return field === null || !isFilterField(field) ? null : { id: field.id, kind: kindOf(field.id) };
  },
  all: filterFields,
  hasIs: true,
};

const ofLevels: FieldNames = {
  find(name) {
    const field = levelFieldNamed(name);
    return field === null ? null : { id: field, kind: levelFields[field].kind };
  },
  all: levelFieldNames,
  hasIs: false,
};

const operator = /^([\p{L}_]*)(:|<=|>=|<|>|=)/u;
/** No longer than a decimal may be (decimal.ts). */
const numeric = /^-?\d{1,100}(?:\.\d{1,100})?$/;
const days = /^(-?)(\d{1,6})d$/i;

/** Parses the filter language: terms separated by spaces, all of which must match. Empty text is no filter. */
export function parseFilter(text: string): ParsedFilter {
  return parseTerms(text, ofSubscriptions) as ParsedFilter;
}

/** The same about rows of sellers, resellers, organizations or services. */
export function parseLevelFilter(text: string): ParsedLevelFilter {
  return parseTerms(text, ofLevels) as ParsedLevelFilter;
}

function parseTerms(text: string, names: FieldNames): Parsed<readonly AnyTerm[]> {
  const filter: AnyTerm[] = [];
  let position = 0;
  for (;;) {
    position += /^\s*/u.exec(text.slice(position))?.[0].length ?? 0;
    if (position === text.length) return { ok: true, filter };
    const parsed = parseTerm(text, position, names);
    if (!parsed.ok) return parsed;
    filter.push(parsed.term);
    position = parsed.end;
  }
}

/** The text that `parseFilter` parses as this filter. */
export function formatFilter(filter: Filter): string {
  return filter.map((term) => `${term.negated ? '-' : ''}${formatTerm(term)}`).join(' ');
}

function parseTerm(text: string, start: number, names: FieldNames): ParsedTerm {
  const negated = text.startsWith('-', start);
  const begin = start + (negated ? 1 : 0);
  const [, name = '', sign = ''] = operator.exec(text.slice(begin)) ?? [];
  const valueAt = begin + name.length + sign.length;
  const value = readValue(text, valueAt);
  if (!value.ok) return value;
  const { end } = value;
  if (sign === '') {
    if (value.text === '') return no(begin, 'Put a word after the minus sign.');
    if (names.hasIs && !value.quoted && value.text.toLowerCase() === 'trial') {
      return { ok: true, end, term: { negated, kind: 'is', what: 'trial' } };
    }
    const text = value.quoted ? value.text : pastedUuid(value.text);
    return { ok: true, end, term: { negated, kind: 'word', text } };
  }
  if (name === '') return no(begin, `Put a field before "${sign}", or put the word in quotes to search for it.`);
  if (value.text === '') return no(valueAt, `Put a value after "${name}${sign}".`);
  if (names.hasIs && name.toLowerCase() === 'is') return isTerm(negated, sign, value.text, begin, valueAt, end);
  const field = names.find(name);
  if (field === null) {
    const all = [...names.all, ...(names.hasIs ? ['is'] : [])];
    const last = all.at(-1) ?? '';
    return no(begin, `There is no field "${name}". The fields are ${all.slice(0, -1).join(', ')} and ${last}.`);
  }
  if (sign === ':') return { ok: true, end, term: { negated, kind: 'contains', field: field.id, text: value.text } };
  if (sign === '=') {
    const wrong = whatIsWrong(field, value.text);
    return wrong === null
      ? { ok: true, end, term: { negated, kind: 'equals', field: field.id, text: value.text } }
      : no(valueAt, wrong);
  }
  return comparisonTerm(negated, field, sign, value.text, valueAt, end);
}

/** A UUID without what it was pasted with: braces, quotes, stops, invisible characters. Any other word as it is. */
function pastedUuid(word: string): string {
  const [, uuid] = uuidWithin.exec(word.replace(/\p{Cf}+/gu, '')) ?? [];
  return uuid ?? word;
}

const uuidWithin = /^[{(<'`]*([0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12})[})>'`.,;:!?]*$/i;

function isTerm(negated: boolean, sign: string, text: string, begin: number, valueAt: number, end: number): ParsedTerm {
  if (sign !== ':') return no(begin, 'Write is:trial or is:addon.');
  const what = text.toLowerCase();
  if (what !== 'trial' && what !== 'addon') return no(valueAt, `"is:" takes trial or addon, not "${text}".`);
  return { ok: true, end, term: { negated, kind: 'is', what } };
}

function comparisonTerm(
  negated: boolean,
  field: NamedField,
  sign: string,
  text: string,
  valueAt: number,
  end: number,
): ParsedTerm {
  const { id, kind } = field;
  const comparison = comparisonOf(sign);
  if (comparison === null || kind === 'text') {
    return no(valueAt - sign.length, `"${id}" is a text field: use "${id}:" or "${id}=" instead of "${sign}".`);
  }
  const wrong = whatIsWrong(field, text);
  if (wrong !== null) return no(valueAt, wrong);
  if (kind === 'number')
    return { ok: true, end, term: { negated, kind: 'number', field: id, comparison, value: text } };
  const when = whenOf(text);
  if (when === null) return no(valueAt, dateWanted(id, text));
  return { ok: true, end, term: { negated, kind: 'date', field: id, comparison, when } };
}

export function kindOf(field: FilterField): Kind {
  return comparedAs[fieldOf(field).value.kind];
}

const comparedAs = {
  text: 'text',
  word: 'text',
  switch: 'text',
  number: 'number',
  money: 'number',
  date: 'date',
} as const;

function whatIsWrong({ id, kind }: NamedField, text: string): string | null {
  if (kind === 'number' && !numeric.test(text)) return `"${id}" needs a number such as 10 or 42.50, not "${text}".`;
  return kind === 'date' && whenOf(text) === null ? dateWanted(id, text) : null;
}

function dateWanted(field: string, text: string): string {
  return `"${field}" needs a date such as 2027-01-31 or 2027-01, or days from today such as 30d, not "${text}".`;
}

function whenOf(text: string): When | null {
  const [whole, minus = '', count = ''] = days.exec(text) ?? [];
  if (whole !== undefined)
    return { kind: 'days', days: minus === '' || Number(count) === 0 ? Number(count) : -Number(count) };
  return periodOf(text) === null ? null : { kind: 'date', text };
}

function comparisonOf(sign: string): Comparison | null {
  return sign === '<' || sign === '<=' || sign === '>' || sign === '>=' ? sign : null;
}

type Value =
  | { readonly ok: true; readonly text: string; readonly quoted: boolean; readonly end: number }
  | { readonly ok: false; readonly position: number; readonly message: string };

/** Up to the next space, or between quotes, where `\"` is a quote and `\\` a backslash. */
function readValue(text: string, start: number): Value {
  if (!text.startsWith('"', start)) {
    const end = start + (/^\S*/u.exec(text.slice(start))?.[0].length ?? 0);
    return { ok: true, text: text.slice(start, end), quoted: false, end };
  }
  let value = '';
  for (let position = start + 1; position < text.length; position += 1) {
    const letter = text[position];
    if (letter === '"') {
      const end = position + 1;
      if (end < text.length && !/\s/u.test(text[end] ?? '')) return no(end, 'Put a space after the closing quote.');
      return value === '' ? no(start, 'Put text between the quotes.') : { ok: true, text: value, quoted: true, end };
    }
    if (letter === '\\' && (text[position + 1] === '"' || text[position + 1] === '\\')) position += 1;
    value += text[position] ?? '';
  }
  return no(start, 'This quote is not closed.');
}

function no(position: number, message: string) {
  return { ok: false, position, message } as const;
}

function formatTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return needsQuotes(term.text) ||
        pastedUuid(term.text) !== term.text ||
        operator.test(term.text) ||
        /^(?:-|trial$)/i.test(term.text)
        ? quoted(term.text)
        : term.text;
    case 'contains':
      return `${term.field}:${needsQuotes(term.text) ? quoted(term.text) : term.text}`;
    case 'equals':
      return `${term.field}=${needsQuotes(term.text) ? quoted(term.text) : term.text}`;
    case 'number':
      return `${term.field}${term.comparison}${term.value}`;
    case 'date': {
      const when = term.when.kind === 'days' ? `${term.when.days}d` : term.when.text;
      return `${term.field}${term.comparison}${needsQuotes(when) ? quoted(when) : when}`;
    }
    case 'is':
      return `is:${term.what}`;
  }
}

function needsQuotes(text: string): boolean {
  return text.startsWith('"') || /\s/u.test(text) || text === '';
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
