import {
  type Customer,
  everyLinked,
  everySuggestion,
  findCustomer,
  mayBeSuggested,
  type Suggestion,
} from '../../customers/customer.ts';
import { type Organization, organizationAt, referenceOf } from '../../customers/organization.ts';
import { customerKey, type LinkAction, linkedCustomers } from '../../model/customer-link.ts';
import { fault } from '../../model/fault.ts';
import { printable } from '../../model/printable.ts';
import { parseReference } from '../../model/reference.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { ArgumentSpec, Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { type CustomerContext, customerDeps } from '../customer-page.ts';
import { linkWords, organizationField, organizationJson } from '../customer-rows.ts';
import { findConnection } from '../find.ts';
import { argument } from '../given-values.ts';
import { linkOrganizations } from '../link-customer.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Column, Reply, Row } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { organizationShape } from '../row-shapes.ts';
import { customerShow, unknownCustomer } from './customer-show.ts';

const nameArgument: ArgumentSpec = { name: 'NAME', help: "the customer's name" };
const organizationsArgument: ArgumentSpec = {
  name: 'CONNECTION/ORGANIZATION',
  help: 'the organizations, each as connection/id',
  rest: true,
};

export const customerCommands: readonly Command[] = [
  {
    id: 'customer list',
    summary: 'customers over several connections: linked ones, and suggestions to confirm',
    words: {
      effect: 'reads',
      output: object({ ...texts('customer', 'state', 'next'), organizations: listOf(organizationShape) }),
      kind: 'list',
      args: [],
      flags: [],
      examples: ['customer list', 'customer list --json'],
      run: async (context) => list(context),
    },
  },
  customerShow,
  linkCommand('link', 'say that organizations of several connections are one customer', [
    'customer link "Acme Oy" nordic/4711 japan/10000013',
  ]),
  linkCommand('unlink', 'take organizations out of a customer; they are not suggested for it again', [
    'customer unlink "Acme Oy" japan/10000013',
  ]),
];

function linkCommand(action: LinkAction, summary: string, examples: readonly string[]): Command {
  return {
    id: `customer ${action}`,
    summary,
    words: {
      effect: 'local',
      output: object({ name: 'text', changed: 'number', organizations: listOf(organizationShape) }),
      kind: 'object',
      args: [nameArgument, organizationsArgument],
      flags: [],
      examples,
      run: (context: Context, input) => link(context, input, action),
    },
  };
}

async function link(
  context: CustomerContext & Pick<Context, 'journal'>,
  input: Input,
  action: LinkAction,
): Promise<Reply> {
  const name = argument(input, 'NAME');
  const organizations = input.rest.map((text) => demandOrganization(context, text));
  if (action === 'unlink') demandCustomer(context, name, organizations);
  const added = await linkOrganizations(context, action, name, organizations);
  const found = linkedCustomers(context.journal.links()).get(customerKey(name));
  const customer = found === undefined ? null : findCustomer(customerDeps(context), found.name);
  const members = customer?.kind === 'found' ? customer.customer.organizations : [];
  return {
    kind: 'object',
    json: { name: found?.name ?? name, changed: added, organizations: members.map(organizationJson) },
    sections: [
      {
        title: printable(found?.name ?? name),
        fields: members.map(organizationField),
        empty: 'No organization belongs to this customer.',
      },
      ...(added > 0 ? [] : [{ title: null, fields: [], empty: 'Nothing changed: that was said before.' }]),
    ],
    ...wellEnded,
  };
}

/** Throws `missing` where no customer, linked or suggested, has this name. */
function demandCustomer(context: CustomerContext, name: string, organizations: readonly Organization[]): void {
  const isLinked = linkedCustomers(context.journal.links()).has(customerKey(name));
  const isSuggested = organizations.some((each) => mayBeSuggested(customerDeps(context), each, name));
  if (!isLinked && !isSuggested) throw unknownCustomer(name);
}

/** The organization of `CONNECTION/ID`. Throws `usage` and `missing`. */
function demandOrganization(context: CustomerContext, text: string): Organization {
  const reference = parseReference(text);
  if (reference === null) {
    throw fault(
      'usage',
      `"${printable(text)}" is not CONNECTION/ORGANIZATION.`,
      'subdeck organization list shows both.',
    );
  }
  const { connection, id } = reference;
  findConnection(context, connection);
  const found = organizationAt(customerDeps(context), connection, id);
  if (found !== null && (found.link !== null || found.pins.some((pin) => pin.connection === connection))) return found;
  const message = `${connection} has no organization "${printable(id)}" in the cache.`;
  const next = `subdeck organization list --connection ${shellWord(connection)} shows them.`;
  throw fault('missing', message, next, { connection });
}

const columns: readonly Column[] = (['customer', 'state', 'organizations', 'next'] as const).map((id) => ({
  ...{ id, title: id, align: 'left' },
}));

/** Linked customers, then suggestions with the command that confirms each. */
function list(context: CustomerContext): Reply {
  const deps = customerDeps(context);
  const rows = [...everyLinked(deps).map(linkedRow), ...everySuggestion(deps).map(suggestionRow)];
  return {
    kind: 'list',
    columns,
    rows,
    empty: 'No customer is linked, and no two connections have an organization of the same name or domain.',
    ...wellEnded,
  };
}

function linkedRow({ name, organizations }: Customer): Row {
  return rowOf(name, 'linked', organizations, null);
}

function suggestionRow({ customer, organizations, members }: Suggestion): Row {
  return rowOf(customer, 'suggested', [...members, ...organizations], linkWords(customer, organizations));
}

function rowOf(
  customer: string,
  state: 'linked' | 'suggested',
  organizations: readonly Organization[],
  next: string | null,
): Row {
  const places = organizations.map((each) => referenceOf(each) ?? each.name).join(', ');
  return {
    json: { customer, state, organizations: organizations.map(organizationJson), next },
    cells: [customer, state, places, next],
  };
}
