import { createContext, useContext } from 'react';
import type { ThemeSettings } from '../../model/settings.ts';
import type { Status as SubscriptionStatus } from '../../model/subscription.ts';

/** What a piece of text means; colour repeats it and never replaces the words. */
export type Tone = 'plain' | 'dim' | 'bold' | 'accent' | 'good' | 'warn' | 'bad' | 'title' | 'key' | 'press' | 'caret';

export interface Theme {
  readonly marks: Marks;
  readonly spinner: readonly string[];
  /** Puts a tone on a text that has no styling of its own. */
  paint(tone: Tone, text: string): string;
  /** The row under the cursor. */
  selected(text: string): string;
}

export interface Marks {
  readonly status: Readonly<Record<SubscriptionStatus, string>>;
  readonly bar: string;
  readonly mark: string;
  readonly crumb: string;
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

const unicode: Marks = {
  status: { active: '●', pending: '◌', suspended: '◐', cancelled: '○', expired: '○', error: '✗', unknown: '?' },
  bar: '▌',
  mark: '◆',
  crumb: '▸',
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
  full: '━',
  rest: '─',
  border: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', horizontal: '─', vertical: '│' },
};

const ascii: Marks = {
  status: { active: '*', pending: '.', suspended: '=', cancelled: 'o', expired: 'o', error: 'x', unknown: '?' },
  bar: '>',
  mark: '+',
  crumb: '>',
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
  full: '=',
  rest: '-',
  border: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+', horizontal: '-', vertical: '|' },
};

/** SGR of each tone: the terminal's own sixteen colours only. Each pair is what turns it on and what turns it off. */
const colours: Readonly<Record<Tone, readonly [string, string]>> = {
  plain: ['', ''],
  dim: ['2', '22'],
  bold: ['1', '22'],
  accent: ['36', '39'],
  good: ['32', '39'],
  warn: ['33', '39'],
  bad: ['31', '39'],
  title: ['1;36', '22;39'],
  key: ['1', '22'],
  press: ['7', '27'],
  caret: ['7', '27'],
};

const withoutColour: Readonly<Record<Tone, readonly [string, string]>> = {
  ...colours,
  accent: ['', ''],
  good: ['', ''],
  warn: ['', ''],
  bad: ['1', '22'],
  title: ['1', '22'],
};

const bright: Partial<Record<Tone, readonly [string, string]>> = { dim: ['', ''] };

export interface ThemeOptions extends Pick<ThemeSettings, 'contrast' | 'marks' | 'spinner'> {
  /** False where `NO_COLOR` or `--no-color` says so. Bold, dim and inverse stay. */
  readonly colour: boolean;
}

export function makeTheme(options: ThemeOptions): Theme {
  const base = options.colour ? colours : withoutColour;
  const table = options.contrast === 'high' ? { ...base, ...bright } : base;
  const marks = options.marks === 'ascii' ? ascii : unicode;
  const frames = options.marks === 'ascii' ? ['|', '/', '-', '\\'] : ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  const inverse = (text: string) => `\u001b[7m${text}\u001b[27m`;
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
  return {
    marks,
    spinner: options.spinner ? frames : [marks.running],
    paint: (tone, text) => {
      const [on, off] = table[tone];
      return on === '' || (text.trim() === '' && tone !== 'caret') ? text : `\u001b[${on}m${text}\u001b[${off}m`;
    },
    selected: options.contrast === 'high' ? inverse : bold,
  };
}

export const ThemeContext = createContext<Theme>(
  makeTheme({ contrast: 'normal', marks: 'unicode', spinner: true, colour: true }),
);

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
