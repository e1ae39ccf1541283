import { topScreen } from '../../state/console-state.ts';
import { nextMeasure, openCalls, openCharts, toggleFailedOnly } from '../../state/updates/today.ts';
import type { Command } from '../command.ts';

/** The charts of a list, and the calls to the vendors. */
export const chartAndCallKeys: readonly Command[] = [
  {
    id: 'pictures',
    summary: 'charts of this list: renewals by week, seats by status and product',
    keys: {
      keys: ['B'],
      scopes: ['any'],
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
      scopes: ['pictures'],
      hint: 'measure',
      perform: ({ store }) => store.update(nextMeasure),
    },
  },
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
