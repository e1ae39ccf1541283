import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeText } from '../model/decode-text.ts';
import { fault } from '../model/fault.ts';
import { limits } from '../model/limits.ts';
import { tooLong } from '../model/too-long.ts';
import { throughPager } from './pager.ts';
import { cutToCells } from './terminal-cells.ts';
import { unseenText } from './unseen-text.ts';
import { wrapSentences } from './wrap-sentences.ts';

/** The streams of a command: data goes to stdout, everything else to stderr; `ask` prompts a person on a terminal. */
export interface Streams {
  /** Resolves when the reader took it; rejects with `ReaderGone`, or with a fault when it cannot be written. */
  out(text: string): Promise<void>;
  /** The same; a text longer than the terminal that stdout goes to is shown through the command in `PAGER`, if there is one. */
  page(text: string): Promise<void>;
  /** Columns of the terminal that stdout goes to; null where it is no terminal. */
  readonly columns: number | null;
  /** Sentences are broken at blanks where stderr is a terminal. */
  err(text: string): void;
  /** Lines that are redrawn in place on a terminal; null clears them. What is written to `err` stands above them. */
  progress(lines: readonly string[] | null): void;
  /** Null unless stdin and stderr are both a terminal. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | null;
  /**
   * All of stdin; from a terminal one line or one key in PEM form, not echoed. Throws `usage` for bytes that are not text,
   * and for several lines.
   */
  stdin(signal: AbortSignal): Promise<string>;
}

/** The reader of stdout closed it early, as `head` does. Not an error to report. */
export class ReaderGone extends Error {}

/** Standard streams. Those that are a terminal are this process's own. */
export interface StandardStreams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  /** What child processes get: no secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The streams of a command that is run on these. */
export function streamsOn({ stdin, stdout, stderr, env }: StandardStreams): Streams {
  // Each write reports its own failure.
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
  const drawing = linesInPlace(stderr);
  const someone = stdin.isTTY === true && stderr.isTTY === true;
  return {
    out: (text) => writeTo(stdout, text),
    page: async (text) => {
      const isLong = stdout.isTTY === true && text.split('\n').length > (stdout.rows ?? Number.POSITIVE_INFINITY);
      const pager = env.PAGER ?? '';
      if (!isLong || pager === '' || !(await throughPager(pager, text, { ...env }))) await writeTo(stdout, text);
    },
    columns: stdout.isTTY === true ? (stdout.columns ?? null) : null,
    err: drawing.above,
    progress: drawing.draw,
    ask: someone ? askLine : null,
    stdin: (signal) => (stdin.isTTY === true ? askUnseen(signal) : readWhole(stdin)),
  };
}

/** Lines at the bottom of a terminal that are written anew when they change. Elsewhere nothing is drawn. */
function linesInPlace(stderr: StandardStreams['stderr']) {
  let drawn: readonly string[] = [];
  const erased = () => (drawn.length === 0 ? '' : `${drawn.length > 1 ? `\u001b[${drawn.length - 1}A` : ''}\r\u001b[J`);
  const fitting = (lines: readonly string[]) => {
    const [rows, columns] = [stderr.rows ?? 24, stderr.columns ?? 80];
    const shown = lines.length < rows ? lines : [...lines.slice(0, rows - 2), `and ${lines.length - rows + 2} more`];
    return shown.map((line) => cutToCells(line, columns - 1));
  };
  return {
    draw(lines: readonly string[] | null) {
      if (stderr.isTTY !== true || (lines === null && drawn.length === 0)) return;
      const fresh = fitting(lines ?? []);
      stderr.write(`${erased()}${fresh.join('\n')}`);
      drawn = fresh;
    },
    above(chunk: string) {
      const fits = stderr.isTTY === true && stderr.columns ? wrapSentences(chunk, stderr.columns) : chunk;
      stderr.write(`${erased()}${fits}${drawn.join('\n')}`);
    },
  };
}

/** Writes to stdout as `Streams.out` does. */
export function writeOut(text: string): Promise<void> {
  return writeTo(process.stdout, text);
}

function writeTo(stdout: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(outputFault(error)) : resolve()));
  });
}

const outputTroubles: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  EIO: 'input/output error',
  EBADF: 'it is closed',
};

function outputFault(error: Error): Error {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EPIPE') return new ReaderGone();
  const why = outputTroubles[code] ?? 'the system refused it';
  const message = `The output could not be written: ${why}${code === '' ? '' : ` (${code})`}.`;
  return fault('broken', message, 'The output is incomplete. Everything that was sent to a vendor is in the journal.');
}

async function readWhole(stdin: Readable): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stdin) {
    parts.push(part);
    length += part.length;
    if (length > limits.givenBytes) throw tooLong('The text on stdin');
  }
  const decoded = decodeText(Buffer.concat(parts));
  if ('text' in decoded) return decoded.text;
  throw fault('usage', `The text on stdin cannot be read: ${decoded.problem}.`, 'Give it in UTF-8. Nothing was sent.');
}

/** Between these a terminal says what of its input is a paste; one that knows no sequences would show them. */
const isPlain = process.env.TERM === undefined || process.env.TERM === 'dumb';
const markPastes = isPlain ? '' : '\x1b[?2004h';
const markNoPastes = isPlain ? '' : '\x1b[?2004l';
/** Milliseconds in which the last pieces of a paste of many lines come. */
const pieceTakes = 50;

async function askUnseen(signal: AbortSignal): Promise<string> {
  const { stdin, stderr } = process;
  const unseen = unseenText();
  const decoder = new StringDecoder('utf8');
  const { promise: ended, resolve: end, reject } = Promise.withResolvers<void>();
  let isOver = false;
  const take = (chunk: Buffer | string) => {
    if (isOver) return;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, stdin.readableEncoding ?? 'utf8') : chunk;
    const became = unseen.take(decoder.write(bytes));
    isOver = became === 'done';
    if (became === 'done') end();
    // In raw mode Ctrl-C is a key: hand it on as what it means.
    if (became === 'interrupt') process.kill(process.pid, 'SIGINT');
  };
  const interrupted = () => reject(new Error('interrupted'));
  const showAgain = () => {
    stderr.write(`${markNoPastes}\n`);
    stdin.setRawMode(false);
  };
  process.once('exit', showAgain);
  signal.addEventListener('abort', interrupted);
  stdin.on('data', take).once('end', end).resume();
  stdin.setRawMode(true);
  stderr.write(`${markPastes}Type or paste it, then Enter (nothing is shown): `);
  try {
    await ended;
    // A terminal that marks no pastes may still be sending the blank lines behind a key.
    if (unseen.text()?.includes('\n')) await pause(pieceTakes);
  } finally {
    stdin.off('data', take).off('end', end).pause();
    signal.removeEventListener('abort', interrupted);
    process.off('exit', showAgain);
    showAgain();
  }
  const text = unseen.text();
  if (text !== null) return text;
  throw fault('usage', 'The typed or pasted text has several lines.', 'Give one value in one line.');
}

async function askLine(question: string, signal: AbortSignal): Promise<string> {
  const line = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
  // In raw mode Ctrl-C arrives as a key: raise the signal.
  line.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const ended = new Promise<string>((resolve) => line.once('close', () => resolve('')));
  try {
    return await Promise.race([line.question(question, { signal }), ended]);
  } finally {
    line.close();
  }
}
