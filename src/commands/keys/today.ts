import { topScreen } from '../../state/console-state.ts';
import { nextMeasure, openCalls, openCharts, openToday, toggleFailedOnly } from '../../state/updates/today.ts';
import type { Command } from '../command.ts';
import { arm } from './effects/arm.ts';
import { run } from './effects/palette.ts';

/** What answers a ticket: what needs a person, pictures, and the calls to the vendors. */
export const todayCommands: readonly Command[] = [
  {
    id: 'today',
    summary: 'what needs a person, the most urgent first',
    keys: { keys: ['T'], scopes: ['any'], hint: 'today', perform: ({ store }) => store.update(openToday) },
  },
  {
    id: 'pictures',
    summary: 'renewals by week, seats by status and product, of the place on screen',
    keys: {
      keys: ['B'],
      scopes: ['any'],
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
    keys: { keys: ['L'], scopes: ['any'], perform: ({ store }) => store.update(openCalls) },
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
  {
    id: 'handover',
    summary: 'what the next shift should know, as Markdown to copy',
    keys: { keys: ['H'], scopes: ['any'], perform: ({ store, deps }) => run(store, deps, 'handover') },
  },
  {
    id: 'arm',
    summary: 'arm write mode for some minutes, or end it',
    keys: {
      keys: ['W'],
      scopes: ['any'],
      unavailable: ({ armed, readOnly }) => {
        if (readOnly) return 'Subdeck was started read-only.';
        return armed === null ? 'Write mode is always armed: the setting armMinutes says nothing.' : null;
      },
      perform: ({ store, deps }) => arm(store, deps),
    },
  },
];
