import { organizationAt } from '../../../customers/organization.ts';
import { customerKey, type LinkAction } from '../../../model/customer-link.ts';
import { type ConsoleState, topScreen, withTop } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { customerScreen, frameOf, framePins, withFrame } from '../../../state/customer-screen.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import { rowId } from '../../../state/row-id.ts';
import { subjectOf } from '../../../state/subject.ts';
import { push } from '../../../state/updates/navigate.ts';
import { say } from '../../../state/updates/status.ts';
import type { Item } from '../../../today/item.ts';
import { connectionsWithAddons, customerDeps } from '../../customer-page.ts';
import { linkOrganizations } from '../../link-customer.ts';
import type { Using } from './deps.ts';
import { inBackground } from './reported.ts';

type Opening = Using<'cache' | 'clock' | 'connections' | 'journal'>;

/** The organization of the row under the cursor, else of the screen; null: there is none. */
function organizationHere(state: ConsoleState): { readonly connection: string; readonly id: string } | null {
  const screen = topScreen(state);
  if (screen.kind === 'level') {
    const node = rowUnderCursor(screen.list, rowId.level);
    if (node?.level === 'organization') return node.id === null ? null : { connection: node.connection, id: node.id };
  }
  if (screen.kind === 'today') {
    const line = rowUnderCursor(screen.list, rowId.today);
    const items =
      line === null ? [] : line.kind === 'item' ? [line.item] : line.kind === 'group' ? line.group.items : [];
    const [first, ...others] = new Map(items.map((each) => [customerIn(each), each])).values();
    const id = first?.organization?.id;
    return first === undefined || id === undefined || others.length > 0 ? null : { connection: first.connection, id };
  }
  const subject = subjectOf(state);
  if (subject?.organization) return { connection: subject.connection, id: subject.organization.id };
  const crumb = 'trail' in screen ? screen.trail.find(({ pin }) => pin.level === 'organization') : undefined;
  return crumb === undefined || crumb.pin.id === null ? null : { connection: crumb.pin.connection, id: crumb.pin.id };
}

/** Items of one linked customer are about it, whatever their organizations. */
function customerIn({ customer, place, organization }: Item): string {
  return customer === null ? JSON.stringify([place, organization?.id ?? null]) : customerKey(customer);
}

export function whyNoCustomer(state: ConsoleState): string | null {
  return organizationHere(state) === null ? 'Put the cursor on an organization, or on a row of one.' : null;
}

export function whyNoSuggestion(state: ConsoleState): string | null {
  const suggestion = frameOf(topScreen(state))?.customer?.suggestion ?? null;
  return suggestion === null ? 'No other organization has exactly this name or domain.' : null;
}

/** The command that reads what was never read of the customer's add-ons, as the palette takes it; null: there is nothing. */
export function unreadCommand(state: ConsoleState): string | null {
  const [first] = frameOf(topScreen(state))?.page?.commands ?? [];
  return first?.replace(/^subdeck /, '') ?? null;
}

/** Opens the customer of the row under the cursor. */
export function openCustomer(store: ConsoleStore, deps: Opening): void {
  const here = organizationHere(store.getState());
  const organization = here === null ? null : organizationAt(customerDeps(deps.context), here.connection, here.id);
  if (organization !== null) openCustomerOf(store, deps, organization.key);
}

/** Opens the customer of an organization (`organizationKey`). */
export function openCustomerOf(store: ConsoleStore, deps: Opening, organization: string): void {
  store.update((state) => push(state, customerScreen(organization)));
  askForAddons(store, deps);
}

/** Finds out which connections can list add-ons, so that the page can say what was never read. Makes no call. */
function askForAddons(store: ConsoleStore, { context }: Opening): void {
  const frame = frameOf(topScreen(store.getState()));
  if (frame === null) return;
  inBackground(store, async () => {
    const asking = [
      ...(await connectionsWithAddons(
        context,
        framePins(frame).map(({ connection }) => connection),
      )),
    ];
    store.update((state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'subscriptions' && screen.kind !== 'customer') return state;
      if (screen.frame?.organization !== frame.organization) return state;
      return withTop(state, withFrame(screen, { ...screen.frame, asking, stamp: null }));
    });
  });
}

/** Links the suggested organizations to one customer, or says that they are others. Kept in the journal at once. */
export function answerSuggestion(store: ConsoleStore, deps: Opening, action: LinkAction): void {
  const customer = frameOf(topScreen(store.getState()))?.customer ?? null;
  const suggestion = customer?.suggestion ?? null;
  if (customer === null || suggestion === null) return;
  const own = customer.organizations.map(({ key }) => key);
  // Who says no says it of the others: what is on the page stays open to other suggestions.
  const organizations =
    action === 'link' ? suggestion.organizations : suggestion.organizations.filter(({ key }) => !own.includes(key));
  inBackground(store, async () => {
    await linkOrganizations(deps.context, action, suggestion.customer, organizations);
    const count = suggestion.members.length + suggestion.organizations.length;
    const said =
      action === 'link'
        ? `${suggestion.customer}: ${count} organizations are one customer now.`
        : `${suggestion.customer}: they are not suggested again.`;
    store.update((state) => say(state, said, 'good'));
    askForAddons(store, deps);
  });
}
