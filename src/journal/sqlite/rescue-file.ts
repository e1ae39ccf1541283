import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import type { StepRecord } from '../journal.ts';
import { rowChecksum } from './row-checksum.ts';
import { readShape, rescuedShape } from './row-shapes.ts';

/** An answer that the database could not take. */
export interface Rescued {
  readonly entry: string;
  readonly index: number;
  readonly answer: StepRecord;
}

/** Bytes set aside beside the journal before anything is sent, so that an answer has a place when the disk is full. */
const size = 16 * 1024;
const blank = Buffer.alloc(size, '\n');

/** Sets the place aside. Throws where that cannot be done; then nothing may be sent. */
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

/** Writes an answer over the blank place, which needs no room on the disk. Durable when it returns true. */
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

/** Hands over what was rescued; blanks the place again once `take` has returned, and leaves it when `take` throws. */
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
