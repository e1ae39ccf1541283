import { happened } from '../../model/verdict.ts';
import { topScreen } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { openFilter } from '../../state/updates/filter.ts';
import { clearMarks, toggleMark } from '../../state/updates/marks.ts';
import { back } from '../../state/updates/navigate.ts';
import { openSort } from '../../state/updates/sort.ts';
import { showTab, turnTab } from '../../state/updates/tabs.ts';
import type { Command } from '../command.ts';
import { creationAt } from './effects/create.ts';
import { entryOf } from './effects/settle.ts';
import { offlineReason } from './reasons.ts';

const lists = ['level', 'subscriptions', 'requests', 'journal'] as const;

function emptyReason(console: ConsoleStore): string | null {
  const screen = topScreen(console.getState());
  return 'list' in screen && screen.list.total === 0 ? 'There is no row here.' : null;
}

/** What can be done on lists and on a subscription. */
export const placeCommands: readonly Command[] = [
  {
    id: 'open',
    summary: 'open what the cursor stands on',
    keys: {
      keys: ['enter', 'right', 'l'],
      scopes: [...lists, 'today', 'calls', 'bulk'],
      hint: 'open',
      unavailable: emptyReason,
      perform: (console) => console.effects.open(),
    },
  },
  {
    id: 'back by arrow',
    summary: 'go back',
    keys: {
      keys: ['left', 'h'],
      scopes: [...lists, 'today', 'calls', 'bulk'],
      perform: (console) => console.update(back),
    },
  },
  {
    id: 'next tab',
    summary: 'the next tab',
    keys: {
      keys: ['tab', 'right', 'l'],
      scopes: ['subscription'],
      hint: 'next tab',
      perform: (console) => console.update((state) => turnTab(state, 1)),
    },
  },
  {
    id: 'previous tab',
    summary: 'the tab before',
    keys: {
      keys: ['shift+tab', 'left', 'h'],
      scopes: ['subscription'],
      perform: (console) => console.update((state) => turnTab(state, -1)),
    },
  },
  ...Array.from(
    { length: 9 },
    (_, tab): Command => ({
      id: `tab ${tab + 1}`,
      summary: `tab number ${tab + 1}`,
      keys: {
        keys: [String(tab + 1)],
        scopes: ['subscription'],
        perform: (console) => console.update((state) => showTab(state, tab)),
      },
    }),
  ),
  {
    id: 'actions',
    summary: 'everything that can be done with the subscription',
    keys: {
      keys: ['a'],
      scopes: ['subscription', 'subscriptions', 'today'],
      hint: 'actions',
      unavailable: (console) => emptyReason(console),
      perform: (console) => console.effects.openActions(),
    },
  },
  {
    id: 'new',
    summary: 'create a subscription for the organization',
    keys: {
      keys: ['n'],
      scopes: ['level', 'subscriptions'],
      unavailable: (console) =>
        creationAt(console.getState()) === null
          ? 'A subscription is created for an organization: stand on one, or open it.'
          : offlineReason(console),
      perform: (console) => console.effects.create(),
    },
  },
  {
    id: 'filter',
    summary: 'show only what matches',
    keys: {
      keys: ['/'],
      scopes: ['level', 'subscriptions'],
      hint: 'filter',
      perform: (console) => console.update(openFilter),
    },
  },
  {
    id: 'mark',
    summary: 'mark the row, or take its mark away',
    keys: {
      keys: ['space'],
      scopes: ['subscriptions'],
      hint: 'mark',
      unavailable: emptyReason,
      perform: (console) => console.update(toggleMark),
    },
  },
  {
    id: 'mark all',
    summary: 'mark every row that is shown',
    keys: {
      keys: ['*'],
      scopes: ['subscriptions'],
      unavailable: emptyReason,
      perform: (console) => console.effects.markShown(),
    },
  },
  {
    id: 'unmark all',
    summary: 'take every mark away',
    keys: { keys: ['u'], scopes: ['subscriptions'], perform: (console) => console.update(clearMarks) },
  },
  {
    id: 'settle',
    summary: 'find out what became of a write whose end nobody knows, or correct what was said of one',
    keys: {
      keys: ['s'],
      scopes: ['journal', 'entry', 'today'],
      hint: 'settle',
      unavailable: (console) => {
        const state = entryOf(console.getState())?.state;
        if (state === 'unknown' || state === 'needs-person') return offlineReason(console);
        return state === undefined || happened(state) === null ? 'It has no end yet.' : null;
      },
      perform: (console) => console.effects.settle(),
    },
  },
  {
    id: 'sort',
    summary: 'choose what the rows are sorted by',
    keys: {
      keys: ['s'],
      scopes: ['level', 'subscriptions'],
      hint: 'sort',
      perform: (console) => console.update(openSort),
    },
  },
  {
    id: 'all below',
    summary: 'all subscriptions below the row',
    keys: {
      keys: ['S'],
      scopes: ['level'],
      hint: 'all subscriptions',
      perform: (console) => console.effects.openSubscriptions(),
    },
  },
  {
    id: 'refresh',
    summary: 'read again from the vendor what is on screen',
    keys: {
      keys: ['r'],
      scopes: ['level', 'subscriptions', 'subscription', 'requests', 'today'],
      hint: 'read again',
      unavailable: offlineReason,
      perform: (console) => console.effects.refresh(),
    },
  },
  {
    id: 'copy',
    summary: 'copy a cell, the row, its id, REF or receipt, or export the rows to a file',
    keys: {
      keys: ['c'],
      scopes: ['level', 'subscriptions', 'subscription', 'requests', 'journal', 'entry', 'today', 'calls', 'reply'],
      hint: 'copy',
      perform: (console) => console.effects.copy(),
    },
  },
];
