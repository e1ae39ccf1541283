import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import type { TerminalEvent } from './terminal-answer.ts';
import { type Heard, terminalInput } from './terminal-input.ts';

/**
 * The terminal's input as the drawing library hears it: keys and pastes, each whole, without the reports of mouse and
 * colours. The mode of the terminal is not the library's: who took the terminal over sets it.
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
      // After the keys that came before them: those are heard a tick later.
      for (const event of events) setImmediate(() => onEvent(event));
      clearTimeout(this.#patience);
      const until = input.waitsUntil();
      if (until !== null) this.#patience = setTimeout(() => hear(input.giveUp()), until - performance.now());
    };
    this.#listen = (chunk) => hear(input.read(chunk, performance.now()));
    stdin.on('data', this.#listen);
    // Who had it before may have left it at rest.
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

  /** Lets go of the terminal's input, so that nothing keeps the process. */
  close(): void {
    clearTimeout(this.#patience);
    this.#stdin.off('data', this.#listen);
    this.#stdin.pause();
    this.#stdin.unref();
  }

  override _read(): void {}
}
