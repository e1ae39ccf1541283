import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { asciiTwins } from '../../model/ascii-twins.ts';
import { fromFirstCell } from './sequences.ts';

/**
 * The terminal's output as Ink sees it. Its size changes only when the console has handled a resize; nothing is drawn
 * while it is muted: during a resize, and while the program is stopped.
 */
export class TerminalScreen extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  muted = false;
  readonly #stdout: WriteStream;
  readonly #ascii: boolean;

  constructor(stdout: WriteStream, ascii: boolean) {
    super({ decodeStrings: false });
    this.#stdout = stdout;
    this.#ascii = ascii;
    this.columns = stdout.columns;
    this.rows = stdout.rows;
  }

  takeSize(): void {
    this.columns = this.#stdout.columns;
    this.rows = this.#stdout.rows;
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    if (!this.muted) this.#stdout.write(fromFirstCell(this.#ascii ? asciiTwins(chunk) : chunk));
    done();
  }
}
