import { periodOf } from './date-text.ts';
import {
  type DateField,
  type FilterField,
  fieldNamed,
  fieldOf,
  filterFields,
  isFilterField,
  type NumberField,
} from './field-names.ts';
import type { Comparison, Filter, Term, When } from './filter.ts';

/** `position` counts characters (UTF-16 units) from 0; `message` is a sentence for people. */
export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly position: number; readonly message: string };

type ParsedTerm =
  | { readonly ok: true; readonly term: Term; readonly end: number }
  | { readonly ok: false; readonly position: number; readonly message: string };

const operator = /^([\p{L}_]*)(:|<=|>=|<|>|=)/u;
const numeric = /^-?\d+(?:\.\d+)?$/;
const days = /^(-?)(\d{1,6})d$/i;

/** Reads the filter language of contract §2: terms separated by spaces, all of which must hold. Empty text is no filter. */
export function parseFilter(text: string): ParsedFilter {
  const filter: Term[] = [];
  let position = 0;
  for (;;) {
    position += /^\s*/u.exec(text.slice(position))?.[0].length ?? 0;
    if (position === text.length) return { ok: true, filter };
    const parsed = parseTerm(text, position);
    if (!parsed.ok) return parsed;
    filter.push(parsed.term);
    position = parsed.end;
  }
}

/** The text that `parseFilter` reads as this filter. */
export function formatFilter(filter: Filter): string {
  return filter.map((term) => `${term.negated ? '-' : ''}${formatTerm(term)}`).join(' ');
}

function parseTerm(text: string, start: number): ParsedTerm {
  const negated = text.startsWith('-', start);
  const begin = start + (negated ? 1 : 0);
  const [, name = '', sign = ''] = operator.exec(text.slice(begin)) ?? [];
  const valueAt = begin + name.length + sign.length;
  const value = readValue(text, valueAt);
  if (!value.ok) return value;
  const { end } = value;
  if (sign === '') {
    if (value.text === '') return no(begin, 'A word must follow the minus sign.');
    if (!value.quoted && value.text.toLowerCase() === 'trial') {
      return { ok: true, end, term: { negated, kind: 'is', what: 'trial' } };
    }
    return { ok: true, end, term: { negated, kind: 'word', text: value.text } };
  }
  if (name === '') return no(begin, `A field must stand before "${sign}". Put the word in quotes to search for it.`);
  if (value.text === '') return no(valueAt, `A value must follow "${name}${sign}".`);
  if (name.toLowerCase() === 'is') return isTerm(negated, sign, value.text, begin, valueAt, end);
  const named = fieldNamed(name);
  if (named === null || !isFilterField(named)) {
    return no(begin, `There is no field "${name}". The fields are ${filterFields.join(', ')} and is.`);
  }
  const field = named.id;
  if (sign === ':') return { ok: true, end, term: { negated, kind: 'contains', field, text: value.text } };
  if (sign === '=') {
    const wrong = whatIsWrong(field, value.text);
    return wrong === null
      ? { ok: true, end, term: { negated, kind: 'equals', field, text: value.text } }
      : no(valueAt, wrong);
  }
  return comparisonTerm(negated, field, sign, value.text, valueAt, end);
}

function isTerm(negated: boolean, sign: string, text: string, begin: number, valueAt: number, end: number): ParsedTerm {
  if (sign !== ':') return no(begin, 'Write is:trial or is:addon.');
  const what = text.toLowerCase();
  if (what !== 'trial' && what !== 'addon') return no(valueAt, `"is:" takes trial or addon, not "${text}".`);
  return { ok: true, end, term: { negated, kind: 'is', what } };
}

function comparisonTerm(
  negated: boolean,
  field: FilterField,
  sign: string,
  text: string,
  valueAt: number,
  end: number,
): ParsedTerm {
  const comparison = comparisonOf(sign);
  if (comparison === null || kindOf(field) === 'text') {
    return no(valueAt - sign.length, `"${field}" is a text: use "${field}:" or "${field}=" instead of "${sign}".`);
  }
  const wrong = whatIsWrong(field, text);
  if (wrong !== null) return no(valueAt, wrong);
  if (isNumber(field)) return { ok: true, end, term: { negated, kind: 'number', field, comparison, value: text } };
  const when = whenOf(text);
  if (when === null || !isDate(field)) return no(valueAt, dateWanted(field, text));
  return { ok: true, end, term: { negated, kind: 'date', field, comparison, when } };
}

/** Which values a field has, and so which of them can be compared. */
export function kindOf(field: FilterField): 'text' | 'number' | 'date' {
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

function isNumber(field: FilterField): field is NumberField {
  return kindOf(field) === 'number';
}

function isDate(field: FilterField): field is DateField {
  return kindOf(field) === 'date';
}

function whatIsWrong(field: FilterField, text: string): string | null {
  const kind = kindOf(field);
  if (kind === 'number' && !numeric.test(text)) return `"${field}" needs a number such as 10 or 42.50, not "${text}".`;
  return kind === 'date' && whenOf(text) === null ? dateWanted(field, text) : null;
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
      if (end < text.length && !/\s/u.test(text[end] ?? '')) return no(end, 'A space must follow the closing quote.');
      return value === ''
        ? no(start, 'There is nothing between the quotes.')
        : { ok: true, text: value, quoted: true, end };
    }
    if (letter === '\\' && (text[position + 1] === '"' || text[position + 1] === '\\')) position += 1;
    value += text[position] ?? '';
  }
  return no(start, 'The quote that opens here is never closed.');
}

function no(position: number, message: string) {
  return { ok: false, position, message } as const;
}

function formatTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return needsQuotes(term.text) || operator.test(term.text) || /^(?:-|trial$)/i.test(term.text)
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
