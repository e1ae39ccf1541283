import { fold } from './filter-fold.ts';
import type { FilterLanguage, NamedField } from './filter-parse.ts';
import { formatValue } from './filter-parse.ts';

/** What Tab may put in: texts that each take the place of what stands from `from` to the caret. */
export interface Completions {
  readonly from: number;
  readonly texts: readonly string[];
}

/** Values of a field that begin with a text, from what is on hand. */
export type ValuesOf = (field: NamedField, begin: string) => readonly string[];

const none: Completions = { from: 0, texts: [] };
const mostValues = 12;

/** What the word before the caret may become: a field that begins so, or behind a field one of its values. */
export function completionsAt(text: string, caret: number, language: FilterLanguage, valuesOf: ValuesOf): Completions {
  const before = text.slice(0, caret);
  const start = termStart(before);
  const begin = start + (before.startsWith('-', start) ? 1 : 0);
  const [, name = '', sign = ''] = /^([\p{L}_]*)(:|<=|>=|<|>|=)/u.exec(before.slice(begin)) ?? [];
  if (sign === '') return fieldsBeginning(before.slice(begin), begin, language);
  const field = name.toLowerCase() === 'is' ? kindsOf(language) : language.find(name);
  if (field === null) return none;
  const from = valueStart(before, begin + name.length + sign.length);
  const typed = before.slice(from);
  const wanted = typed.startsWith('"') ? typed.slice(1).replace(/\\(["\\])/g, '$1') : typed;
  return { from, texts: valuesBeginning(field, wanted, valuesOf).map(formatValue) };
}

function kindsOf({ kinds }: FilterLanguage): NamedField | null {
  return kinds.length === 0 ? null : { id: 'is', kind: 'text', words: kinds };
}

const signs = { text: ':', number: '>', date: '<' } as const;

/** By the names that Subdeck writes; by others only where none of those begins so. */
function fieldsBeginning(begin: string, from: number, language: FilterLanguage): Completions {
  const wanted = begin.toLowerCase();
  const fitting = (names: readonly string[]) => names.filter((name) => name.toLowerCase().startsWith(wanted));
  const own = fitting(language.all);
  const others = own.length > 0 || wanted === '' ? [] : fitting(language.aliases);
  const texts = [...own, ...others].map((name) => `${name}${signs[language.find(name)?.kind ?? 'text']}`);
  const is = language.kinds.length > 0 && 'is'.startsWith(wanted) ? ['is:'] : [];
  return { from, texts: wanted === 'is' ? [...is, ...texts] : [...texts, ...is] };
}

const days = ['7d', '30d', '90d', '-7d', '-30d'];

function valuesBeginning(field: NamedField, begin: string, valuesOf: ValuesOf): readonly string[] {
  const fitting = (values: readonly string[]) => values.filter((value) => fold(value).startsWith(fold(begin)));
  if (field.kind === 'date') return fitting(days);
  if (field.words.length > 0) return fitting(field.words);
  return [...new Set(valuesOf(field, begin))].slice(0, mostValues);
}

/** Where the last term begins: behind the last space that is in no quotes. */
function termStart(text: string): number {
  return lastOutsideQuotes(text, 0, (letter) => letter.trim() === '');
}

/** Where the last of several values begins. */
function valueStart(text: string, from: number): number {
  return lastOutsideQuotes(text, from, (letter) => letter === '|');
}

function lastOutsideQuotes(text: string, from: number, parts: (letter: string) => boolean): number {
  let start = from;
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted && letter === '\\') at += 1;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && parts(letter)) start = at + 1;
  }
  return start;
}
