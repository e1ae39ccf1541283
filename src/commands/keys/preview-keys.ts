import { focusPreview, togglePreview, whyNoPreview } from '../../state/updates/preview.ts';
import type { Command } from '../command.ts';

/** The pane beside a list, on wide terminals. */
export const previewKeys: readonly Command[] = [
  {
    id: 'into pane',
    summary: 'move into the pane beside the list, which shows the row (from 160 columns)',
    keys: {
      keys: ['tab'],
      scopes: ['level', 'subscriptions', 'requests', 'journal', 'today', 'calls', 'changes'],
      unavailable: whyNoPreview,
      perform: ({ store }) => store.update((state) => focusPreview(state, true)),
    },
  },
  {
    id: 'back to list',
    summary: 'move back to the list',
    keys: {
      keys: ['tab', 'shift+tab', 'escape', 'left', 'h'],
      scopes: ['preview'],
      hint: 'list',
      perform: ({ store }) => store.update((state) => focusPreview(state, false)),
    },
  },
  {
    id: 'pane',
    summary: 'show the row beside its list on a wide terminal, or not',
    keys: { keys: ['P'], scopes: ['any'], perform: ({ store }) => store.update(togglePreview) },
  },
];
