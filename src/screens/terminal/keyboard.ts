import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import type { TerminalEvent } from './terminal-answer.ts';
import { type Heard, terminalInput } from './terminal-input.ts';

/**
 * The terminal's input as Ink receives it: complete keys and pastes, without mouse and colour reports. Raw mode is not
 * Ink's to set, but that of the code that took the terminal over.
 */
export class Keyboard extends Readable {
  readonly isTTY = true;
  readonly #stdin: ReadStream;
  readonly #listen: (chunk: Uint8Array) => void;
  #patience: NodeJS.Timeout | undefined;

  constructor(stdin: ReadStream, onEvent: (event: TerminalEvent) => void) {
    super();
    this.#stdin = stdin;
    const input = terminalInput();
    const hear = ({ keys, events }: Heard) => {
      if (keys !== '') this.push(keys, 'utf8');
      // After the keys that came before: those are delivered a tick later.
      for (const event of events) setImmediate(() => onEvent(event));
      clearTimeout(this.#patience);
      const until = input.waitsUntil();
      if (until !== null) this.#patience = setTimeout(() => hear(input.giveUp()), until - performance.now());
    };
    this.#listen = (chunk) => hear(input.read(chunk, performance.now()));
    stdin.on('data', this.#listen);
    // The previous owner may have paused it.
    stdin.resume();
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    this.#stdin.ref();
    return this;
  }

  unref(): this {
    this.#stdin.unref();
    return this;
  }

  /** Releases the terminal's input, so that it does not hold the process. */
  close(): void {
    clearTimeout(this.#patience);
    this.#stdin.off('data', this.#listen);
    this.#stdin.pause();
    this.#stdin.unref();
  }

  override _read(): void {}
}
