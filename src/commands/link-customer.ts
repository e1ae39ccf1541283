import type { Organization } from '../customers/organization.ts';
import { referenceOf } from '../customers/organization.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../model/clock.ts';
import type { LinkAction } from '../model/customer-link.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import { shellWord } from '../model/shell-word.ts';
import { textFault } from '../model/text-check.ts';

const longestName = 200;

/** Why a text cannot be a customer's name, or null. */
function customerNameFault(name: string): Fault | null {
  if (name.length <= longestName) return textFault('The name of the customer', name);
  const message = `The name of the customer has ${name.length.toLocaleString('en')} characters; at most ${longestName} are allowed.`;
  return fault('usage', message, 'Shorten it.').fault;
}

/**
 * Says of all organizations, or of none, that they belong to a customer, or do not. Gives how many lines that added. Throws `usage`
 * where one belongs to another customer, and what the journal throws.
 */
export async function linkOrganizations(
  { clock, journal }: { readonly clock: Clock; readonly journal: Pick<Journal, 'author' | 'link'> },
  action: LinkAction,
  customer: string,
  organizations: readonly Organization[],
): Promise<number> {
  const wrong = customerNameFault(customer);
  if (wrong !== null) throw new FaultError(wrong);
  const outcome = await journal.link({
    ...{
      action,
      customer: customer.trim(),
      organizations,
      by: journal.author,
      at: new Date(clock.now()).toISOString(),
    },
  });
  if (outcome.kind === 'kept') return outcome.added;
  const found = organizations.find(({ key }) => key === outcome.key);
  const place = (found === undefined ? null : referenceOf(found)) ?? outcome.name;
  const message = `${printable(place)} (${printable(outcome.name)}) belongs to the customer "${printable(outcome.customer)}". Nothing was changed.`;
  throw fault(
    'usage',
    message,
    `An organization has one customer: subdeck customer unlink ${shellWord(outcome.customer)} ${shellWord(place)}`,
  );
}
