import type { KeyScope } from '../../state/key-scopes.ts';
import type { Step } from '../../state/updates/cursor.ts';
import { move } from '../../state/updates/cursor.ts';
import type { Command } from '../command.ts';

const everywhere: readonly KeyScope[] = [
  'level',
  'subscriptions',
  'subscription',
  'customer',
  'requests',
  'journal',
  'entry',
  'reply',
  'today',
  'calls',
  'charts',
  'bulk',
  'changes',
  'preview',
  'menu',
  'help',
];

interface Move {
  readonly id: string;
  readonly summary: string;
  readonly keys: readonly string[];
  /** The ones that also work while a filter is typed, since they type no character. */
  readonly whileTyping: readonly string[];
  readonly step: Step;
}

const moves: readonly Move[] = [
  {
    id: 'cursor down',
    summary: 'one row down',
    keys: ['down', 'j', 'ctrl+n'],
    whileTyping: [],
    step: { rows: 1 },
  },
  { id: 'cursor up', summary: 'one row up', keys: ['up', 'k'], whileTyping: [], step: { rows: -1 } },
  {
    id: 'page down',
    summary: 'one page down',
    keys: ['pagedown', 'ctrl+f'],
    whileTyping: ['pagedown'],
    step: { pages: 1 },
  },
  { id: 'page up', summary: 'one page up', keys: ['pageup', 'ctrl+b'], whileTyping: ['pageup'], step: { pages: -1 } },
  { id: 'first row', summary: 'the first row', keys: ['home', 'g'], whileTyping: [], step: { to: 'first' } },
  { id: 'last row', summary: 'the last row', keys: ['end', 'G'], whileTyping: [], step: { to: 'last' } },
];

/** Moves the cursor, or scrolls text. */
export const cursorKeys: readonly Command[] = [
  ...moves.map((move) => cursorCommand(move, move.id, move.keys, everywhere)),
  ...moves
    .filter(({ whileTyping }) => whileTyping.length > 0)
    .map((move) => cursorCommand(move, `filter ${move.id}`, move.whileTyping, ['filter'])),
];

function cursorCommand(
  { summary, step }: Move,
  id: string,
  keys: readonly string[],
  scopes: readonly KeyScope[],
): Command {
  return { id, summary, keys: { keys, scopes, perform: ({ store }) => store.update((state) => move(state, step)) } };
}
