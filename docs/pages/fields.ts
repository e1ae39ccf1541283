import { allFields, isFilterField, namesOf } from '../../src/model/field-names.ts';
import { kindOf } from '../../src/model/filter-parse.ts';
import { code, mark, page, table, text } from './markdown.ts';

/** `fields.md`: what a subscription has, and by which names lists, filters, JSON and CSV call it. */
export function fieldsPage(): string {
  const inMenus = allFields.toSorted((one, other) => one.menu - other.menu);
  return page([
    '# Fields of a subscription',
    mark,
    'Filters (`--filter`, `/`), `--sort` and saved tables take any of the names, in any case. Texts are filtered by `:` (a part)',
    'and `=` (the whole), numbers and dates by `<`, `<=`, `>` and `>=` too. A field that the vendor does not give is null: no filter',
    'matches it, and it comes last in every order.',
    '',
    ...table(
      ['Names', 'What it is', 'Filter', 'Sort', 'JSON', 'CSV', 'Changes'],
      inMenus
        .filter(({ use }) => use.length > 0)
        .map((field) => [
          namesOf(field).map(code).join(' '),
          text(field.names.label),
          isFilterField(field) ? kindOf(field.id) : '',
          said(field.use.includes('sort')),
          field.use.includes('json') ? code(field.property) : '',
          field.use.includes('csv') ? code(field.property) : '',
          said(field.use.includes('compare')),
        ]),
    ),
  ]);
}

function said(yes: boolean): string {
  return yes ? 'yes' : '';
}
