import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { json } from '../../api/fixtures/server.ts';
import { openDen } from '../../hostile/den.ts';
import { hostileText } from '../../hostile/payloads.ts';
import { dice, type Target } from '../target.ts';

/** Bytes of heap that may be gained by so many keys, once everything that can be collected was. */
const mostGain = 100 * 1024;
const perKeys = 10_000;
/** Not counted before: what is loaded and compiled at first use. */
const warmUp = 0.25;

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
  // Whole words: what the palette offers by chance may leave the console.
  ':subscriptions\r',
  '\u0010today\r',
  ':journal list\r',
] as const;

export const soak: Target = {
  name: 'soak',
  promise:
    'Seconds of random keys, resizing and refreshes with faults on: no crash, a heap that stays, flat file descriptors.',
  full: 600,
  needsProgram: true,
  mutants: [
    {
      name: 'a console that keeps every key it heard',
      tries: 90,
      patches: [
        {
          file: 'src/commands/keys/press.ts',
          find: /^(export function press[\s\S]*?\{\n)/m,
          replace:
            '$1  (globalThis as unknown as { kept: unknown[] }).kept = [...((globalThis as unknown as { kept?: unknown[] }).kept ?? []), new Uint8Array(64).fill(1), Array.from({ length: 400 }, Math.random)];\n',
        },
      ],
    },
  ],
  async run({ n: seconds, seed, directory }) {
    const chance = dice(seed);
    const faults: string[] = [];
    const file = join(directory, 'probe.json');
    const probe = join(import.meta.dirname, '../../hostile/probe.ts');
    const NODE_OPTIONS = `--expose-gc --import ${probe}`;
    const den = await openDen({ env: { NODE_OPTIONS, PROBE_FILE: file, SUBDECK_READ_ONLY: '1' } });
    den.vendor.rows = Array.from({ length: 120 }, (_, at) => ({
      ...{ id: `${at}`, status: chance.pick(['Active', 'Cancelled', 'Odd']) },
      ...{ name: hostileText(chance), account: hostileText(chance), product: `Box ${at}` },
    }));
    den.vendor.spoil = (_, response) => {
      const what = chance.below(12);
      if (what === 0) response.socket?.destroy();
      else if (what === 1) json(response, 500, { Message: hostileText(chance) });
      else if (what === 2) response.end('{"data":[{"id"');
      return what < 3;
    };
    const terminal = den.terminal([], { columns: 120, rows: 32 });
    try {
      await terminal.see(/SELLER/i);
      const end = performance.now() + seconds * 1000;
      const warm = performance.now() + seconds * 1000 * warmUp;
      let pressed = 0;
      let first: Measured | null = null;
      let counted = 0;
      while (performance.now() < end) {
        if (first === null && performance.now() >= warm) {
          first = await measured(terminal.pid, file);
          counted = pressed;
        }
        const burst = 1 + chance.below(6);
        terminal.press(...Array.from({ length: burst }, () => chance.pick(keys)));
        pressed += burst;
        if (chance.below(40) === 0) terminal.resize(20 + chance.below(160), 3 + chance.below(50));
        await pause(12);
      }
      const last = await measured(terminal.pid, file);
      terminal.resize(120, 32);
      if (first !== null) {
        const perKey = perKeys / Math.max(1, pressed - counted);
        const gain = (last.heap - first.heap) * perKey;
        const compiled = (last.code - first.code) * perKey;
        // A short run cannot tell a leak from what is loaded and compiled late.
        const allowed = seconds >= 300 ? mostGain : seconds >= 60 ? mostGain * 10 : Number.POSITIVE_INFINITY;
        if (gain > allowed) faults.push(`${Math.round(gain / 1024)} KB more heap for ${perKeys} keys`);
        if (last.descriptors > first.descriptors + 12)
          faults.push(`${first.descriptors} file descriptors became ${last.descriptors}`);
        return {
          n: seconds,
          faults,
          facts: [
            `${pressed} keys`,
            `${Math.round(gain / 1024)} KB of objects and ${Math.round(compiled / 1024)} KB of code that V8 compiled for ${perKeys} keys`,
            `${first.descriptors} then ${last.descriptors} descriptors`,
          ],
        };
      }
      return { n: seconds, faults, facts: [`${pressed} keys`] };
    } catch (error) {
      const ended = await Promise.race([terminal.exited, pause(2000, null)]);
      const said = terminal.output().slice(-400);
      faults.push(`It ended: ${String(error)}, with ${JSON.stringify(ended)}: ${JSON.stringify(said)}`);
      return { n: seconds, faults, facts: [] };
    } finally {
      terminal.kill('SIGKILL');
      await terminal.exited;
      await den.close();
    }
  },
};

interface Measured {
  readonly asked: number;
  /** Bytes of objects. */
  readonly heap: number;
  /** Bytes of what V8 compiled. */
  readonly code: number;
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
