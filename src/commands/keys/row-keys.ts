import { happened } from '../../model/verdict.ts';
import { topScreen } from '../../state/console-state.ts';
import { listOn } from '../../state/screen.ts';
import { openFilter } from '../../state/updates/filter.ts';
import { clearMarks, toggleMark } from '../../state/updates/marks.ts';
import { back } from '../../state/updates/navigate.ts';
import { scrollSideways } from '../../state/updates/sideways.ts';
import { openSort } from '../../state/updates/sort.ts';
import { showTab, turnTab } from '../../state/updates/tabs.ts';
import type { Command } from '../command.ts';
import { openCopy } from './effects/copy.ts';
import { beginCreation, creationAt } from './effects/create.ts';
import { markShown } from './effects/mark-shown.ts';
import { open, openSubscriptions } from './effects/open.ts';
import { refresh } from './effects/refresh.ts';
import { entryOf, settle } from './effects/settle.ts';
import { openActions } from './effects/write-path.ts';
import { emptyReason, offlineReason } from './reasons.ts';

const lists = ['level', 'subscriptions', 'requests', 'journal'] as const;

const sidewaysKeys = ([1, -1] as const).map(
  (by): Command => ({
    id: by === 1 ? 'scroll right' : 'scroll left',
    summary: `scroll a wide table to the ${by === 1 ? 'right' : 'left'}`,
    keys: {
      keys: [by === 1 ? '>' : '<'],
      scopes: ['changes', 'subscription', 'reply'],
      perform: ({ store }) => store.update((state) => scrollSideways(state, by)),
    },
  }),
);

/** Keys of lists and of a subscription. */
export const rowKeys: readonly Command[] = [
  {
    id: 'open',
    summary: 'open the row under the cursor',
    keys: {
      keys: ['enter', 'right', 'l'],
      scopes: [...lists, 'today', 'calls', 'bulk', 'customer', 'changes'],
      hint: 'open',
      hintStays: 'longest',
      unavailable: emptyReason,
      perform: ({ store, deps }) => open(store, deps),
    },
  },
  {
    id: 'back by arrow',
    summary: 'go back',
    keys: {
      keys: ['left', 'h'],
      scopes: [...lists, 'today', 'calls', 'bulk', 'customer', 'changes'],
      perform: ({ store }) => store.update(back),
    },
  },
  {
    id: 'open line',
    summary: 'the line under the cursor of the timeline: the write, or all of it',
    keys: {
      keys: ['enter'],
      scopes: ['subscription'],
      unavailable: (state) =>
        listOn(topScreen(state)) === null ? 'Only the timeline has lines to open.' : emptyReason(state),
      perform: ({ store, deps }) => open(store, deps),
    },
  },
  ...sidewaysKeys,
  {
    id: 'next tab',
    summary: 'the next tab',
    keys: {
      keys: ['tab', 'right', 'l'],
      scopes: ['subscription'],
      hint: 'next tab',
      hintStays: 'longest',
      perform: ({ store }) => store.update((state) => turnTab(state, 1)),
    },
  },
  {
    id: 'previous tab',
    summary: 'the previous tab',
    keys: {
      keys: ['shift+tab', 'left', 'h'],
      scopes: ['subscription'],
      perform: ({ store }) => store.update((state) => turnTab(state, -1)),
    },
  },
  ...Array.from(
    { length: 9 },
    (_, tab): Command => ({
      id: `tab ${tab + 1}`,
      summary: `tab number ${tab + 1}`,
      keys: {
        keys: [String(tab + 1)],
        scopes: ['subscription', 'customer'],
        perform: ({ store }) => store.update((state) => showTab(state, tab)),
      },
    }),
  ),
  {
    id: 'actions',
    summary: 'the actions of the subscription',
    keys: {
      keys: ['a'],
      scopes: ['subscription', 'subscriptions', 'journal', 'entry', 'today', 'customer'],
      hint: 'actions',
      hintStays: 'longest',
      readerKey: 'a',
      // An empty timeline of a subscription leaves it its actions.
      unavailable: (state) => (topScreen(state).kind === 'subscription' ? null : emptyReason(state)),
      perform: ({ store, deps }) => openActions(store, deps),
    },
  },
  {
    id: 'new',
    summary: 'create a subscription for the organization',
    keys: {
      keys: ['n'],
      scopes: ['level', 'subscriptions'],
      unavailable: (state) =>
        creationAt(state) === null
          ? 'Subscriptions are created for an organization: put the cursor on one, or open it.'
          : offlineReason(state),
      perform: ({ store, deps }) => beginCreation(store, deps),
    },
  },
  {
    id: 'filter',
    summary: 'filter the rows, or the lines of a text',
    keys: {
      keys: ['/'],
      scopes: [
        ...['level', 'subscriptions', 'subscription', 'requests', 'journal', 'entry', 'reply', 'today'],
        ...['customer', 'calls', 'charts', 'bulk', 'changes'],
      ] as const,
      hint: 'filter',
      hintStays: 'longest',
      perform: ({ store }) => store.update(openFilter),
    },
  },
  {
    id: 'mark',
    summary: 'mark or unmark the row',
    keys: {
      keys: ['space'],
      scopes: ['subscriptions'],
      hint: 'mark',
      unavailable: emptyReason,
      perform: ({ store }) => store.update(toggleMark),
    },
  },
  {
    id: 'mark all',
    summary: 'mark every row that is shown',
    keys: {
      keys: ['*'],
      scopes: ['subscriptions'],
      unavailable: emptyReason,
      perform: ({ store, deps }) => markShown(store, deps),
    },
  },
  {
    id: 'unmark all',
    summary: 'unmark all rows',
    keys: { keys: ['u'], scopes: ['subscriptions'], perform: ({ store }) => store.update(clearMarks) },
  },
  {
    id: 'settle',
    summary: 'settle a write with an unknown outcome, or correct a verdict',
    keys: {
      // In the menu of actions: `s` sorts elsewhere.
      keys: [],
      scopes: ['journal', 'entry', 'today'],
      readerKey: 's',
      unavailable: (state) => {
        const end = entryOf(state)?.state;
        if (end === 'unknown' || end === 'needs-person') return offlineReason(state);
        return end === undefined || happened(end) === null ? 'Its outcome is still open.' : null;
      },
      perform: ({ store, deps }) => settle(store, deps),
    },
  },
  {
    id: 'sort',
    summary: 'choose the sort order',
    keys: {
      keys: ['s'],
      scopes: ['level', 'subscriptions'],
      hint: 'sort',
      perform: ({ store }) => store.update(openSort),
    },
  },
  {
    id: 'all below',
    summary: 'subscriptions of this row',
    keys: {
      keys: ['S'],
      scopes: ['level'],
      hint: 'subscriptions of this row',
      perform: ({ store }) => openSubscriptions(store),
    },
  },
  {
    id: 'refresh',
    summary: 'refresh the screen from the vendor',
    keys: {
      keys: ['r'],
      scopes: ['level', 'subscriptions', 'subscription', 'requests', 'today', 'customer'],
      hint: 'refresh',
      readerKey: 'r',
      unavailable: offlineReason,
      perform: ({ store, deps }) => refresh(store, deps),
    },
  },
  {
    id: 'copy',
    summary: 'copy a cell, the row, its id, REF or receipt, or export the rows to a file',
    keys: {
      keys: ['c'],
      scopes: [...lists, 'subscription', 'entry', 'today', 'customer', 'calls', 'bulk', 'changes', 'reply'],
      hint: 'copy',
      readerKey: 'c',
      perform: ({ store, deps }) => openCopy(store, deps),
    },
  },
];
