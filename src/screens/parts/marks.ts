import type { Status as SubscriptionStatus } from '../../model/subscription.ts';

/** Every symbol drawn beside words, each with an ASCII replacement. */
export interface Marks {
  readonly name: 'unicode' | 'ascii';
  readonly status: Readonly<Record<SubscriptionStatus, string>>;
  readonly bar: string;
  readonly mark: string;
  readonly crumb: string;
  /** Of a line that is unfolded; a folded one has the crumb. */
  readonly open: string;
  readonly arrow: string;
  readonly running: string;
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  readonly question: string;
  readonly up: string;
  readonly down: string;
  readonly writable: string;
  readonly readOnly: string;
  readonly dot: string;
  readonly full: string;
  readonly rest: string;
  readonly border: Border;
}

interface Border {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly horizontal: string;
  readonly vertical: string;
}

export const unicodeMarks: Marks = {
  name: 'unicode',
  status: { active: '●', pending: '◌', suspended: '◐', cancelled: '○', expired: '○', error: '✗', unknown: '?' },
  bar: '▌',
  mark: '◆',
  crumb: '▸',
  open: '▾',
  arrow: '→',
  running: '⟳',
  good: '✓',
  bad: '✗',
  warn: '!',
  question: '?',
  up: '↑',
  down: '↓',
  writable: '○',
  readOnly: '●',
  dot: '·',
  full: '━',
  rest: '─',
  border: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', horizontal: '─', vertical: '│' },
};

export const asciiMarks: Marks = {
  name: 'ascii',
  status: { active: '*', pending: '.', suspended: '=', cancelled: 'o', expired: 'o', error: 'x', unknown: '?' },
  bar: '>',
  mark: '+',
  crumb: '>',
  open: 'v',
  arrow: '->',
  running: '~',
  good: 'v',
  bad: 'x',
  warn: '!',
  question: '?',
  up: '^',
  down: 'v',
  writable: 'o',
  readOnly: '*',
  dot: '-',
  full: '=',
  rest: '-',
  border: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+', horizontal: '-', vertical: '|' },
};
