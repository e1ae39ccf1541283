import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { type CustomerScreen, customerTabs, tabOfCustomer, withCustomerTab } from '../customer-screen.ts';
import type { Screen, SubscriptionsScreen } from '../screen.ts';
import { tabsOf } from '../screen.ts';

/** Opens the next or previous tab, wrapping around. */
export function turnTab(state: ConsoleState, by: 1 | -1): ConsoleState {
  const screen = topScreen(state);
  if (isCustomer(screen)) {
    const open = customerTabs.indexOf(tabOfCustomer(screen));
    return showTab(state, (open + by + customerTabs.length) % customerTabs.length);
  }
  if (screen.kind !== 'subscription') return state;
  const count = tabsOf(screen).length;
  return showTab(state, (screen.tab + by + count) % count);
}

/** Opens a tab by its number, from 0; an unknown number changes nothing. */
export function showTab(state: ConsoleState, tab: number): ConsoleState {
  const screen = topScreen(state);
  if (isCustomer(screen)) {
    const wanted = customerTabs[tab];
    return wanted === undefined ? state : withTop(state, withCustomerTab(screen, wanted));
  }
  if (screen.kind !== 'subscription' || tab >= tabsOf(screen).length || tab === screen.tab) return state;
  return {
    ...withTop(state, { ...screen, tab, filterText: '', timelineFilter: [], hiddenColumns: 0, scroll: 0 }),
    contentRows: 0,
  };
}

function isCustomer(screen: Screen): screen is SubscriptionsScreen | CustomerScreen {
  return screen.kind === 'customer' || (screen.kind === 'subscriptions' && screen.frame !== null);
}
