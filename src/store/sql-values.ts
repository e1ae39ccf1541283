/** An invalid value from a damaged file: the reader sets the cache aside and creates a new one. */
export class DamagedError extends Error {
  constructor(what: string) {
    super(`The cache is damaged: ${what}.`);
    this.name = 'Damaged';
  }
}

export function integer(value: unknown): number {
  if (typeof value !== 'number') throw new DamagedError('a number was expected');
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new DamagedError('a text was expected');
  return value;
}

export function textOrNull(value: unknown): string | null {
  return value === null ? null : text(value);
}

export function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new DamagedError('bytes were expected');
  return value;
}

/** SQLite returns a buffer of its own; a view into a larger one is copied. */
export function ownBuffer(data: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = data;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === byteLength) return buffer;
  const copy = new Uint8Array(byteLength);
  copy.set(data);
  return copy.buffer;
}

/** JSON written by Subdeck itself; the caller's type is what was written. */
export function parsed<Value>(value: unknown): Value {
  try {
    return JSON.parse(text(value));
  } catch {
    throw new DamagedError('a row cannot be read');
  }
}

/**
 * Whole numbers from SQLite's `group_concat`, separated by spaces: for tens of thousands this takes a third of the time
 * of rows.
 */
export function eachNumber(numbers: unknown, visit: (number: number) => void): void {
  if (numbers === null || numbers === undefined) return;
  const written = text(numbers);
  let value = 0;
  for (let at = 0; at < written.length; at += 1) {
    const digit = written.charCodeAt(at) - 0x30;
    if (digit >= 0) {
      value = value * 10 + digit;
    } else {
      visit(value);
      value = 0;
    }
  }
  visit(value);
}
