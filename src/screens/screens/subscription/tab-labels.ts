import type { SubscriptionScreen, Tab } from '../../../state/screen.ts';
import { tabOf, tabsOf } from '../../../state/screen.ts';
import { visible } from '../../text/cells.ts';
import { clip } from '../../text/fit.ts';

/** The names of the tabs of a subscription, with the number of what is in them. */
export function tabLabels(screen: SubscriptionScreen): readonly string[] {
  return tabsOf(screen).map((tab) => labelOf(tab, screen));
}

/** The name of the open one. */
export function openTabLabel(screen: SubscriptionScreen): string {
  return labelOf(tabOf(screen), screen);
}

function labelOf(tab: Tab, screen: SubscriptionScreen): string {
  switch (tab.kind) {
    case 'overview':
      return 'Overview';
    case 'addons':
      return screen.addons.kind === 'ready' ? `Add-ons ${screen.addons.value.length}` : 'Add-ons';
    case 'timeline':
      return 'Timeline';
    case 'details':
      return 'Details';
    case 'section':
      return screen.details.kind === 'ready'
        ? clip(visible(screen.details.value[tab.index]?.title ?? ''), 20)
        : 'Details';
    case 'journal':
      return screen.entries.length === 0 ? 'Journal' : `Journal ${screen.entries.length}`;
    case 'raw':
      return 'Raw';
  }
}
