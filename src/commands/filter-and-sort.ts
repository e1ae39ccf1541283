import { fault } from '../model/fault.ts';
import type { ListFilter } from '../model/filter.ts';
import { type FilterLanguage, subscriptionLanguage } from '../model/filter-parse.ts';
import { type ValuesKnown, whyNothingMatches } from '../model/filter-without-match.ts';
import type { FlagSpec, Input } from './command.ts';

/** `--filter EXPR`. */
export function filterFlag(example: string, language: FilterLanguage): FlagSpec {
  return {
    name: 'filter',
    value: 'EXPR',
    help: `an expression, such as "${example}" (subdeck help filter)`,
    completes: language === subscriptionLanguage ? 'filter' : wordsOf(language),
  };
}

/** Fields, and the values of those that have a closed list. */
function wordsOf({ all, find }: FilterLanguage): readonly string[] {
  return all.flatMap((field) => [`${field}:`, ...(find(field)?.words ?? []).map((word) => `${field}:${word}`)]);
}

/** `--sort FIELD[:desc]`. */
export function sortFlag(fields: readonly string[]): FlagSpec {
  return { name: 'sort', value: 'FIELD[:desc]', help: `${fields.join(', ')}, or a column's header`, completes: fields };
}

type Parsed<Filter> =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly position: number; readonly message: string };

/**
 * The filter of `--filter`. Says which of its terms no row can match. Throws a `usage` fault that says where a mistake is.
 */
export function givenFilter<Filter extends ListFilter>(
  input: Pick<Input, 'flags' | 'say'>,
  parse: (text: string) => Parsed<Filter>,
  language: FilterLanguage,
  known?: ValuesKnown,
): Filter {
  const { filter: text = '' } = input.flags;
  const parsed = parse(text === true ? '' : text);
  if (parsed.ok) {
    for (const sentence of whyNothingMatches(parsed.filter, language, known)) input.say(sentence);
    return parsed.filter;
  }
  throw fault(
    'usage',
    `--filter, position ${parsed.position + 1}: ${parsed.message}`,
    'subdeck help filter explains filters.',
  );
}

/** `find`: the field of a name, or null. Throws a `usage` fault that names the fields. */
export function sortFrom<Field extends string>(
  text: string | null,
  find: (name: string) => Field | null,
  fields: readonly Field[],
): { readonly field: Field; readonly descending: boolean } | null {
  if (text === null) return null;
  const [name = '', direction = 'asc', ...more] = text.split(':');
  const field = find(name);
  if (field === null || more.length > 0 || (direction !== 'desc' && direction !== 'asc')) {
    throw fault('usage', `--sort ${text} is not FIELD or FIELD:desc.`, `FIELD is one of ${fields.join(', ')}.`);
  }
  return { field, descending: direction === 'desc' };
}
