import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { drawAmbiguousWide } from './ambiguous-characters.ts';

/** A program running in a real pseudo-terminal, with its screen in a terminal emulator. */
export interface Terminal {
  /** Types text or named keys: `press('down')`, `press('ctrl+p')`, `press('G')`. */
  press(...keys: string[]): void;
  /** Sends the characters as they are. */
  type(text: string): void;
  /** The lines on the screen, without trailing spaces. */
  lines(): string[];
  /** Resolves with the screen once `wanted` is on it; rejects with the screen after `milliseconds`. */
  see(wanted: string | RegExp | ((screen: string) => boolean), milliseconds?: number): Promise<string>;
  /** Every byte the program wrote so far. */
  output(): string;
  resize(columns: number, rows: number): void;
  /** Closes the terminal, as closing its window does. */
  hangUp(): void;
  kill(signal?: string): void;
  readonly exited: Promise<{ readonly code: number; readonly signal: number | undefined }>;
  readonly pid: number;
  readonly emulator: xterm.Terminal;
}

export interface TerminalOptions {
  readonly command?: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** The terminal does not answer queries about its colours. */
  readonly silent?: boolean;
  /** The terminal draws characters of ambiguous width two cells wide. */
  readonly isAmbiguousWide?: boolean;
}

const keys: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  'shift+tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
};

function keyBytes(key: string): string {
  const named = keys[key];
  if (named !== undefined) return named;
  const control = /^ctrl\+([a-z])$/.exec(key)?.[1];
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) - 96);
  return key;
}

const open = new Set<Terminal>();

/** Terminates programs that a failed test left running. */
export function closeTerminals(): void {
  for (const terminal of open) terminal.kill('SIGKILL');
  open.clear();
}

export function openTerminal(options: TerminalOptions): Terminal {
  const columns = options.columns ?? 120;
  const rows = options.rows ?? 40;
  const home = options.env?.SUBDECK_HOME ?? '';
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  if (options.isAmbiguousWide === true) drawAmbiguousWide(emulator);
  const pty = spawn(options.command ?? process.execPath, [...options.args], {
    name: options.env?.TERM ?? 'xterm-256color',
    cols: columns,
    rows,
    // Files that the program writes to its working directory go beside its own, not into the checkout.
    cwd: existsSync(home) ? home : tmpdir(),
    env: environment(options.env ?? {}),
  });
  if (options.silent !== true) {
    emulator.parser.registerOscHandler(11, (question) => {
      if (question === '?') pty.write('\x1b]11;rgb:0000/0000/0000\x1b\\');
      return true;
    });
  }
  return watch(pty, emulator);
}

/** The test's own environment without variables that suggest CI, or contain someone's secrets. */
function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || name === 'CI' || name.startsWith('SUBDECK_') || name.startsWith('VITEST')) continue;
    kept[name] = value;
  }
  return { ...kept, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', TZ: 'UTC', ...more };
}

function watch(pty: IPty, emulator: xterm.Terminal): Terminal {
  let output = '';
  let gone = false;
  // Gone, and its last output is on the screen.
  let ended = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  pty.onData((data) => {
    output += data;
    emulator.write(data, wake);
  });
  emulator.onData((answer) => {
    if (!gone) pty.write(answer);
  });
  const exited = new Promise<{ code: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      gone = true;
      open.delete(terminal);
      emulator.write('', () => {
        ended = true;
        wake();
        resolve({ code: exitCode, signal });
      });
    });
  });
  const terminal: Terminal = {
    press: (...names) => pty.write(names.map(keyBytes).join('')),
    type: (text) => pty.write(text),
    lines: () => readLines(emulator),
    see: (wanted, milliseconds = 60_000) =>
      new Promise((resolve, reject) => {
        const found = matcher(wanted);
        const end = (settle: () => void) => {
          waiting.delete(look);
          clearTimeout(timer);
          settle();
        };
        const look = () => {
          // Half a frame: the rest of it is on its way.
          if (emulator.modes.synchronizedOutputMode && !ended) return;
          const screen = readLines(emulator).join('\n');
          if (found(screen)) end(() => resolve(screen));
          else if (ended)
            end(() => reject(new Error(`The program ended before ${describe(wanted)} was seen:\n${screen}`)));
        };
        const timer = setTimeout(() => {
          const screen = readLines(emulator).join('\n');
          end(() =>
            reject(new Error(`Not seen within ${milliseconds} ms: ${describe(wanted)}. The screen:\n${screen}`)),
          );
        }, milliseconds);
        waiting.add(look);
        look();
      }),
    output: () => output,
    resize: (columns, rows) => {
      emulator.resize(columns, rows);
      pty.resize(columns, rows);
    },
    hangUp: () => {
      if ('destroy' in pty && typeof pty.destroy === 'function') pty.destroy();
    },
    kill: (signal = 'SIGTERM') => {
      if (!gone) pty.kill(signal);
    },
    exited,
    pid: pty.pid,
    emulator,
  };
  open.add(terminal);
  return terminal;
}

function readLines(emulator: xterm.Terminal): string[] {
  const buffer = emulator.buffer.active;
  return Array.from(
    { length: emulator.rows },
    (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
  );
}

function matcher(wanted: string | RegExp | ((screen: string) => boolean)): (screen: string) => boolean {
  if (typeof wanted === 'string') return (screen) => screen.includes(wanted);
  if (wanted instanceof RegExp) return (screen) => wanted.test(screen);
  return wanted;
}

function describe(wanted: string | RegExp | ((screen: string) => boolean)): string {
  return typeof wanted === 'function' ? 'what the test waits for' : JSON.stringify(String(wanted));
}
