import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import type { StepRecord } from '../journal.ts';
import { rowChecksum } from './row-checksum.ts';
import { readShape, rescuedShape } from './row-shapes.ts';

/** An answer that could not be written to the database. */
export interface Rescued {
  readonly entry: string;
  readonly index: number;
  readonly answer: StepRecord;
}

/** Bytes reserved beside the journal before anything is sent, so that an answer can be stored on a full disk. */
const size = 16 * 1024;
const blank = Buffer.alloc(size, '\n');

/** Reserves the space. Throws if that fails; then nothing may be sent. */
export function setAside(path: string): void {
  const file = openSync(`${path}.rescue`, 'a+', 0o600);
  try {
    if (fstatSync(file).size >= size) return;
    writeSync(file, blank, 0, size - fstatSync(file).size);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes an answer into the reserved space, which needs no free space on the disk. Durable when it returns true. */
export function rescue(path: string, rescued: Rescued): boolean {
  return inPlace(path, (file, content) => {
    const text = JSON.stringify(rescued);
    const line = Buffer.from(`${rowChecksum(text)} ${text}\n`);
    const start = content.trimEnd() === '' ? 0 : Buffer.byteLength(content.trimEnd()) + 1;
    if (start + line.length > size) return false;
    writeSync(file, line, 0, line.length, start);
    fsyncSync(file);
    return true;
  });
}

/** Passes on the rescued answers; clears the space after `take` has returned, and keeps it if `take` throws. */
export function takeRescued(path: string, take: (rescued: readonly Rescued[]) => void): void {
  inPlace(path, (file, content) => {
    const lines = content.split('\n').flatMap((line) => unsealed(line) ?? []);
    if (lines.length === 0) return false;
    take(lines);
    writeSync(file, blank, 0, size, 0);
    fsyncSync(file);
    return true;
  });
}

function unsealed(line: string): Rescued | null {
  const space = line.indexOf(' ');
  const text = line.slice(space + 1);
  if (space < 0 || line.slice(0, space) !== rowChecksum(text)) return null;
  return readShape<Rescued>(rescuedShape, text);
}

function inPlace(path: string, work: (file: number, content: string) => boolean): boolean {
  let file: number;
  try {
    file = openSync(`${path}.rescue`, 'r+');
  } catch {
    return false;
  }
  try {
    const buffer = Buffer.alloc(size);
    const length = readSync(file, buffer, 0, size, 0);
    return work(file, buffer.toString('utf8', 0, length));
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}
