import { spawnSync } from 'node:child_process';
import { findPostgres } from '../postgres/server-process.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A console has at least these, and the text above both its lines. */
const beside: Size = { columns: 125, rows: 24 };
const below: Size = { columns: 80, rows: 44 };

/** What the try-out needs and does not find, in a sentence; null: nothing. */
export function lackingFor(terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>): string | null {
  const missing = [
    ...(findPostgres() === null ? ['PostgreSQL 15 or later'] : []),
    ...(spawnSync('tmux', ['-V'], { stdio: 'ignore' }).status === 0 ? [] : ['tmux']),
  ];
  if (missing.length > 0) {
    return `${missing.join(' and ')} must be installed: on Debian, sudo apt install postgresql tmux`;
  }
  if (!terminal.isTTY) return 'it needs a terminal.';
  if (layoutFor(terminal) !== null) return null;
  const { columns, rows } = terminal;
  return `two consoles need ${beside.columns}×${beside.rows} beside each other, or ${below.columns}×${below.rows} one below the other; this terminal has ${columns}×${rows}.`;
}

/** How two consoles fit into a terminal; null: they do not. */
export function layoutFor({ columns, rows }: Size): 'beside' | 'below' | null {
  const holds = (needed: Size) => columns >= needed.columns && rows >= needed.rows;
  if (holds(beside)) return 'beside';
  return holds(below) ? 'below' : null;
}
