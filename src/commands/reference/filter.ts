import { fieldsFor, isFilterField, namesOf } from '../../model/field-names.ts';
import { type FilterLanguage, languageOf, subscriptionLanguage } from '../../model/filter-parse.ts';
import { levelFields } from '../../model/level-fields.ts';
import type { ListFields } from '../../model/list-fields.ts';
import { callFields, journalFields, requestFields } from '../../model/record-fields.ts';
import { timelineFields } from '../../today/merged-timeline.ts';
import type { Part, Topic } from './topic.ts';

/** The whole filter language, from the declarations that filters are parsed with. */
export const filterTopic: Topic = {
  word: 'filter',
  title: 'Filters',
  summary: 'the filter language: qty<10, ends<30d, is:trial and every field',
  inManual: 'whole',
  parts: () => [
    {
      paragraphs: [
        'Lists and `today` take a filter with `--filter`, the console with `/`. All terms must match; there is a space between two of them. A mistake exits 2 and names its position.',
        'What a vendor does not provide matches nothing, negated or not. In the console Tab completes fields and values, up and down bring back earlier filters, and Esc restores the filter from before.',
      ],
      example: [
        'subdeck subscription list --filter "qty<10 ends<30d -is:trial"',
        'subdeck subscription list --filter \'org="Acme Oy" status:active|suspended\'',
      ],
    },
    { title: 'Terms', table: { heads: ['Term', 'What matches'], rows: terms } },
    fieldPart('Fields of subscriptions, also for today', [
      ...fieldsFor('filter')
        .filter(isFilterField)
        .map((field) => fieldRow(namesOf(field), field.names.label, field.id, subscriptionLanguage)),
      ['`is`', subscriptionLanguage.kinds.map((kind) => `is:${kind}`).join(' or ')],
    ]),
    listPart('Fields of sellers, resellers, organizations and services', levelFields),
    listPart('Fields of the journal', journalFields),
    listPart('Fields of requests', requestFields),
    listPart('Fields of calls, in the console', callFields),
    listPart('Fields of subscription changes and subscription timeline', timelineFields),
  ],
};

/** Each is a filter, or several with two spaces between them. */
const terms: readonly (readonly [string, string])[] = [
  ['`acme`', 'a word, in names, ids and other texts'],
  ['`"Acme Oy"`', 'words in quotes, together'],
  ['`org:acme`', 'the field contains it'],
  ['`org="Acme Oy"`', 'the field is exactly that'],
  ['`status:active|suspended`', 'one of several; `"Acme Oy"|Zed`, `qty=5|10`'],
  ['`-trial`  `-org:acme`', 'not'],
  ['`qty<10`  `price<=9.99`', 'numbers: `<` `<=` `>` `>=` `=`, compared digit by digit'],
  ['`ends<30d`  `starts>=-7d`', 'within the next 30 days; -7d is 7 days ago'],
  ['`ends>=2027-01`', 'a day, a month or a year: `2027-01-31`, `2027-01`, `2027`'],
  ['`is:trial`  `is:addon`', 'trials and add-ons; `trial` for short'],
];

function listPart<Row>(title: string, fields: ListFields<Row>): Part {
  const language = languageOf(fields);
  return fieldPart(
    title,
    Object.entries(fields).map(([id, { aliases, label }]) => fieldRow([id, ...aliases], label, id, language)),
  );
}

function fieldPart(title: string, rows: readonly (readonly string[])[]): Part {
  return { title, table: { heads: ['Names', 'What it is, and its values'], rows } };
}

function fieldRow(names: readonly string[], label: string, id: string, language: FilterLanguage): readonly string[] {
  const { kind, words } = language.find(id) ?? { kind: 'text', words: [] };
  const values = words.length > 0 ? words.join(', ') : kind;
  return [names.map((name) => `\`${name}\``).join(', '), label === id ? values : `${label}: ${values}`];
}
