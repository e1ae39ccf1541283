import type { SubscriptionScreen, Tab } from '../../../state/screen.ts';
import { tabsOf } from '../../../state/screen.ts';
import type { PieceLine } from '../../parts/fields.ts';
import type { Piece } from '../../parts/line-pieces.ts';
import { visible, widthOf } from '../../text/cells.ts';
import { clip } from '../../text/fit.ts';

/**
 * The tabs of a subscription, the open one bold and in the accent colour; tabs that do not fit are dropped at the ends.
 */
export function tabStrip(screen: SubscriptionScreen, width: number): PieceLine {
  const labels = tabsOf(screen).map((tab) => labelOf(tab, screen));
  const gap = 1;
  const lengthFrom = (start: number) =>
    labels.slice(start, screen.tab + 1).reduce((sum, label) => sum + widthOf(label) + 2 + gap, 0);
  let first = 0;
  while (first < screen.tab && lengthFrom(first) > width - 2) first += 1;
  const pieces: Piece[] = first > 0 ? [{ text: '… ', tone: 'dim' }] : [];
  labels.slice(first).forEach((label, index) => {
    if (index > 0) pieces.push({ text: ' '.repeat(gap) });
    const open = first + index === screen.tab;
    pieces.push(open ? { text: `[${label}]`, tone: 'title' } : { text: ` ${label} `, tone: 'dim' });
  });
  return pieces;
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
