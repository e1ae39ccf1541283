import { type Customer, customerAt, findCustomer } from '../../customers/customer.ts';
import { type CustomerAddon, hasText } from '../../customers/customer-addons.ts';
import type { CustomerPage } from '../../customers/customer-page.ts';
import { moneyLines } from '../../customers/customer-words.ts';
import { organizationAt, referenceOf } from '../../customers/organization.ts';
import { lengthText } from '../../model/calendar.ts';
import { dateWords } from '../../model/date-words.ts';
import { type Fault, type FaultError, fault } from '../../model/fault.ts';
import { matchesSearch } from '../../model/filter-match.ts';
import { pastedIds } from '../../model/id-spelling.ts';
import { grouped } from '../../model/numbers.ts';
import { printable } from '../../model/printable.ts';
import { parseReference } from '../../model/reference.ts';
import type { Request } from '../../model/request.ts';
import type { CachedSubscription } from '../../model/subscription.ts';
import { valueWords } from '../../model/value-words.ts';
import { seats } from '../../today/item.ts';
import { itemLabel, itemReason, itemSubject } from '../../today/today-words.ts';
import type { Attributed } from '../../today/who-changed.ts';
import type { Command, Input } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { type CustomerContext, customerDeps, pageOf } from '../customer-page.ts';
import { linkWords, organizationField, organizationJson } from '../customer-rows.ts';
import { freshen } from '../freshness.ts';
import { argument, flag } from '../given-values.ts';
import { itemJson, journalJson, requestJson } from '../json-rows.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { itemShape, journalShape, organizationShape, requestShape, subscriptionShape } from '../row-shapes.ts';
import { subscriptionJson } from '../subscription-row.ts';

type Reading = CustomerContext & Pick<ReadingContext, 'mode' | 'settings' | 'sync' | 'writes'>;

const addonFields = {
  ...texts('ref', 'id', 'name', 'status', 'endsAt', 'readAt', 'subscription', 'organization'),
} as const;
const pageShape = object({
  ...texts('name', 'readAt'),
  linked: 'switch',
  organizations: listOf(organizationShape),
  suggestion: object({ ...texts('customer', 'next'), organizations: listOf(organizationShape) }),
  subscriptions: listOf(subscriptionShape),
  addons: listOf(object({ ...addonFields, quantity: 'number', cancelAtPeriodEnd: 'switch', outdated: 'switch' })),
  addonsNotRead: object({ subscriptions: 'number', next: listOf('text') }),
  requests: listOf(requestShape),
  deadlines: listOf(itemShape),
  money: object({
    sums: listOf(object({ ...texts('kind', 'currency', 'period', 'amount', 'covers'), subscriptions: 'number' })),
    withoutPrice: 'number',
  }),
  changes: listOf(object(texts('at', 'ref', 'name', 'field', 'from', 'to', 'by', 'journalId'))),
  journal: listOf(journalShape),
});

export const customerShow: Command = {
  id: 'customer show',
  summary: 'a customer on one page: subscriptions, add-ons, requests, deadlines, money, changes, journal',
  words: {
    effect: 'reads',
    output: pageShape,
    kind: 'object',
    args: [
      {
        name: 'NAME',
        help: 'the whole name of the customer, name or domain of an organization, CONNECTION/ORGANIZATION, or the id of an organization alone',
      },
    ],
    flags: [
      { name: 'search', value: 'TEXT', help: 'only subscriptions with this text, and add-ons with it in name or id' },
    ],
    examples: ['customer show "Acme Oy"', 'customer show "Acme Oy" --search backup', 'customer show nordic/4711'],
    run,
  },
};

async function run(context: Reading, input: Input): Promise<Reply> {
  const { customer, faults } = await demandCustomer(context, input, argument(input, 'NAME'));
  await context.writes.recover();
  const page = searched(await pageOf(context, customer), flag(input, 'search'));
  return {
    kind: 'object',
    json: pageJson(customer, page, context.clock.now()),
    sections: sectionsOf(customer, page, context),
    ...ending(faults, true),
  };
}

/** Reads what is older than `freshFor` only where the cache has no such name. Throws `missing` and `usage`. */
async function demandCustomer(
  context: Reading,
  input: Input,
  name: string,
): Promise<{ readonly customer: Customer; readonly faults: readonly Fault[] }> {
  const cached = customerNamed(context, name);
  if (cached !== null) return { customer: cached, faults: [] };
  const faults = await freshen(
    context,
    input,
    context.connections.list.map((connection) => connection.name),
  );
  const customer = customerNamed(context, name);
  if (customer === null) throw unknownCustomer(name);
  return { customer, faults };
}

