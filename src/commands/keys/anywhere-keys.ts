import { back } from '../../state/updates/navigate.ts';
import { toggleOffline } from '../../state/updates/status.ts';
import { toggleTour } from '../../state/updates/tour.ts';
import type { Command, KeyScope } from '../command.ts';
import { openJournalScreen, openRequestsScreen } from './effects/open.ts';
import { openPalette } from './effects/palette.ts';
import { openPortal, whyNoPortal } from './effects/portal.ts';

/** Overlays, which are modal, in which the keys of every terminal program work too. */
const overlays: readonly KeyScope[] = [
  ...(['filter', 'palette', 'help', 'menu', 'form', 'prompt', 'waiting'] as const),
  ...(['plan', 'plan-reason', 'result', 'notice'] as const),
];

const tourElsewhere = 'The tour runs on the sandbox. Press q to quit, then run subdeck demo --tour.';

/** Keys that work on every screen. */
export const anywhereKeys: readonly Command[] = [
  {
    id: 'back',
    summary: 'go back; clears an active filter first',
    keys: { keys: ['escape'], scopes: ['any'], readerKey: 'b', perform: ({ store }) => store.update(back) },
  },
  {
    id: 'requests',
    summary: 'requests that vendors are processing',
    keys: {
      keys: ['R'],
      scopes: ['any'],
      hint: 'requests',
      readerKey: 'w',
      perform: ({ store }) => openRequestsScreen(store),
    },
  },
  {
    id: 'journal',
    summary: 'the journal of all writes and their results',
    keys: {
      keys: ['J'],
      scopes: ['any'],
      hint: 'journal',
      readerKey: 'j',
      perform: ({ store }) => openJournalScreen(store),
    },
  },
  {
    id: 'palette',
    summary: 'the palette: screens, keys and commands',
    keys: {
      keys: [':', 'ctrl+p'],
      scopes: ['any'],
      hint: 'anything',
      alwaysShown: true,
      perform: ({ store, deps }) => openPalette(store, deps),
    },
  },
  {
    id: 'portal',
    summary: "the vendor's portal in the browser, at what is on screen",
    keys: {
      keys: ['O'],
      scopes: ['any'],
      unavailable: whyNoPortal,
      perform: ({ store, deps }) => openPortal(store, deps),
    },
  },
  {
    id: 'offline',
    summary: 'go offline, or online again',
    keys: {
      keys: ['o'],
      scopes: ['any'],
      readerKey: 'o',
      unavailable: ({ offlineForGood }) =>
        offlineForGood ? 'Subdeck was started offline, by --offline, SUBDECK_OFFLINE or the setting offline.' : null,
      perform: ({ store }) => store.update(toggleOffline),
    },
  },
  {
    id: 'tour',
    summary: 'start or leave the tour: one ticket of the sandbox, in nine steps',
    keys: {
      keys: ['ctrl+t'],
      scopes: ['any', ...overlays],
      unavailable: ({ ticket }) => (ticket === null ? tourElsewhere : null),
      perform: ({ store }) => store.update(toggleTour),
    },
  },
];

/** Quitting, suspending, and redrawing the screen. */
export const leavingKeys: readonly Command[] = [
  {
    id: 'quit',
    summary: 'quit; requests continue at the vendors',
    keys: { keys: ['q'], scopes: ['any'], hint: 'quit', readerKey: 'q', perform: ({ deps }) => deps.exit(0) },
  },
  {
    id: 'interrupt',
    summary: 'quit immediately',
    keys: {
      keys: ['ctrl+c'],
      scopes: ['any', ...overlays],
      perform: ({ deps }) => deps.exit(130),
    },
  },
  {
    id: 'suspend',
    summary: 'suspend to the shell; fg resumes',
    keys: {
      keys: ['ctrl+z'],
      scopes: ['any', ...overlays, 'sending'],
      perform: ({ deps }) => deps.terminal.suspend(),
    },
  },
  {
    id: 'redraw',
    summary: 'redraw the screen',
    keys: { keys: ['ctrl+l'], scopes: ['any'], perform: ({ deps }) => deps.terminal.redraw() },
  },
];
