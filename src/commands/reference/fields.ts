import { allFields, isFilterField, namesOf } from '../../model/field-names.ts';
import { kindOf } from '../../model/filter-parse.ts';
import { levelFieldNames, levelFields } from '../../model/level-fields.ts';
import type { Topic } from './topic.ts';

/** The fields of a subscription, and their names in lists, filters, JSON and CSV. */
export const fieldsTopic: Topic = {
  word: 'fields',
  title: 'Fields of a subscription',
  summary: 'the names of fields in filters, sort orders, JSON and CSV',
  inManual: 'named',
  parts: () => [
    {
      paragraphs: [
        'Filters (`--filter`, `/`), `--sort` and saved tables take any of the names, in any case. Texts are filtered with `:` (substring) and `=` (exact), numbers and dates with `<`, `<=`, `>` and `>=` too. A field that the vendor does not provide is null: no filter matches it, and it sorts last in every order. Numbers and prices are compared as decimals, digit by digit: `price=0.1` does not find 0.10000000000000001. Nothing is sorted by `externalIds`: a subscription has several, in no order.',
        'Dates stand in JSON and CSV as the vendor wrote them. These forms are read: `2026-11-30`, `2026/11/30`, `2026-11-30T23:59:59` with a blank in place of `T`, with fractions of a second behind a point or a comma, and with `Z`, `UTC`, `+02`, `+0200` or `+02:00`; and `Mon, 30 Nov 2026 23:59:59 GMT`. A time without a zone is UTC. A date without a time that something ends on lasts until that day is over in UTC, since no vendor’s rule names another zone: filters, sort orders, Today, handover and charts agree about it, wherever they are read. A date in another form is shown as it is and named on the subscription. A list that filters or sorts by it says how many subscriptions it could not place and exits 9, and so does `today`.',
        'Everywhere else people read one format, the same in the console and on the command line: `24 Nov 2026`, and `24 Nov 2026 12:00 UTC` where there is a time. Sentences name the weekday (`Tue 24 Nov 2026 12:00 UTC`); journal entries, receipts and calls also the seconds. Days and times are in UTC in every time zone, and so are `in 3 days`, filters such as `ends<2026-12-12` and dates after `--since`. Lists say so in their header, `ENDS (UTC)`, and the console leaves out this year and today’s date there. A moment by which somebody has to decide has the reader’s time before it, `Tue 24 Nov 2026 14:00 local / 12:00 UTC`. Words that are typed (`today`, `monday`, `tomorrow`) and dates after `--until` follow the reader’s own calendar.',
      ],
      table: {
        heads: ['Names', 'What it is', 'Filter', 'Sort', 'JSON', 'CSV', 'Changes'],
        rows: allFields
          .toSorted((one, other) => one.menu - other.menu)
          .filter(({ use }) => use.length > 0)
          .map((field) => [
            codes(namesOf(field)),
            field.names.label,
            isFilterField(field) ? kindOf(field.id) : '',
            said(field.use.includes('sort')),
            field.use.includes('json') ? `\`${field.property}\`` : '',
            field.use.includes('csv') ? `\`${field.property}\`` : '',
            said(field.use.includes('compare')),
          ]),
      },
    },
    {
      title: 'Fields of sellers, resellers, organizations and services',
      paragraphs: [
        'Their lists take the same filters, `--sort`, and `/` and `s` in the console. A word is looked for in names and ids.',
      ],
      table: {
        heads: ['Names', 'What it is', 'Filter and sort'],
        rows: levelFieldNames.map((field) => {
          const { aliases, label, kind } = levelFields[field];
          return [codes([field, ...aliases]), label, kind];
        }),
      },
    },
  ],
};

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' ');
}

function said(yes: boolean): string {
  return yes ? 'yes' : '';
}
