import { goBack, goForward } from '../../state/history.ts';
import { openColumns, shiftColumn, standardColumns, toggleColumn } from '../../state/updates/columns.ts';
import { alsoSortBy } from '../../state/updates/sort.ts';
import { filterOutValue, openValues } from '../../state/updates/values.ts';
import { forgetView, openViews } from '../../state/updates/views.ts';
import type { Command } from '../command.ts';
import { submitPrompt } from './effects/prompt.ts';
import { emptyReason } from './reasons.ts';

/** Keys for a table's columns, sort order, value filters and saved views, and for the history of screens. */
export const tableLayoutKeys: readonly Command[] = [
  {
    id: 'same value',
    summary: 'show only rows with the same value as this one',
    keys: {
      keys: ['f'],
      scopes: ['subscriptions'],
      hint: 'same value',
      hintStays: 'shortest',
      unavailable: emptyReason,
      perform: ({ store }) => store.update(openValues),
    },
  },
  {
    id: 'columns',
    summary: 'choose the columns and their order',
    keys: {
      keys: ['C'],
      scopes: ['level', 'subscriptions', 'requests', 'journal'],
      hint: 'columns',
      hintStays: 'shortest',
      perform: ({ store }) => store.update(openColumns),
    },
  },
  {
    id: 'views',
    summary: 'saved views: open one, or save this list under a name',
    keys: {
      keys: ['v'],
      scopes: ['level', 'subscriptions'],
      hint: 'views',
      hintStays: 'shortest',
      perform: ({ store }) => store.update(openViews),
    },
  },
  {
    id: 'back in history',
    summary: 'back to the previous screen',
    keys: {
      keys: ['['],
      scopes: ['any'],
      unavailable: (state) => (state.past.length === 0 ? 'There is no previous screen.' : null),
      perform: ({ store }) => store.update(goBack),
    },
  },
  {
    id: 'forward in history',
    summary: 'forward to the next screen',
    keys: {
      keys: [']'],
      scopes: ['any'],
      unavailable: (state) => (state.future.length === 0 ? 'There is no next screen.' : null),
      perform: ({ store }) => store.update(goForward),
    },
  },
  {
    id: 'also sort',
    summary: 'add to the sort order; press again to reverse it, once more to remove it',
    keys: {
      keys: ['space'],
      scopes: ['sort-menu'],
      hint: 'this too',
      perform: ({ store }) => store.update(alsoSortBy),
    },
  },
  {
    id: 'show column',
    summary: 'show or hide the column',
    keys: {
      keys: ['space', 'x'],
      scopes: ['columns-menu'],
      hint: 'show or hide',
      perform: ({ store }) => store.update(toggleColumn),
    },
  },
  {
    id: 'column left',
    summary: 'move the column left',
    keys: {
      keys: ['left', 'h'],
      scopes: ['columns-menu'],
      hint: 'move left',
      perform: ({ store }) => store.update((state) => shiftColumn(state, -1)),
    },
  },
  {
    id: 'column right',
    summary: 'move the column right',
    keys: {
      keys: ['right', 'l'],
      scopes: ['columns-menu'],
      hint: 'move right',
      perform: ({ store }) => store.update((state) => shiftColumn(state, 1)),
    },
  },
  {
    id: 'standard columns',
    summary: 'the standard columns',
    keys: {
      keys: ['0', 'backspace'],
      scopes: ['columns-menu'],
      hint: 'standard',
      perform: ({ store }) => store.update(standardColumns),
    },
  },
  {
    id: 'all but value',
    summary: 'show everything but rows with this value',
    keys: {
      keys: ['-', 'x'],
      scopes: ['values-menu'],
      hint: 'all but these',
      perform: ({ store }) => store.update(filterOutValue),
    },
  },
  {
    id: 'forget view',
    summary: 'delete the saved view',
    keys: {
      keys: ['delete', 'x'],
      scopes: ['views-menu'],
      hint: 'delete',
      perform: ({ store }) => store.update(forgetView),
    },
  },
  {
    id: 'submit line',
    summary: 'accept the typed text',
    keys: {
      keys: ['enter'],
      scopes: ['prompt'],
      hint: 'continue',
      perform: ({ store, deps }) => submitPrompt(store, deps),
    },
  },
];
