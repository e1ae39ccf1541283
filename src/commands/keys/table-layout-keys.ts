import { goBack, goForward } from '../../state/history.ts';
import { openColumns, shiftColumn, standardColumns, toggleColumn } from '../../state/updates/columns.ts';
import { alsoSortBy } from '../../state/updates/sort.ts';
import { filterOutValue, openValues } from '../../state/updates/values.ts';
import { forgetView, openViews } from '../../state/updates/views.ts';
import type { Command } from '../command.ts';
import { submitPrompt } from './effects/prompt.ts';
import { emptyReason } from './reasons.ts';

/** What makes a table one's own: its columns, its order, its filters by value, its names, and the way back and forth. */
export const tableLayoutKeys: readonly Command[] = [
  {
    id: 'same value',
    summary: 'show only rows that share a value with this one',
    keys: {
      keys: ['f'],
      scopes: ['subscriptions'],
      hint: 'same value',
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
      perform: ({ store }) => store.update(openColumns),
    },
  },
  {
    id: 'views',
    summary: 'saved views: open one, or save this one under a name',
    keys: {
      keys: ['v'],
      scopes: ['level', 'subscriptions'],
      hint: 'views',
      perform: ({ store }) => store.update(openViews),
    },
  },
  {
    id: 'back in history',
    summary: 'back to where I was before',
    keys: {
      keys: ['['],
      scopes: ['any'],
      unavailable: (state) => (state.past.length === 0 ? 'There was nothing before this.' : null),
      perform: ({ store }) => store.update(goBack),
    },
  },
  {
    id: 'forward in history',
    summary: 'forward again',
    keys: {
      keys: [']'],
      scopes: ['any'],
      unavailable: (state) => (state.future.length === 0 ? 'There is nothing ahead.' : null),
      perform: ({ store }) => store.update(goForward),
    },
  },
  {
    id: 'also sort',
    summary: 'sort by this too; again turns it round, and once more takes it out',
    keys: {
      keys: ['space'],
      scopes: ['sort-menu'],
      hint: 'this too',
      perform: ({ store }) => store.update(alsoSortBy),
    },
  },
  {
    id: 'show column',
    summary: 'show the column, or take it away',
    keys: {
      keys: ['space', 'x'],
      scopes: ['columns-menu'],
      hint: 'show or not',
      perform: ({ store }) => store.update(toggleColumn),
    },
  },
  {
    id: 'column left',
    summary: 'put the column further left',
    keys: {
      keys: ['left', 'h'],
      scopes: ['columns-menu'],
      hint: 'further left',
      perform: ({ store }) => store.update((state) => shiftColumn(state, -1)),
    },
  },
  {
    id: 'column right',
    summary: 'put the column further right',
    keys: {
      keys: ['right', 'l'],
      scopes: ['columns-menu'],
      hint: 'further right',
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
    summary: 'take the view out of the list',
    keys: {
      keys: ['delete', 'x'],
      scopes: ['views-menu'],
      hint: 'take away',
      perform: ({ store }) => store.update(forgetView),
    },
  },
  {
    id: 'submit line',
    summary: 'take what is typed',
    keys: {
      keys: ['enter'],
      scopes: ['prompt'],
      hint: 'go on',
      perform: ({ store, deps }) => submitPrompt(store, deps),
    },
  },
];
