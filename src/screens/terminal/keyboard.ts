import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import type { TerminalEvent } from './terminal-input.ts';
import { terminalInput } from './terminal-input.ts';

/** The terminal's input as the drawing library hears it: keys and pastes, without the reports of mouse and colours. */
export class Keyboard extends Readable {
  readonly isTTY = true;
  readonly #stdin: ReadStream;
  readonly #listen: (chunk: string) => void;

  constructor(stdin: ReadStream, onEvent: (event: TerminalEvent) => void) {
    super();
    this.#stdin = stdin;
    const part = terminalInput();
    this.#listen = (chunk) => {
      const { keys, events } = part(chunk);
      if (keys !== '') this.push(keys, 'utf8');
      // After the keys that came before them: those are heard a tick later.
      for (const event of events) setImmediate(() => onEvent(event));
    };
    stdin.setEncoding('utf8');
    stdin.on('data', this.#listen);
    // Who had it before may have left it at rest.
    stdin.resume();
  }

  setRawMode(raw: boolean): this {
    this.#stdin.setRawMode(raw);
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
    this.#stdin.off('data', this.#listen);
    this.#stdin.pause();
    this.#stdin.unref();
  }

  override _read(): void {}
}
