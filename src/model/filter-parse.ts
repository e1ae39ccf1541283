import { periodOf } from './date-text.ts';
import {
  type FilterField,
  fieldNamed,
  fieldOf,
  fieldsFor,
  filterFields,
  isFilterField,
  namesOf,
} from './field-names.ts';
import type { Comparison, Filter, LevelFilter, ListFilter, ListTerm, When } from './filter.ts';
import { levelFields } from './level-fields.ts';
import { type ListFields, listFieldNamed } from './list-fields.ts';

/** `position` counts characters (UTF-16 units) from 0; `message` is a sentence for people. */
export type ParsedFilter = Parsed<Filter>;
export type ParsedLevelFilter = Parsed<LevelFilter>;
export type ParsedListFilter = Parsed<ListFilter>;

interface Mistake {
  readonly ok: false;
  readonly position: number;
  readonly message: string;
}
type Parsed<Of> = { readonly ok: true; readonly filter: Of } | Mistake;

type ParsedTerm = { readonly ok: true; readonly term: ListTerm; readonly end: number } | Mistake;

/** A field's kind of values, and so which comparisons it has. */
type Kind = 'text' | 'number' | 'date';
export interface NamedField {
  readonly id: string;
  readonly kind: Kind;
  /** All values that there are; empty where that is no closed list. */
  readonly words: readonly string[];
}

/** The fields that a filter may name. */
export interface FilterLanguage {
  find(name: string): NamedField | null;
  /** As Subdeck writes them. */
  readonly all: readonly string[];
  /** Their other names. */
  readonly aliases: readonly string[];
  /** What `is:` takes, `trial` also as a word alone; empty: there is no `is:`. */
  readonly kinds: readonly Kinds[];
}

type Kinds = 'trial' | 'addon';

export const subscriptionLanguage: FilterLanguage = {
  find(name) {
    const field = fieldNamed(name);
    if (field === null || !isFilterField(field)) return null;
    const words = field.as === 'word' ? field.cells.words : field.as === 'flag' ? ['true', 'false'] : [];
    return { id: field.id, kind: kindOf(field.id), words };
  },
  all: filterFields,
  aliases: fieldsFor('filter').flatMap((field) =>
    namesOf(field)
      .slice(1)
      .filter((name) => /^[\p{L}_]+$/u.test(name)),
  ),
  kinds: ['trial', 'addon'],
};

export function languageOf<Row>(fields: ListFields<Row>): FilterLanguage {
  return {
    find(name) {
      const id = listFieldNamed(fields, name);
      const field = id === null ? undefined : fields[id];
      return id === null || field === undefined ? null : { id, kind: field.kind, words: field.words ?? [] };
    },
    all: Object.keys(fields),
    aliases: Object.values(fields).flatMap(({ aliases }) => aliases),
    kinds: [],
  };
}

export const levelLanguage = languageOf(levelFields);

const operator = /^([\p{L}_]*)(:|<=|>=|<|>|=)/u;
/** No longer than a decimal may be (decimal.ts). */
const numeric = /^-?\d{1,100}(?:\.\d{1,100})?$/;
const days = /^(-?)(\d{1,6})d$/i;

/** Parses the filter language: terms separated by spaces, all of which must match. Empty text is no filter. */
export function parseFilter(text: string): ParsedFilter {
  return parseTerms(text, subscriptionLanguage) as ParsedFilter;
}

/** The same about rows of sellers, resellers, organizations or services. */
export function parseLevelFilter(text: string): ParsedLevelFilter {
  return parseTerms(text, levelLanguage) as ParsedLevelFilter;
}

/** The same about rows of a list in memory. */
export function parseListFilter(text: string, language: FilterLanguage): ParsedListFilter {
  return parseTerms(text, language);
}

function parseTerms(text: string, names: FilterLanguage): ParsedListFilter {
  const filter: ListTerm[] = [];
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
  return filter.map(formatTerm).join(' ');
}

/** The same of one term, in any language. */
export function formatTerm(term: ListTerm): string {
  return `${term.negated ? '-' : ''}${formatPart(term)}`;
}

