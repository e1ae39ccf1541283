import { join } from 'node:path';
import { arch, platform } from 'node:process';
import { type Fault, fault } from '../model/fault.ts';
import { withoutEnd } from '../model/without-end.ts';
import { foreignness } from '../system/ownership.ts';
import { replaceFile } from '../system/private-file.ts';
import { version } from '../version.ts';
import { findAppPaths } from './paths.ts';

/**
 * Turns an unexpected error into a fault and a crash report that only this user can read. Neither holds the error's
 * message, which may quote a vendor's reply, a secret or a licence key; they hold its kind and where it was thrown.
 */
export function crashed(error: unknown, env: Readonly<Record<string, string | undefined>>): Fault {
  const logs = logsOrNull(env);
  const what = error instanceof Error ? kindOf(error) : typeof error;
  const places = error instanceof Error ? appPathsIn(withoutMessage(error)) : [];
  const [first] = places;
  const path = logs === null ? null : join(logs, 'crash.txt');
  const report = [
    `Subdeck ${version}, Node ${process.versions.node}, ${platform} ${arch}, ${new Date().toISOString()}`,
    what,
    ...places.map((place) => `  at ${place}`),
    '',
  ].join('\n');
  const message = `Subdeck failed unexpectedly (${what}${first === undefined ? '' : ` at ${first}`}).`;
  const next = path !== null && kept(path, report) ? `Please report it and attach ${path}.` : 'Please report it.';
  return fault('broken', message, next).fault;
}

function logsOrNull(env: Readonly<Record<string, string | undefined>>): string | null {
  try {
    return findAppPaths(env).logs;
  } catch {
    return null;
  }
}

/** A message may contain a line that looks like a stack frame. */
function withoutMessage({ stack = '', message }: Error): string {
  const at = message === '' ? -1 : stack.indexOf(message);
  return at === -1 ? stack : stack.slice(at + message.length);
}

function kindOf(error: Error): string {
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return `${error.name}${code}`.replaceAll(/[^\w ]/g, '').slice(0, 80);
}

/** Function, file name, line and column of each frame, without the message. */
function appPathsIn(stack: string): readonly string[] {
  return stack.split('\n').flatMap((line) => {
    if (!line.startsWith(frame)) return [];
    const words = line.slice(frame.length).split(' ');
    const file = withoutEnd((words.at(-1) ?? '').split(/[/\\(]/).at(-1) ?? '', ')');
    if (!/^[\w.-]+:\d+:\d+$/.test(file)) return [];
    const name = words.find((word) => word !== 'async') ?? '';
    return [words.length > 1 && /^[\w.$<>]+$/.test(name) ? `${name} ${file}` : file];
  });
}

const frame = '    at ';

function kept(path: string, report: string): boolean {
  try {
    if (foreignness(path) !== null) return false;
    replaceFile(path, report);
    return true;
  } catch {
    return false;
  }
}
