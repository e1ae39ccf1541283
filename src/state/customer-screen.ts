import type { Customer } from '../customers/customer.ts';
import { pinsOf } from '../customers/customer.ts';
import type { CustomerAddon } from '../customers/customer-addons.ts';
import type { CustomerPage } from '../customers/customer-page.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { Pin } from '../model/scope.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { SubscriptionQuery } from '../query/cache-reader.ts';
import type { Item } from '../today/item.ts';
import type { Attributed } from '../today/who-changed.ts';
import { emptyList, type List } from './list.ts';
import { subscriptionsScreen } from './new-screens.ts';
import type { RequestRow, Screen, SubscriptionsScreen } from './screen.ts';
import { scopeOf } from './trail.ts';

/** The tabs of a customer. The first one is a list of subscriptions like any other, with its keys. */
export const customerTabs = ['subscriptions', 'addons', 'requests', 'deadlines', 'changes', 'journal'] as const;
export type CustomerTab = (typeof customerTabs)[number];

/** What the tabs of a customer share. */
export interface CustomerFrame {
  /** One of its organizations (`organizationKey`): what it belongs to is looked up again with every change. */
  readonly organization: string;
  /** Null until the projector has read it, or where there is no such organization. */
  readonly customer: Customer | null;
  readonly page: CustomerPage | null;
  /** Connections that can list the add-ons of a subscription; null until that is known. */
  readonly asking: readonly string[] | null;
  /** Identifies the revisions that `page` was read at. */
  readonly stamp: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How many milliseconds it took to read the page. */
  readonly took: number;
}

/** A row of one of the other tabs. */
export type CustomerRow = { readonly id: string } & (
  | { readonly kind: 'addon'; readonly addon: CustomerAddon }
  | { readonly kind: 'request'; readonly row: RequestRow }
  | {
      readonly kind: 'item';
      readonly item: Item;
      readonly row: CachedSubscription | null;
      readonly entry: JournalEntry | null;
    }
  | { readonly kind: 'change'; readonly change: Attributed }
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
);

/** A tab of a customer beside that of its subscriptions. */
export interface CustomerScreen {
  readonly kind: 'customer';
  readonly frame: CustomerFrame;
  readonly tab: Exclude<CustomerTab, 'subscriptions'>;
  /** In the language of the tab (`filterKindOf`), and valid. */
  readonly filterText: string;
  readonly list: List<CustomerRow>;
  /** Rows without the filter. */
  readonly unfiltered: number | null;
  /** The first tab as it was left. */
  readonly subscriptions: SubscriptionsScreen;
}

/** A customer opens on its subscriptions. */
export function customerScreen(organization: string): SubscriptionsScreen {
  const frame = { organization, customer: null, page: null, asking: null, stamp: null, at: 0, took: 0 };
  return { ...subscriptionsScreen([]), frame };
}

/** The customer that a screen belongs to, or null. */
export function frameOf(screen: Screen): CustomerFrame | null {
  return screen.kind === 'subscriptions' || screen.kind === 'customer' ? screen.frame : null;
}

/** Where the rows of a customer are. */
export function framePins({ customer }: CustomerFrame): readonly Pin[] {
  return customer === null ? [] : pinsOf(customer);
}

export function tabOfCustomer(screen: SubscriptionsScreen | CustomerScreen): CustomerTab {
  return screen.kind === 'customer' ? screen.tab : 'subscriptions';
}

/** Another tab of a customer. */
export function withCustomerTab(
  screen: SubscriptionsScreen | CustomerScreen,
  tab: CustomerTab,
): SubscriptionsScreen | CustomerScreen {
  const { frame } = screen;
  if (frame === null || tab === tabOfCustomer(screen)) return screen;
  const subscriptions = screen.kind === 'customer' ? { ...screen.subscriptions, frame } : screen;
  if (tab === 'subscriptions') return subscriptions;
  return {
    ...{ kind: 'customer', frame, tab, filterText: '', list: emptyList(), unfiltered: null },
    subscriptions,
  };
}

/** The same screen with another state of its customer. */
export function withFrame<Of extends SubscriptionsScreen | CustomerScreen>(screen: Of, frame: CustomerFrame): Of {
  return screen.frame === frame ? screen : { ...screen, frame };
}

/** How many rows each tab has; null until that is known. */
export function tabCounts({ page }: CustomerFrame): Readonly<Record<CustomerTab, number>> | null {
  if (page === null) return null;
  const { rows, addons, requests, items, changes, entries } = page;
  return {
    ...{ subscriptions: rows.length, addons: addons.length, requests: requests.length },
    ...{ deadlines: items.length, changes: changes.length, journal: entries.length },
  };
}

/** The rows of a list of subscriptions before any filter: everything that queries them for the list uses this. */
export function listedRows({ trail, frame }: Pick<SubscriptionsScreen, 'trail' | 'frame'>): Listed {
  return {
    scope: scopeOf(trail),
    connections: null,
    search: null,
    ...(frame === null ? {} : { anyOf: framePins(frame) }),
  };
}

export type Listed = Pick<SubscriptionQuery, 'scope' | 'anyOf' | 'connections' | 'search'>;
