import { FaultError, fault } from '../model/fault.ts';
import { reasonFault } from '../writes/request-text.ts';
import type { Input } from './command.ts';

/** A flag's value, or null. */
export function flag(input: Input, name: string): string | null {
  const value = input.flags[name];
  return typeof value === 'string' ? value : null;
}

/** The reason for the write from `--reason`. Throws `usage` for text that the journal refuses. */
export function reasonOf({ flags }: Pick<Input, 'flags'>): string | null {
  const reason = typeof flags.reason === 'string' ? flags.reason : null;
  const wrong = reasonFault(reason);
  if (wrong !== null) throw new FaultError(wrong);
  return reason;
}

export function isOn(input: Input, name: string): boolean {
  return input.flags[name] !== undefined;
}

/** A required argument. */
export function argument(input: Input, name: string): string {
  const value = input.args[name];
  if (value !== undefined) return value;
  throw fault('usage', `${name} is missing.`, 'See --help');
}

export function demandedFlag(input: Input, name: string): string {
  const value = flag(input, name);
  if (value !== null) return value;
  throw fault('usage', `--${name} is missing.`, 'See --help');
}

/** Digits only, up to the largest exact integer. Throws `usage`. */
export function wholeNumber(text: string, what: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw fault('usage', `${what} must be a whole number of 0 or more, not "${text}".`, 'Nothing was sent.');
}

/** `name=value …`: everything after the first `=` is the value. Throws `usage`. */
export function pairs(words: readonly string[]): Readonly<Record<string, string>> {
  const given = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals < 1) throw fault('usage', `"${word}" is not name=value.`, 'Write it like quantity=5');
    const name = word.slice(0, equals);
    if (given.has(name)) throw fault('usage', `${name} is given twice.`, 'Give it once.');
    given.set(name, word.slice(equals + 1));
  }
  return Object.fromEntries(given);
}
