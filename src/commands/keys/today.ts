import { topScreen } from '../../state/console-state.ts';
import { nextMeasure, openCalls, openCharts, openToday, toggleFailedOnly } from '../../state/updates/today.ts';
import type { Command } from '../command.ts';

/** What answers a ticket: what needs a person, pictures, and the calls to the vendors. */
export const todayCommands: readonly Command[] = [
  {
    id: 'today',
    summary: 'what needs a person, the most urgent first',
    keys: { keys: ['T'], scopes: ['any'], hint: 'today', perform: (console) => console.update(openToday) },
  },
  {
    id: 'pictures',
    summary: 'renewals by week, seats by status and product, of the place on screen',
    keys: {
      keys: ['B'],
      scopes: ['any'],
      unavailable: (console) =>
        'trail' in topScreen(console.getState()) ? null : 'Pictures are of a place: open a list first.',
      perform: (console) => console.update(openCharts),
    },
  },
  {
    id: 'measure',
    summary: 'measure by seats, subscriptions or money',
    keys: {
      keys: ['m'],
      scopes: ['pictures'],
      hint: 'measure',
      perform: (console) => console.update(nextMeasure),
    },
  },
  {
    id: 'calls',
    summary: 'every call to a vendor, and how the vendors are doing',
    keys: { keys: ['L'], scopes: ['any'], perform: (console) => console.update(openCalls) },
  },
  {
    id: 'failed calls',
    summary: 'only the calls that failed, or all of them again',
    keys: {
      keys: ['f'],
      scopes: ['calls'],
      hint: 'failed only',
      perform: (console) => console.update(toggleFailedOnly),
    },
  },
  {
    id: 'handover',
    summary: 'what the next shift should know, as Markdown to copy',
    keys: { keys: ['H'], scopes: ['any'], perform: (console) => console.effects.runWords('handover') },
  },
  {
    id: 'arm',
    summary: 'arm write mode for some minutes, or end it',
    keys: {
      keys: ['W'],
      scopes: ['any'],
      unavailable: ({ getState }) => {
        const { armed, readOnly } = getState();
        if (readOnly) return 'Subdeck was started read-only.';
        return armed === null ? 'Write mode is always armed: the setting armMinutes says nothing.' : null;
      },
      perform: (console) => console.effects.arm(),
    },
  },
];
