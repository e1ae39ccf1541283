import { back } from '../../state/updates/navigate.ts';
import { toggleOffline } from '../../state/updates/status.ts';
import type { Command } from '../command.ts';
import { openJournal, openRequests } from './effects/open.ts';
import { openPalette } from './effects/palette.ts';

/** What works on every screen. */
export const anywhereKeys: readonly Command[] = [
  {
    id: 'back',
    summary: 'go back; an active filter is cleared first',
    keys: { keys: ['escape'], scopes: ['any'], readerKey: 'b', perform: ({ store }) => store.update(back) },
  },
  {
    id: 'requests',
    summary: 'what the vendors are working on',
    keys: {
      keys: ['R'],
      scopes: ['any'],
      hint: 'requests',
      readerKey: 'w',
      perform: ({ store }) => openRequests(store),
    },
  },
  {
    id: 'journal',
    summary: 'what was sent from here, and what became of it',
    keys: { keys: ['J'], scopes: ['any'], hint: 'journal', readerKey: 'j', perform: ({ store }) => openJournal(store) },
  },
  {
    id: 'palette',
    summary: 'anything: places, keys and words',
    keys: {
      keys: [':', 'ctrl+p'],
      scopes: ['any'],
      hint: 'anything',
      alwaysShown: true,
      perform: ({ store, deps }) => openPalette(store, deps),
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
];

/** Ways out, and the screen drawn anew. */
export const leavingKeys: readonly Command[] = [
  {
    id: 'quit',
    summary: 'leave; what the vendors are working on goes on there',
    keys: { keys: ['q'], scopes: ['any'], hint: 'quit', readerKey: 'q', perform: ({ deps }) => deps.exit(0) },
  },
  {
    id: 'interrupt',
    summary: 'leave at once',
    keys: {
      keys: ['ctrl+c'],
      scopes: ['any', 'filter', 'palette', 'help', 'menu', 'form', 'prompt', 'waiting', 'plan', 'result', 'notice'],
      perform: ({ deps }) => deps.exit(130),
    },
  },
  {
    id: 'suspend',
    summary: 'back to the shell for a while; fg comes back',
    keys: {
      keys: ['ctrl+z'],
      scopes: [
        'any',
        'filter',
        'palette',
        'help',
        'menu',
        'form',
        'prompt',
        'waiting',
        'plan',
        'sending',
        'result',
        'notice',
      ],
      perform: ({ deps }) => deps.terminal.suspend(),
    },
  },
  {
    id: 'redraw',
    summary: 'draw the screen anew',
    keys: { keys: ['ctrl+l'], scopes: ['any'], perform: ({ deps }) => deps.terminal.redraw() },
  },
];
