import { nextGrouping, nextTodaySort, toggleMine, toggleResting } from '../../state/updates/today.ts';
import type { Command } from '../command.ts';
import { doneOrBack, openMarkForm, takeOrRelease, unmarkable } from './effects/today-marks.ts';

/** The keys of Today. None of them does something riskier on another screen. */
export const todayKeys: readonly Command[] = [
  {
    id: 'snooze',
    summary: 'hide the item until a time; on a group, all its items',
    keys: {
      ...{ keys: ['z'], scopes: ['today'], hint: 'snooze', readerKey: 'z', unavailable: unmarkable },
      perform: ({ store }) => openMarkForm(store, 'snooze'),
    },
  },
  {
    id: 'done',
    summary: 'take the item off the list, with a reason; put back what is snoozed or done',
    keys: {
      ...{ keys: ['D'], scopes: ['today'], hint: 'done', readerKey: 'd', unavailable: unmarkable },
      perform: ({ store, deps }) => doneOrBack(store, deps),
    },
  },
  {
    id: 'note',
    summary: 'leave a note on the item, for everybody',
    keys: {
      ...{ keys: ['N'], scopes: ['today'], hint: 'note', readerKey: 'e', unavailable: unmarkable },
      perform: ({ store }) => openMarkForm(store, 'note'),
    },
  },
  {
    id: 'take',
    summary: 'take the item, or give it back',
    keys: {
      ...{ keys: ['t'], scopes: ['today'], hint: 'take', readerKey: 'k', unavailable: unmarkable },
      perform: ({ store, deps }) => takeOrRelease(store, deps),
    },
  },
  {
    id: 'mine',
    summary: 'only what I took, or everything again',
    keys: {
      ...{ keys: ['m'], scopes: ['today'], hint: 'mine', hintStays: 'shortest', readerKey: 'm' },
      perform: ({ store, deps }) => store.update((state) => toggleMine(state, deps.context.journal.author)),
    },
  },
  {
    id: 'group by',
    summary: 'group by customer, connection, kind or owner',
    keys: {
      ...{ keys: ['p'], scopes: ['today'], hint: 'group by', hintStays: 'shortest', readerKey: 'f' },
      perform: ({ store }) => store.update(nextGrouping),
    },
  },
  {
    id: 'sort today',
    summary: 'sort by what is due, by seats or by money',
    keys: {
      ...{ keys: ['s'], scopes: ['today'], hint: 'sort', hintStays: 'shortest', readerKey: 'u' },
      perform: ({ store }) => store.update(nextTodaySort),
    },
  },
  {
    id: 'snoozed',
    summary: 'also show what is snoozed or done, or hide it again',
    keys: {
      ...{ keys: ['Z'], scopes: ['today'], hint: 'snoozed too', hintStays: 'shortest', readerKey: 'x' },
      perform: ({ store }) => store.update(toggleResting),
    },
  },
];
