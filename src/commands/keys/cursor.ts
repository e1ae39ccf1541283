import type { Scope } from '../../state/key-scopes.ts';
import type { Step } from '../../state/updates/cursor.ts';
import { move } from '../../state/updates/cursor.ts';
import type { Command } from '../command.ts';

const everywhere: readonly Scope[] = [
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

function moving(id: string, summary: string, keys: readonly string[], step: Step, scopes = everywhere): Command {
  return { id, summary, keys: { keys, scopes, perform: (console) => console.update((state) => move(state, step)) } };
}

/** Moves of the cursor, or of text that scrolls. While a filter is typed, the keys that type nothing still move. */
export const movingCommands: readonly Command[] = [
  moving('cursor down', 'one row down', ['down', 'j', 'ctrl+n'], { rows: 1 }),
  moving('cursor up', 'one row up', ['up', 'k'], { rows: -1 }),
  moving('page down', 'one page down', ['pagedown', 'ctrl+f'], { pages: 1 }),
  moving('page up', 'one page up', ['pageup', 'ctrl+b'], { pages: -1 }),
  moving('first row', 'the first row', ['home', 'g'], { to: 'first' }),
  moving('last row', 'the last row', ['end', 'G'], { to: 'last' }),
  moving('filter cursor down', 'one row down', ['down'], { rows: 1 }, ['filter']),
  moving('filter cursor up', 'one row up', ['up'], { rows: -1 }, ['filter']),
  moving('filter page down', 'one page down', ['pagedown'], { pages: 1 }, ['filter']),
  moving('filter page up', 'one page up', ['pageup'], { pages: -1 }, ['filter']),
];
