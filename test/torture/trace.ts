import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The file operations and output of a traced process, in order. */
export type TraceEvent =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'said'; readonly text: string };

/** Runs a script under strace and returns every write, sync and truncation of files in `directory`, and every line it printed. */
export function traced(script: string, args: readonly string[], directory: string): readonly TraceEvent[] {
  const output = join(directory, 'trace');
  const calls = 'trace=pwrite64,write,ftruncate,fsync,fdatasync';
  // Without `-f`: SQLite and the output use the main thread. All bytes in hexadecimal, without truncation.
  const options = ['-y', '-xx', '-s', '1000000', '-o', output, '-e', calls, '-e', 'signal=none'];
  execFileSync('strace', [...options, process.execPath, script, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return readFileSync(output, 'utf8')
    .split('\n')
    .flatMap((line) => eventOf(line, directory));
}

function eventOf(line: string, directory: string): readonly TraceEvent[] {
  const call = /^(\w+)\((\d+)<([^>]*)>(?:, )?(.*)\)\s+= (\d+)/.exec(line);
  if (call === null) return [];
  const [, name, descriptor, shown = '', rest = '', result] = call;
  const path = shown.includes('\\x') ? unhex(shown).toString() : shown;
  if (name === 'write' && descriptor === '1') return [{ kind: 'said', text: unhex(quoted(rest)).toString() }];
  if (!path.startsWith(directory)) return [];
  const file = basename(path);
  if (name === 'fsync' || name === 'fdatasync') return [{ kind: 'sync', file }];
  if (name === 'ftruncate') return [{ kind: 'truncate', file, size: Number(rest) }];
  if (name !== 'pwrite64') throw new Error(`A write that the replay does not know: ${line.slice(0, 120)}`);
  const bytes = unhex(quoted(rest)).subarray(0, Number(result));
  return [{ kind: 'write', file, at: Number(/, (\d+)$/.exec(rest)?.[1]), bytes }];
}

function quoted(text: string): string {
  return /"([^"]*)"/.exec(text)?.[1] ?? '';
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
