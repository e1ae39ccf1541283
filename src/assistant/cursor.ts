import { createHash } from 'node:crypto';
import { fault } from '../model/fault.ts';

/** Where the next part of an answer begins. It holds for the same tool with the same arguments alone. */
export function cursorAt(offset: number, of: string): string {
  return Buffer.from(JSON.stringify([offset, digestOf(of)])).toString('base64url');
}

/** Throws a `usage` fault for any other text. */
export function offsetOf(cursor: string, of: string): number {
  const [offset, digest] = parsed(cursor);
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0 && digest === digestOf(of))
    return offset;
  const next = 'Give the nextCursor of the same call, or leave cursor out to begin anew.';
  throw fault('usage', 'The cursor does not belong to this call.', next);
}

function digestOf(call: string): string {
  return createHash('sha256').update(call).digest('base64url').slice(0, 12);
}

function parsed(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
