import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childProgram } from '../../setup/child-program.ts';
import { type SeededRandom, seededRandom, type Target } from '../target.ts';
import { type TraceEvent, traced } from '../trace.ts';
import { lostOf } from './journal-kills.ts';

const order = ['intent', 'sent', 'answered', 'done'];
const writer = await childProgram(join(import.meta.dirname, '../../journal/writer.ts'));
const sector = 512;
/** Disk images made from one traced run. */
const cuts = 50;

export const powerCuts: Target = {
  name: 'power cuts',
  promise: 'The journal keeps what it acknowledged when any unsynced writes are dropped or torn.',
  full: 400,
  needs: 'strace',
  mutants: [
    {
      name: 'synchronous = NORMAL',
      tries: 50,
      patches: [
        { file: 'src/journal/sqlite/database.ts', find: 'synchronous = FULL', replace: 'synchronous = NORMAL' },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    let acknowledged = 0;
    for (let from = 0; from < n; from += cuts) {
      const home = join(directory, `${from}`, 'state');
      mkdirSync(home, { recursive: true });
      const path = join(home, 'journal.db');
      // A journal with content: the second process that opens it is traced.
      execFileSync(process.execPath, [writer, path, 'first', '6']);
      const before = filesOf(home);
      const events = traced(writer, [path, 'second', '40'], home);
      for (let nth = 0; nth < Math.min(cuts, n - from); nth += 1) {
        const cut = 1 + random.below(events.length);
        const image = join(directory, `${from}`, `image-${nth}`);
        mkdirSync(image);
        for (const [file, bytes] of imageOf(before, events.slice(0, cut), random))
          writeFileSync(join(image, file), bytes);
        const said = saidIn(events.slice(0, cut));
        acknowledged += said.size;
        faults.push(
          ...lostOf(join(image, 'journal.db'), said).map((fault) => `cut at ${cut} of ${events.length}: ${fault}`),
        );
      }
    }
    return { n, faults, facts: [`${acknowledged} acknowledged entries were looked for`] };
  },
};

function filesOf(home: string): ReadonlyMap<string, Buffer> {
  const kept = readdirSync(home).filter((file) => file.startsWith('journal.db') && !file.endsWith('-shm'));
  return new Map(kept.map((file) => [file, readFileSync(join(home, file))]));
}

function saidIn(events: readonly TraceEvent[]): ReadonlyMap<string, number> {
  const said = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'said') continue;
    const [id = '', state = ''] = event.text.trim().split(' ');
    said.set(id, order.indexOf(state));
  }
  return said;
}

/**
 * The files after a power cut: synced data is complete; each other write is dropped with 45 %, torn at sector boundaries
 * with 20 %, and kept otherwise, in random order.
 */
function imageOf(
  before: ReadonlyMap<string, Buffer>,
  events: readonly TraceEvent[],
  random: SeededRandom,
): ReadonlyMap<string, Buffer> {
  const files = new Map(before);
  const lastSync = new Map<string, number>();
  for (const [at, event] of events.entries()) if (event.kind === 'sync') lastSync.set(event.file, at);
  for (const [at, event] of events.entries()) {
    if (event.kind !== 'write' && event.kind !== 'truncate') continue;
    const isSynced = at < (lastSync.get(event.file) ?? -1);
    const luck = isSynced ? 1 : random.next();
    if (luck < 0.45) continue;
    const old = files.get(event.file) ?? Buffer.alloc(0);
    if (event.kind === 'truncate') files.set(event.file, resized(old, event.size));
    else
      files.set(
        event.file,
        written(old, event.at, luck < 0.65 ? torn(event.bytes, old, event.at, random) : event.bytes),
      );
  }
  return files;
}

function written(old: Buffer, at: number, bytes: Buffer): Buffer {
  const fresh = Buffer.alloc(Math.max(old.length, at + bytes.length));
  old.copy(fresh);
  bytes.copy(fresh, at);
  return fresh;
}

function resized(old: Buffer, size: number): Buffer {
  const fresh = Buffer.alloc(size);
  old.copy(fresh, 0, 0, Math.min(size, old.length));
  return fresh;
}

/** The write with some of its sectors in their earlier state. */
function torn(bytes: Buffer, old: Buffer, at: number, random: SeededRandom): Buffer {
  const fresh = Buffer.from(bytes);
  for (let from = 0; from < bytes.length; from += sector) {
    if (random.below(2) === 0) continue;
    const to = Math.min(from + sector, bytes.length);
    fresh.fill(0, from, to);
    old.copy(fresh, from, Math.min(at + from, old.length), Math.min(at + to, old.length));
  }
  return fresh;
}