function customerNamed(context: CustomerContext, name: string): Customer | null {
  const deps = customerDeps(context);
  const found = findCustomer(deps, name);
  if (found.kind === 'found') return found.customer;
  if (found.kind === 'several') throw ambiguous(name, found.customers);
  const reference = parseReference(name);
  const organization = reference === null ? null : organizationAt(deps, reference.connection, reference.id);
  if (organization !== null && organization.pins.length > 0) return customerAt(deps, organization);
  return withId(deps, name);
}

/** The id of an organization, without its connection. */
function withId(deps: ReturnType<typeof customerDeps>, name: string): Customer | null {
  const found = [name, ...pastedIds(name)].flatMap((id) => {
    return deps.connections.flatMap((connection) => organizationAt(deps, connection.name, id) ?? []);
  });
  const cached = found.filter(({ pins }) => pins.length > 0);
  const customers = [...new Map(cached.map((each) => [each.key, each])).values()].map((each) => customerAt(deps, each));
  const [first = null, ...others] = customers;
  if (first !== null && others.length > 0) throw ambiguous(name, customers);
  return first;
}

function ambiguous(name: string, customers: readonly Customer[]): FaultError {
  const places = customers.map((customer) => {
    const [first] = customer.organizations;
    const place = (first === undefined ? null : referenceOf(first)) ?? customer.name;
    return customer.isLinked ? `the customer "${customer.name}"` : place;
  });
  const [suggestion = null] = customers.flatMap((customer) => customer.suggestion ?? []);
  const one = 'Give one of them as NAME';
  const next =
    suggestion === null
      ? `${one}.`
      : `${one}; or, if they are one customer: ${linkWords(suggestion.customer, suggestion.organizations)}`;
  return fault('usage', `"${printable(name)}" fits ${customers.length}: ${places.map(printable).join(', ')}.`, next);
}

export function unknownCustomer(name: string): FaultError {
  const message = `No customer and no organization is called "${printable(name.slice(0, 200))}".`;
  return fault(
    'missing',
    message,
    'Give the whole name: subdeck customer list and subdeck organization list show them.',
  );
}

/** Money, deadlines and the rest stay those of the whole customer. */
function searched(page: CustomerPage, text: string | null): CustomerPage {
  if (text === null) return page;
  return {
    ...page,
    rows: page.rows.filter((row) => matchesSearch(text, row)),
    addons: page.addons.filter((addon) => hasText(addon, text)),
  };
}

function pageJson({ name, isLinked, organizations, suggestion }: Customer, page: CustomerPage, now: number): object {
  const { rows, addons, unread, commands, requests, items, money, changes, entries, readAt } = page;
  return {
    ...{ name, linked: isLinked, organizations: organizations.map(organizationJson) },
    suggestion:
      suggestion === null
        ? null
        : {
            ...{ customer: suggestion.customer, organizations: suggestion.organizations.map(organizationJson) },
            next: linkWords(suggestion.customer, suggestion.organizations),
          },
    ...{ readAt, subscriptions: rows.map(subscriptionJson), addons: addons.map(addonJson) },
    addonsNotRead: { subscriptions: unread, next: commands },
    ...{ requests: requests.map(requestJson), deadlines: items.map((item) => itemJson(item, now)) },
    money: {
      sums: money.sums.map(({ kind, currency, period, amount, covers, subscriptions }) => ({
        ...{ kind, currency, period, amount, covers, subscriptions },
      })),
      withoutPrice: money.unpriced,
    },
    changes: changes.map(changeJson),
    journal: entries.map(journalJson),
  };
}

function addonJson(addon: CustomerAddon): object {
  const { ref, id, name, quantity, status, cancelAtPeriodEnd, endsAt, of, organization, readAt, isOutdated } = addon;
  return {
    ...{ ref, id, name, quantity, status, cancelAtPeriodEnd, endsAt, subscription: of, organization, readAt },
    outdated: isOutdated,
  };
}

function changeJson({ seenAt, ref, name, field, from, to, by, journalId }: Attributed): object {
  return { at: seenAt, ref, name, field, from, to, by, journalId };
}

