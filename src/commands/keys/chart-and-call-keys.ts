import { topScreen } from '../../state/console-state.ts';
import {
  nextMeasure,
  openBar,
  openCalls,
  openCharts,
  toggleFailedOnly,
  turnWeek,
  whyNoBar,
} from '../../state/updates/today.ts';
import type { Command } from '../command.ts';

/** The charts of a list, and the calls to the vendors. */
export const chartAndCallKeys: readonly Command[] = [
  {
    id: 'charts',
    summary: 'charts of this list: renewals by week, seats by status and product',
    keys: {
      keys: ['B'],
      scopes: ['any'],
      formerId: 'pictures',
      readerKey: 'g',
      unavailable: (state) => ('trail' in topScreen(state) ? null : 'Charts show a list: open a list first.'),
      perform: ({ store }) => store.update(openCharts),
    },
  },
  {
    id: 'measure',
    summary: 'count seats, subscriptions or money',
    keys: {
      keys: ['m'],
      scopes: ['charts'],
      hint: 'measure',
      perform: ({ store }) => store.update(nextMeasure),
    },
  },
  {
    id: 'open bar',
    summary: 'list the rows of the bar under the cursor',
    keys: {
      keys: ['enter'],
      scopes: ['charts'],
      hint: 'open rows',
      hintStays: 'longest',
      unavailable: whyNoBar,
      perform: ({ store }) => store.update(openBar),
    },
  },
  ...([1, -1] as const).map(
    (by): Command => ({
      id: by === 1 ? 'next week' : 'previous week',
      summary: `the ${by === 1 ? 'next' : 'previous'} week of the calendar`,
      keys: {
        keys: by === 1 ? ['right', 'l'] : ['left', 'h'],
        scopes: ['charts'],
        perform: ({ store }) => store.update((state) => turnWeek(state, by)),
      },
    }),
  ),
  {
    id: 'calls',
    summary: 'every call to a vendor, and each vendor’s health',
    keys: { keys: ['L'], scopes: ['any'], readerKey: 'l', perform: ({ store }) => store.update(openCalls) },
  },
  {
    id: 'failed calls',
    summary: 'only the calls that failed, or all of them again',
    keys: {
      keys: ['f'],
      scopes: ['calls'],
      hint: 'failed only',
      perform: ({ store }) => store.update(toggleFailedOnly),
    },
  },
];
