import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FaultError, fault } from '../../model/fault.ts';

/**
 * Writes down where a fault of Subdeck's own happened, for a bug report: the kind of error and the way through the code,
 * nothing else. No message, no argument, no environment: any of those may hold a secret or a customer's name. Readable by
 * this user only. Null where it could not be written.
 */
export function writeCrashReport(directory: string, error: unknown, now: Date): string | null {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, `crash-${now.toISOString().replaceAll(':', '-')}.txt`);
    writeFileSync(path, crashReport(error, now), { mode: 0o600, flag: 'wx' });
    return path;
  } catch {
    return null;
  }
}

export function crashReport(error: unknown, now: Date): string {
  const head = [
    'A fault of Subdeck itself. This file holds no names, no secrets and nothing of any vendor.',
    `when ${now.toISOString()}`,
    `node ${process.versions.node} on ${process.platform} ${process.arch}`,
  ];
  return `${[...head, ...chainOf(error)].join('\n')}\n`;
}

/** The error and what caused it, each with its frames. */
function chainOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error)) return [`thrown: a ${typeof error}`];
  const code = 'code' in error && typeof error.code === 'string' ? plainWord(error.code) : null;
  const frames = withoutMessage(error)
    .split('\n')
    .filter((line) => frame.test(line));
  const home = homedir();
  return [
    `${depth === 0 ? 'error' : 'cause'} ${plainWord(error.name) ?? 'Error'}${code === null ? '' : ` ${code}`}`,
    ...frames.map((line) => (home.length > 1 ? line.replaceAll(home, '~') : line)),
    ...(error.cause === undefined || depth > 4 ? [] : chainOf(error.cause, depth + 1)),
  ];
}

function withoutMessage({ stack = '', message }: Error): string {
  const at = message === '' ? -1 : stack.indexOf(message);
  return at === -1 ? stack : stack.slice(at + message.length);
}

/** A line of a stack that names a place in a file and nothing else; a line of a message can look like one. */
const frame = /^ {4}at (?:(?:async |new )?[\w$.<>[\] #]+ \()?(?:file:\/\/|node:|\/)[^\s()]*:\d+:\d+\)?$/;

function plainWord(word: string): string | null {
  return /^\w{1,60}$/.test(word) ? word : null;
}

/** What a person is told after an error that nobody expected. A fault that says what to do is passed on as it is. */
export function crashFault(error: unknown, directory: string, now: Date): FaultError {
  if (error instanceof FaultError) return error;
  const path = writeCrashReport(directory, error, now);
  return fault(
    'broken',
    'Subdeck ended because of a fault of its own. What was sent before is in the journal.',
    path === null ? 'Please report it.' : `Please report it with ${path}, which says where it was and nothing else.`,
  );
}
