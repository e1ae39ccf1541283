import { fieldsFor, isFilterField, namesOf } from '../model/field-names.ts';
import { type FilterLanguage, languageOf, subscriptionLanguage } from '../model/filter-parse.ts';
import { levelFields } from '../model/level-fields.ts';
import type { ListFields } from '../model/list-fields.ts';
import { callFields, journalFields, requestFields } from '../model/record-fields.ts';
import { timelineFields } from '../today/merged-timeline.ts';
import { helpEntry } from './help-entry.ts';

/** `subdeck help filter`: the whole filter language, from the declarations that filters are parsed with. */
export function aboutFilters(): readonly string[] {
  return [
    'Filters: --filter of lists and today, / in the console. All terms must match; a space is between two of them.',
    '',
    ...terms.map(([term, meaning]) => helpEntry(term, meaning)),
    '',
    'What a vendor does not provide matches nothing, negated or not. In the console Tab completes fields and values,',
    'up and down bring back earlier filters, and Esc restores the filter from before.',
    '',
    'Fields of subscriptions, also for today',
    ...fieldsFor('filter')
      .filter(isFilterField)
      .map((field) => fieldLine(namesOf(field), field.names.label, field.id, subscriptionLanguage)),
    helpEntry('is', 'is:trial or is:addon'),
    '',
    'Fields of sellers, resellers, organizations and services',
    ...listLines(levelFields),
    '',
    'Fields of the journal',
    ...listLines(journalFields),
    '',
    'Fields of requests',
    ...listLines(requestFields),
    '',
    'Fields of calls, in the console',
    ...listLines(callFields),
    '',
    'Fields of subscription changes and subscription timeline',
    ...listLines(timelineFields),
  ];
}

const terms: readonly (readonly [string, string])[] = [
  ['acme', 'a word, in names, ids and other texts'],
  ['"Acme Oy"', 'words in quotes, together'],
  ['org:acme', 'the field contains it'],
  ['org="Acme Oy"', 'the field is exactly that'],
  ['status:active|suspended', 'one of several; "Acme Oy"|Zed, qty=5|10'],
  ['-trial, -org:acme', 'not'],
  ['qty>10  price<=9.99', 'numbers: < <= > >= ='],
  ['ends<30d', 'within the next 30 days; -7d is 7 days ago'],
  ['ends>=2027-01', 'a day, a month or a year: 2027-01-31, 2027-01, 2027'],
];

function listLines<Row>(fields: ListFields<Row>): readonly string[] {
  const language = languageOf(fields);
  return Object.entries(fields).map(([id, { aliases, label }]) => fieldLine([id, ...aliases], label, id, language));
}

function fieldLine(names: readonly string[], label: string, id: string, language: FilterLanguage): string {
  const { kind, words } = language.find(id) ?? { kind: 'text', words: [] };
  const values = words.length > 0 ? words.join(', ') : kind;
  return helpEntry(names.join(', '), label === id ? values : `${label}: ${values}`);
}