function parseTerm(text: string, start: number, names: FilterLanguage): ParsedTerm {
  const negated = text.startsWith('-', start);
  const begin = start + (negated ? 1 : 0);
  const [, name = '', sign = ''] = operator.exec(text.slice(begin)) ?? [];
  const valueAt = begin + name.length + sign.length;
  const isChoice = sign === '' || sign === ':' || sign === '=';
  const read = isChoice ? readValues(text, valueAt) : readOne(text, valueAt);
  if (!read.ok) return read;
  const { values, end } = read;
  const [value = noValue] = values;
  const isOne = values.length === 1;
  if (sign === '') {
    if (isOne && value.text === '') return no(begin, 'Put a word after the minus sign.');
    const empty = values.find((each) => each.text === '');
    if (empty !== undefined) return no(empty.at, 'Put a word on both sides of "|".');
    if (isOne && names.kinds.includes('trial') && !value.quoted && value.text.toLowerCase() === 'trial') {
      return { ok: true, end, term: { negated, kind: 'is', what: 'trial' } };
    }
    const words = values.map((each) => {
      return { negated, kind: 'word', text: each.quoted ? each.text : pastedUuid(each.text) } as const;
    });
    return { ok: true, end, term: choiceOf(words) };
  }
  if (name === '') return no(begin, `Put a field before "${sign}", or put the word in quotes to search for it.`);
  const empty = values.find((each) => each.text === '');
  if (empty !== undefined) return no(empty.at, `Put a value after "${isOne ? `${name}${sign}` : '|'}".`);
  if (names.kinds.length > 0 && name.toLowerCase() === 'is') {
    const whole = text.slice(valueAt, end);
    return isTerm(negated, sign, isOne ? value.text : whole, begin, valueAt, end);
  }
  const field = names.find(name);
  if (field === null) {
    const all = [...names.all, ...(names.kinds.length > 0 ? ['is'] : [])];
    const last = all.at(-1) ?? '';
    return no(begin, `There is no field "${name}". The fields are ${all.slice(0, -1).join(', ')} and ${last}.`);
  }
  if (sign === ':' || sign === '=') {
    const kind = sign === ':' ? 'contains' : 'equals';
    for (const each of kind === 'equals' ? values : []) {
      const wrong = whatIsWrong(field, each.text);
      if (wrong !== null) return no(each.at, wrong);
    }
    return {
      ok: true,
      end,
      term: choiceOf(values.map((each) => ({ negated, kind, field: field.id, text: each.text }) as const)),
    };
  }
  return comparisonTerm(negated, field, sign, value.text, valueAt, end);
}

/** The one part, or a choice of several. */
function choiceOf(parts: Extract<ListTerm, { readonly kind: 'any' }>['of']): ListTerm {
  const [first] = parts;
  return first !== undefined && parts.length === 1
    ? first
    : { negated: first?.negated ?? false, kind: 'any', of: parts };
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

interface Value {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
}
type Values = { readonly ok: true; readonly values: readonly Value[]; readonly end: number } | Mistake;

const noValue: Value = { text: '', quoted: false, at: 0 };

/** Up to the next space: values with `|` between them, where each may be in quotes. */
function readValues(text: string, start: number): Values {
  const values: Value[] = [];
  for (let at = start; ; at += 1) {
    const read = text.startsWith('"', at) ? readQuoted(text, at) : readBare(text, at, /^[^\s|]*/u);
    if (!read.ok) return read;
    values.push(...read.values);
    at = read.end;
    if (!text.startsWith('|', at)) return { ok: true, values, end: at };
  }
}

/** One value. */
function readOne(text: string, start: number): Values {
  const read = text.startsWith('"', start) ? readQuoted(text, start) : readBare(text, start, /^\S*/u);
  return read.ok && text.startsWith('|', read.end) ? no(read.end, 'Put a space after the closing quote.') : read;
}

function readBare(text: string, start: number, length: RegExp): Values {
  const value = length.exec(text.slice(start))?.[0] ?? '';
  return { ok: true, values: [{ text: value, quoted: false, at: start }], end: start + value.length };
}

/** Between quotes, where `\"` is a quote and `\\` a backslash. */
function readQuoted(text: string, start: number): Values {
  let value = '';
  for (let position = start + 1; position < text.length; position += 1) {
    const letter = text[position];
    if (letter === '"') {
      const end = position + 1;
      if (end < text.length && !/[\s|]/u.test(text[end] ?? '')) return no(end, 'Put a space after the closing quote.');
      if (value === '') return no(start, 'Put text between the quotes.');
      return { ok: true, values: [{ text: value, quoted: true, at: start }], end };
    }
    if (letter === '\\' && (text[position + 1] === '"' || text[position + 1] === '\\')) position += 1;
    value += text[position] ?? '';
  }
  return no(start, 'This quote is not closed.');
}

function no(position: number, message: string) {
  return { ok: false, position, message } as const;
}

function formatPart(term: ListTerm): string {
  switch (term.kind) {
    case 'any': {
      const [first] = term.of;
      const name =
        first !== undefined && 'field' in first ? `${first.field}${first.kind === 'equals' ? '=' : ':'}` : '';
      return `${name}${term.of.map((each) => (each.kind === 'word' ? formatWord(each.text) : formatValue(each.text))).join('|')}`;
    }
    case 'word':
      return formatWord(term.text);
    case 'contains':
      return `${term.field}:${formatValue(term.text)}`;
    case 'equals':
      return `${term.field}=${formatValue(term.text)}`;
    case 'number':
      return `${term.field}${term.comparison}${term.value}`;
    case 'date': {
      const when = term.when.kind === 'days' ? `${term.when.days}d` : term.when.text;
      return `${term.field}${term.comparison}${formatValue(when)}`;
    }
    case 'is':
      return `is:${term.what}`;
  }
}

/** A word alone, so that it means nothing else. */
function formatWord(text: string): string {
  const meansMore = pastedUuid(text) !== text || operator.test(text) || /^(?:-|trial$)/i.test(text);
  return meansMore ? quoted(text) : formatValue(text);
}

/** A value behind a field, in quotes where it needs them. */
export function formatValue(text: string): string {
  return text.startsWith('"') || /[\s|]/u.test(text) || text === '' ? quoted(text) : text;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
