import type { KeyScope } from '../../state/key-scopes.ts';
import type { Step } from '../../state/updates/cursor.ts';
import { move } from '../../state/updates/cursor.ts';
import type { Command } from '../command.ts';

const everywhere: readonly KeyScope[] = [
  'level',
  'subscriptions',
  'subscription',
  'requests',
  'journal',
  'entry',
  'reply',
  'today',
  'calls',
  'pictures',
  'bulk',
  'menu',
  'help',
];

function cursorCommand(id: string, summary: string, keys: readonly string[], step: Step, scopes = everywhere): Command {
  return { id, summary, keys: { keys, scopes, perform: ({ store }) => store.update((state) => move(state, step)) } };
}

/** Moves of the cursor, or of text that scrolls. While a filter is typed, the keys that type nothing still move. */
export const movingCommands: readonly Command[] = [
  cursorCommand('cursor down', 'one row down', ['down', 'j', 'ctrl+n'], { rows: 1 }),
  cursorCommand('cursor up', 'one row up', ['up', 'k'], { rows: -1 }),
  cursorCommand('page down', 'one page down', ['pagedown', 'ctrl+f'], { pages: 1 }),
  cursorCommand('page up', 'one page up', ['pageup', 'ctrl+b'], { pages: -1 }),
  cursorCommand('first row', 'the first row', ['home', 'g'], { to: 'first' }),
  cursorCommand('last row', 'the last row', ['end', 'G'], { to: 'last' }),
  cursorCommand('filter cursor down', 'one row down', ['down'], { rows: 1 }, ['filter']),
  cursorCommand('filter cursor up', 'one row up', ['up'], { rows: -1 }, ['filter']),
  cursorCommand('filter page down', 'one page down', ['pagedown'], { pages: 1 }, ['filter']),
  cursorCommand('filter page up', 'one page up', ['pageup'], { pages: -1 }, ['filter']),
];
