import { type Fault, fault } from '../model/fault.ts';
import { fieldOf } from '../model/field-names.ts';
import { printable } from '../model/printable.ts';
import { shellWord } from '../model/shell-word.ts';
import type { UnplacedRows } from '../query/unplaced-rows.ts';

/** What a list says of rows whose dates it needed and could not read. */
export function unplacedFault({ by, fields, total, refs }: UnplacedRows): Fault {
  const dates = fields.map((field) => fieldOf(field).names.label).join(' or ');
  const which = `${total} ${total === 1 ? 'subscription has' : 'subscriptions have'} a date (${dates}) that cannot be read`;
  const [first = ''] = refs;
  const named = [...refs.map(printable), ...(total > refs.length ? [`${total - refs.length} more`] : [])].join(', ');
  return fault(
    'partial',
    `${which}, so ${by === 'filter' ? 'the filter leaves out' : 'the order puts last'}: ${named}.`,
    `subdeck subscription show ${shellWord(printable(first))} shows what the vendor wrote.`,
  ).fault;
}