/** Lines of a section of the text; --json has all of them. */
const mostLines = 20;

function sectionsOf(customer: Customer, page: CustomerPage, context: Reading): readonly Section[] {
  const { suggestion } = customer;
  const now = context.clock.now();
  const { marks } = context.settings.theme;
  const age = page.readAt === null ? '' : `, read ${lengthText(Math.max(0, now - Date.parse(page.readAt)))} ago`;
  return [
    { title: `${customer.name}${age}`, fields: customer.organizations.map(organizationField) },
    ...(suggestion === null
      ? []
      : [
          {
            title: `Same ${suggestion.domain === null ? 'name' : `domain (${suggestion.domain})`}, perhaps the same customer`,
            fields: [
              ...suggestion.organizations
                .filter(({ key }) => !customer.organizations.some((own) => own.key === key))
                .map(organizationField),
              { label: 'To link', value: linkWords(suggestion.customer, suggestion.organizations) },
            ],
          },
        ]),
    {
      title: 'Money',
      fields: moneyLines(page.money).map(({ amount, about }) => ({ label: amount, value: about })),
      empty: 'No prices.',
    },
    section('Deadlines', page.items, 'Nothing needs attention.', (item) => ({
      label: `${item.key}  ${itemLabel(item, marks)}`,
      value: `${item.name ?? itemSubject(item)}: ${itemReason(item, { now })}.`,
    })),
    section('Open requests', page.requests, 'None.', requestField),
    section('Subscriptions', page.rows, 'None.', rowField),
    section('Add-ons', page.addons, 'None in the cache.', (addon) => addonField(addon, now)),
    ...unreadSection(page),
    section('Changes between syncs', page.changes, 'None.', changeField),
    section('Journal', page.entries, 'Nothing was sent.', (entry) => ({
      label: dateWords(entry.at),
      value: `${entry.sentence} ${entry.state}, by ${entry.by}, ${entry.id}`,
    })),
  ];
}

function section<Of>(
  title: string,
  all: readonly Of[],
  empty: string,
  fieldOf: (each: Of) => Section['fields'][number],
): Section {
  const more = all.length - mostLines;
  const rest = more > 0 ? [{ label: '…', value: `${grouped(more)} more; --json has all of them.` }] : [];
  const count = all.length === 0 ? '' : ` ${grouped(all.length)}`;
  return { title: `${title}${count}`, fields: [...all.slice(0, mostLines).map(fieldOf), ...rest], empty };
}

/** What the page cannot know, with the command that reads it. */
function unreadSection({ unread, commands }: CustomerPage): readonly Section[] {
  if (unread === 0) return [];
  const title = `The add-ons of ${unread === 1 ? 'one subscription' : `${grouped(unread)} subscriptions`} were never read`;
  return [{ title, fields: commands.map((value) => ({ label: 'To read', value })) }];
}

function rowField(row: CachedSubscription): Section['fields'][number] {
  const { ref, name, status, quantity, endsAt } = row;
  const parts = [
    status,
    quantity === null ? null : seats(quantity),
    endsAt === null ? null : `ends ${dateWords(endsAt)}`,
    ref,
  ];
  return { label: name, value: said(parts) };
}

function addonField(addon: CustomerAddon, now: number): Section['fields'][number] {
  const { id, name, quantity, status, of, ref, readAt, isOutdated } = addon;
  const age = `read ${lengthText(Math.max(0, now - Date.parse(readAt)))} ago${isOutdated ? ', before the last change' : ''}`;
  const place = ref.endsWith(`/${id}`) ? ref : `${id} of ${of} (${ref})`;
  return { label: name, value: said([status, quantity === null ? null : seats(quantity), place, age]) };
}

function said(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ');
}

function requestField({ id, ref, state, vendorState, from, to }: Request): Section['fields'][number] {
  const change = from === null || to === null ? '' : `, ${from} → ${to}`;
  return { label: id, value: `${ref}: ${state}${vendorState === null ? '' : ` (${vendorState})`}${change}` };
}

function changeField({ seenAt, name, field, from, to, by }: Attributed): Section['fields'][number] {
  const change = `${valueWords(from, field)} → ${valueWords(to, field)}`;
  return { label: dateWords(seenAt), value: `${name}: ${field} ${change}${by === null ? '' : `, by ${by}`}` };
}
