import { completeFilter, dropFilter, keepFilter, recallFilter } from '../../state/updates/filter.ts';
import { stepField, turnField } from '../../state/updates/form.ts';
import { findInHelp, leaveHelp } from '../../state/updates/help.ts';
import type { Command } from '../command.ts';
import { openCopy } from './effects/copy.ts';
import type { EffectContext } from './effects/deps.ts';
import { openJournalScreen, openRequestsScreen } from './effects/open.ts';
import { completePalette, pickSuggestion, runPalette } from './effects/palette.ts';
import { takeBack, whyNotTakenBack } from './effects/take-back.ts';
import { choose, submitForm } from './effects/write-path.ts';

/** Several commands, since the closing keys differ by box. */
const closing = 'close this box';
const close = ({ store }: EffectContext) => store.update(leaveHelp);

/** The keys of the overlay over the screen: menus, forms, the filter line, the palette, help, results. */
export const overlayKeys: readonly Command[] = [
  {
    id: 'keep filter',
    summary: 'keep the filter',
    keys: { keys: ['enter'], scopes: ['filter'], hint: 'keep', perform: ({ store }) => store.update(keepFilter) },
  },
  {
    id: 'drop filter',
    summary: 'restore the previous filter',
    keys: {
      keys: ['escape'],
      scopes: ['filter'],
      hint: 'previous filter',
      perform: ({ store }) => store.update(dropFilter),
    },
  },
  {
    id: 'complete filter',
    summary: 'complete the field or the value; again: the next one',
    keys: {
      keys: ['tab'],
      scopes: ['filter'],
      hint: 'complete',
      perform: ({ store }) => store.update((state) => completeFilter(state, 1)),
    },
  },
  {
    id: 'complete filter backward',
    summary: 'the completion before',
    keys: {
      keys: ['shift+tab'],
      scopes: ['filter'],
      perform: ({ store }) => store.update((state) => completeFilter(state, -1)),
    },
  },
  {
    id: 'earlier filter',
    summary: 'the filter before, of those that were kept',
    keys: {
      keys: ['up', 'ctrl+p'],
      scopes: ['filter'],
      hint: 'earlier',
      perform: ({ store }) => store.update((state) => recallFilter(state, 1)),
    },
  },
  {
    id: 'later filter',
    summary: 'the filter after it, at last what was typed',
    keys: {
      keys: ['down', 'ctrl+n'],
      scopes: ['filter'],
      perform: ({ store }) => store.update((state) => recallFilter(state, -1)),
    },
  },
  {
    id: 'run',
    summary: 'do it',
    keys: {
      keys: ['enter'],
      scopes: ['palette'],
      hint: 'do it',
      perform: ({ store, deps }) => runPalette(store, deps),
    },
  },
  {
    id: 'next suggestion',
    summary: 'the next line',
    keys: {
      keys: ['down', 'ctrl+n'],
      scopes: ['palette'],
      hint: 'next',
      perform: ({ store, deps }) => pickSuggestion(store, deps, 1),
    },
  },
  {
    id: 'previous suggestion',
    summary: 'the previous line',
    keys: {
      keys: ['up', 'ctrl+p', 'shift+tab'],
      scopes: ['palette'],
      perform: ({ store, deps }) => pickSuggestion(store, deps, -1),
    },
  },
  {
    id: 'complete',
    summary: 'complete with the picked line',
    keys: {
      keys: ['tab'],
      scopes: ['palette'],
      hint: 'complete',
      perform: ({ store, deps }) => completePalette(store, deps),
    },
  },
  {
    id: 'choose',
    summary: 'choose the entry under the cursor',
    keys: { keys: ['enter'], scopes: ['menu'], hint: 'choose', perform: ({ store, deps }) => choose(store, deps) },
  },
  {
    id: 'submit',
    summary: 'continue',
    keys: {
      keys: ['enter'],
      scopes: ['form'],
      hint: 'continue',
      perform: ({ store, deps }) => submitForm(store, deps),
    },
  },
  {
    id: 'next field',
    summary: 'the next field',
    keys: {
      keys: ['tab'],
      scopes: ['form'],
      hint: 'next field',
      perform: ({ store }) => store.update((state) => turnField(state, 1)),
    },
  },
  {
    id: 'previous field',
    summary: 'the previous field',
    keys: {
      keys: ['shift+tab'],
      scopes: ['form'],
      perform: ({ store }) => store.update((state) => turnField(state, -1)),
    },
  },
  {
    id: 'field down',
    summary: 'the next choice, or the next field',
    keys: { keys: ['down'], scopes: ['form'], perform: ({ store }) => store.update((state) => stepField(state, 1)) },
  },
  {
    id: 'field up',
    summary: 'the previous choice, or the previous field',
    keys: { keys: ['up'], scopes: ['form'], perform: ({ store }) => store.update((state) => stepField(state, -1)) },
  },
  {
    id: 'close',
    summary: closing,
    keys: {
      keys: ['escape'],
      scopes: ['palette', 'menu', 'form', 'prompt', 'waiting', 'help', 'result', 'notice'],
      hint: 'close',
      alwaysShown: true,
      perform: close,
    },
  },
  {
    id: 'find in help',
    summary: 'find keys and commands of every screen by words',
    keys: { keys: ['/'], scopes: ['help'], hint: 'find', perform: ({ store }) => store.update(findInHelp) },
  },
  {
    id: 'close too',
    summary: closing,
    keys: { keys: ['q', '?'], scopes: ['help', 'menu'], perform: close },
  },
  {
    id: 'close result',
    summary: closing,
    keys: { keys: ['enter', 'q', 'space'], scopes: ['result', 'notice'], perform: close },
  },
  {
    id: 'copy from result',
    summary: 'copy the text of the box, or the receipt of the write',
    keys: {
      keys: ['c'],
      scopes: ['result', 'notice'],
      hint: 'copy',
      perform: ({ store, deps }) => openCopy(store, deps),
    },
  },
  {
    id: 'take back',
    summary: 'plan what takes the change back; sends nothing yet',
    keys: {
      keys: ['u'],
      scopes: ['result', 'journal', 'entry', 'requests'],
      hint: 'take back',
      readerKey: 'u',
      unavailable: whyNotTakenBack,
      perform: ({ store, deps }) => takeBack(store, deps),
    },
  },
  {
    id: 'requests from result',
    summary: 'see the requests',
    keys: { keys: ['R'], scopes: ['result'], hint: 'requests', perform: ({ store }) => openRequestsScreen(store) },
  },
  {
    id: 'journal from result',
    summary: 'see the journal',
    keys: { keys: ['J'], scopes: ['result'], hint: 'journal', perform: ({ store }) => openJournalScreen(store) },
  },
];
