import { topScreen } from '../../state/console-state.ts';
import { frameOf } from '../../state/customer-screen.ts';
import { openPaletteWith } from '../../state/updates/palette.ts';
import { turnTab } from '../../state/updates/tabs.ts';
import type { Command } from '../command.ts';
import { answerSuggestion, openCustomer, unreadCommand, whyNoCustomer, whyNoSuggestion } from './effects/customer.ts';
import { offlineReason } from './reasons.ts';

/** The keys of a customer's page, and the one that opens it. */
export const customerKeys: readonly Command[] = [
  {
    id: 'customer',
    summary: 'everything about the customer of the row, over all connections',
    keys: {
      keys: ['K'],
      scopes: ['level', 'subscriptions', 'subscription', 'today'],
      hint: 'customer',
      readerKey: 'v',
      unavailable: (state) => (frameOf(topScreen(state)) === null ? whyNoCustomer(state) : 'This is the customer.'),
      perform: ({ store, deps }) => openCustomer(store, deps),
    },
  },
  {
    id: 'next customer tab',
    summary: 'the next tab of the customer',
    keys: {
      ...{ keys: ['tab'], scopes: ['customer'], hint: 'next tab', hintStays: 'longest', readerKey: 'h' },
      perform: ({ store }) => store.update((state) => turnTab(state, 1)),
    },
  },
  {
    id: 'previous customer tab',
    summary: 'the previous tab of the customer',
    keys: {
      ...{ keys: ['shift+tab'], scopes: ['customer'] },
      perform: ({ store }) => store.update((state) => turnTab(state, -1)),
    },
  },
  {
    id: 'read add-ons',
    summary: 'read the add-ons that were never read: opens the palette with the command',
    keys: {
      keys: ['A'],
      scopes: ['customer'],
      unavailable: (state) =>
        unreadCommand(state) === null ? 'The add-ons of every subscription were read.' : offlineReason(state),
      perform: ({ store }) =>
        store.update((state) => {
          const command = unreadCommand(state);
          return command === null ? state : openPaletteWith(state, command);
        }),
    },
  },
  {
    id: 'same customer',
    summary: 'confirm that the organizations of the same name or domain are one customer',
    keys: {
      ...{ keys: ['='], scopes: ['customer'], readerKey: 'y', unavailable: whyNoSuggestion },
      perform: ({ store, deps }) => answerSuggestion(store, deps, 'link'),
    },
  },
  {
    id: 'another customer',
    summary: 'say that the organizations of the same name or domain are other customers: they are not suggested again',
    keys: {
      ...{ keys: ['-'], scopes: ['customer'], readerKey: 'i', unavailable: whyNoSuggestion },
      perform: ({ store, deps }) => answerSuggestion(store, deps, 'unlink'),
    },
  },
];
