import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { AssistantCall, AssistantCallLog } from '../model/assistant-call.ts';
import type { Clock } from '../model/clock.ts';
import { type ExitKind, exitCodes, type FaultError, fault } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import { fileLock } from '../system/file-lock.ts';
import { foreignness } from '../system/ownership.ts';
import { makePrivateDirectory, replaceFile } from '../system/private-file.ts';

/** A longer log loses its older half: some thousand calls stay. */
const mostBytes = 1024 ** 2;
const longestText = 200;
/** Milliseconds for which another process may be shortening it. */
const waitAtMost = 300;

const beginLine = v.object({
  id: v.string(),
  at: v.string(),
  client: v.string(),
  tool: v.string(),
  given: v.array(v.string()),
});
const endLine = v.object({ end: v.string(), outcome: v.string(), milliseconds: v.number() });

/** One JSON object a line: one when a call begins, one when it ends. Lines of several processes mix. */
export function assistantCallLog(path: string, clock: Clock): AssistantCallLog {
  return {
    begin({ client, tool, given }) {
      const id = randomUUID();
      const began = clock.monotonic();
      const at = new Date(clock.now()).toISOString();
      append(path, { id, at, client: shown(client), tool: shown(tool), given: given.map(shown) });
      shorten(path, clock);
      return (outcome) => {
        append(path, { end: id, outcome, milliseconds: Math.round(clock.monotonic() - began) });
      };
    },
    all: () => callsIn(read(path)),
  };
}

function shown(text: string): string {
  return printable(text.slice(0, longestText));
}

function append(path: string, line: object): void {
  const trouble = foreignness(path);
  if (trouble !== null) throw notUsed(path, trouble);
  try {
    makePrivateDirectory(dirname(path));
    appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const message = `The log of assistants' calls ${path} cannot be written (${code}), so the call was not made.`;
    throw fault('broken', message, 'Free space on its disk, or set SUBDECK_HOME to a directory where you may write.');
  }
}

function notUsed(path: string, { what, next }: { readonly what: string; readonly next: string }): FaultError {
  return fault('denied', `The log of assistants' calls ${path} is not used: ${what}.`, next);
}

/** What another process writes meanwhile may be lost with the older half. */
function shorten(path: string, clock: Clock): void {
  if (statSync(path).size <= mostBytes) return;
  const release = fileLock(`${path}.lock`, clock).takeNow(waitAtMost);
  if (release === null) return;
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= mostBytes) return;
    const half = bytes.indexOf('\n', bytes.length - mostBytes / 2) + 1;
    replaceFile(path, bytes.subarray(half).toString('utf8'));
  } catch {
    // A full disk: the line is written, and the next call tries again.
  } finally {
    release();
  }
}

function read(path: string): string {
  const trouble = foreignness(path);
  if (trouble !== null) throw notUsed(path, trouble);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function callsIn(text: string): readonly AssistantCall[] {
  const calls = new Map<string, AssistantCall>();
  for (const line of text.split('\n')) {
    const content = parsed(line);
    const begun = v.safeParse(beginLine, content);
    if (begun.success) {
      const { id, at, client, tool, given } = begun.output;
      const texts = { client: shown(client), tool: shown(tool), given: given.map(shown) };
      calls.set(id, { at: shown(at), ...texts, outcome: null, milliseconds: null });
    }
    const ended = v.safeParse(endLine, content);
    const call = ended.success ? calls.get(ended.output.end) : undefined;
    if (ended.success && call !== undefined) {
      const { end, outcome, milliseconds } = ended.output;
      if (isExitKind(outcome)) calls.set(end, { ...call, outcome, milliseconds });
    }
  }
  return [...calls.values()];
}

function isExitKind(text: string): text is ExitKind {
  return Object.hasOwn(exitCodes, text);
}

/** A line that a full disk cut short tells of nothing. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
