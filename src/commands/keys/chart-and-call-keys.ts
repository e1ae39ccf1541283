import { topScreen } from '../../state/console-state.ts';
import { nextMeasure, openCalls, openCharts, toggleFailedOnly } from '../../state/updates/today.ts';
import type { Command } from '../command.ts';

/** The charts of a place, and the calls to the vendors. */
export const chartAndCallKeys: readonly Command[] = [
  {
    id: 'pictures',
    summary: 'renewals by week, seats by status and product, of the place on screen',
    keys: {
      keys: ['B'],
      scopes: ['any'],
      readerKey: 'g',
      unavailable: (state) => ('trail' in topScreen(state) ? null : 'Pictures are of a place: open a list first.'),
      perform: ({ store }) => store.update(openCharts),
    },
  },
  {
    id: 'measure',
    summary: 'measure by seats, subscriptions or money',
    keys: {
      keys: ['m'],
      scopes: ['pictures'],
      hint: 'measure',
      perform: ({ store }) => store.update(nextMeasure),
    },
  },
  {
    id: 'calls',
    summary: 'every call to a vendor, and how the vendors are doing',
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
