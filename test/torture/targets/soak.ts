import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { json } from '../../api/fixtures/server.ts';
import { openHostileFixture } from '../../hostile/fixture.ts';
import { hostileText } from '../../hostile/payloads.ts';
import { slope } from '../slope.ts';
import { type Outcome, seededRandom, type Target } from '../target.ts';

/** Bytes of heap growth allowed for this many keys, after garbage collection: objects and compiled code. */
const mostGain = 100 * 1024;
const perKeys = 10_000;
const full = 600;
/**
 * How often the heap is measured in the seconds that count. As many measurements come before and are ignored: in that time
 * the bounded memories fill (calls, visited places), and V8 compiles frequently used code. It continues to compile rarely used
 * code, as much for every doubling of the keys, each function once; a leak grows with every key.
 */
const looks = 10;
/** Too short to distinguish the two. */
const shortest = 60;

const keys = [
  ...[
    'up',
    'down',
    'j',
    'k',
    'g',
    'G',
    'pageup',
    'pagedown',
    'home',
    'end',
    'enter',
    'enter',
    'escape',
    'escape',
    'tab',
  ],
  ...['S', 's', 'space', 'c', 'r', 'o', 'o', 'R', 'J', 'H', 'T', 'L', 'P', '/', '?', 'x', 'escape', 'a', 'n'],
  // Whole words: a random suggestion of the palette could quit the console.
  ':subscriptions\r',
  '\u0010today\r',
  ':journal list\r',
] as const;

export const soak: Target = {
  name: 'soak',
  promise:
    'Seconds of random keys, resizing and refreshes with faults, after an equal warm-up: no crash, a stable heap, a constant number of file descriptors.',
  full,
  needsProgram: true,
  mutants: [
    {
      name: 'a console that stores every key with its time',
      tries: 120,
      patches: [
        {
          file: 'src/commands/keys/press.ts',
          find: /^(export function press[\s\S]*?\{\n)/m,
          replace:
            '$1  const all = globalThis as unknown as { kept?: unknown[] };\n  (all.kept ??= []).push(...presses.map((key) => ({ ...key, at })));\n',
        },
      ],
    },
  ],
  async run({ n: seconds, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    const file = join(directory, 'probe.json');
    const probe = join(import.meta.dirname, '../../hostile/probe.ts');
    const NODE_OPTIONS = `--expose-gc --import ${probe}`;
    const fixture = await openHostileFixture({ env: { NODE_OPTIONS, PROBE_FILE: file, SUBDECK_READ_ONLY: '1' } });
    fixture.vendor.rows = Array.from({ length: 120 }, (_, at) => ({
      ...{ id: `${at}`, status: random.pick(['Active', 'Cancelled', 'Odd']) },
      ...{ name: hostileText(random), account: hostileText(random), product: `Box ${at}` },
    }));
    fixture.vendor.spoil = (_, response) => {
      const what = random.below(12);
      if (what === 0) response.socket?.destroy();
      else if (what === 1) json(response, 500, { Message: hostileText(random) });
      else if (what === 2) response.end('{"data":[{"id"');
      return what < 3;
    };
    const terminal = fixture.terminal([], { columns: 120, rows: 32 });
    try {
      await terminal.see(/SELLER/i);
      const began = performance.now();
      const seen: Look[] = [];
      let pressed = 0;
      while (seen.length <= 2 * looks) {
        // A slow machine may be late for the next measurement as well: two measurements without a key between them say nothing about growth.
        const due = performance.now() >= began + (seen.length * seconds * 1000) / looks;
        if (due && pressed > (seen.at(-1)?.pressed ?? -1)) {
          seen.push({ pressed, ...(await measured(terminal.pid, file)) });
          continue;
        }
        const burst = 1 + random.below(6);
        terminal.press(...Array.from({ length: burst }, () => random.pick(keys)));
        pressed += burst;
        if (random.below(40) === 0) terminal.resize(20 + random.below(160), 3 + random.below(50));
        await pause(12);
      }
      return { n: seconds, ...judged(seen.slice(looks), seconds) };
    } catch (error) {
      const ended = await Promise.race([terminal.exited, pause(2000, null)]);
      const said = terminal.output().slice(-400);
      faults.push(`It ended: ${String(error)}, with ${JSON.stringify(ended)}: ${JSON.stringify(said)}`);
      return { n: seconds, faults, facts: [] };
    } finally {
      terminal.kill('SIGKILL');
      await terminal.exited;
      await fixture.close();
    }
  },
};

/** The result of the measurements that count. */
function judged(seen: readonly Look[], seconds: number): Pick<Outcome, 'faults' | 'facts'> {
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) throw new Error('Nothing was measured.');
  const gainOf = (bytes: (look: Look) => number) =>
    slope(seen.map((look) => ({ x: look.pressed, y: bytes(look) }))) * perKeys;
  const gain = gainOf(({ heap }) => heap);
  // Total bytes, however short the run.
  const allowed = seconds < shortest ? Number.POSITIVE_INFINITY : (mostGain * full) / Math.min(full, seconds);
  const faults: string[] = [];
  if (gain > allowed) faults.push(`${kilobytes(gain)} more heap for ${perKeys} keys`);
  if (last.descriptors > first.descriptors + 12) {
    faults.push(`${first.descriptors} file descriptors became ${last.descriptors}`);
  }
  return {
    faults,
    facts: [
      `${last.pressed - first.pressed} keys after ${first.pressed}`,
      `${kilobytes(gain)} for ${perKeys} keys, of it ${kilobytes(gainOf(({ code }) => code))} of code that V8 compiled`,
      `${kilobytes(first.heap)} then ${kilobytes(last.heap)} of heap, ${kilobytes(first.resident)} then ${kilobytes(last.resident)} resident`,
      `${first.descriptors} then ${last.descriptors} descriptors`,
    ],
  };
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}

interface Look extends Measured {
  readonly pressed: number;
}

interface Measured {
  readonly asked: number;
  /** Bytes of everything in the heap of V8. */
  readonly heap: number;
  /** Bytes of compiled code in it. */
  readonly code: number;
  /** Bytes of the whole process, with its threads, SQLite and buffers. */
  readonly resident: number;
  readonly descriptors: number;
}

async function measured(pid: number, file: string): Promise<Measured> {
  const before = existsSync(file) ? read(file).asked : 0;
  process.kill(pid, 'SIGUSR2');
  for (let tries = 0; tries < 600; tries += 1) {
    await pause(25);
    if (existsSync(file) && read(file).asked > before) return read(file);
  }
  throw new Error('The program does not answer.');
}

function read(file: string): Measured {
  return JSON.parse(readFileSync(file, 'utf8'));
}
