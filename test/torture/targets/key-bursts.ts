import { setTimeout as wait } from 'node:timers/promises';
import { type Desk, openDesk } from '../../stories/desk.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type Dice, dice, type Target } from '../target.ts';

const columns = 100;
const rows = 34;
/** How often the vendor's own log is read; a write in between is still found. */
const every = 20;

export const keyBursts: Target = {
  name: 'key bursts on the confirmation',
  promise: 'Keys in a burst, type-ahead, key repeat, paste and resizing never confirm a plan (T23).',
  full: 1000,
  needsProgram: true,
  mutants: [
    {
      name: 'a confirmation that listens at once, to every key',
      tries: 40,
      patches: [
        { file: 'src/commands/keys/press.ts', find: 'if (!heard(console.getState(), key, at)) continue;', replace: '' },
        { file: 'src/commands/keys/press.ts', find: /mostTypedAtOnce = \d+/, replace: 'mostTypedAtOnce = 1e9' },
        {
          file: 'src/commands/keys/press.ts',
          find: "=== 'plan' && !alone) return;",
          replace: "=== 'plan' && false) return;",
        },
        {
          file: 'src/state/moves/plan.ts',
          find: 'return box.fits && box.drawnAt !== null',
          replace: 'return true || box.drawnAt !== null',
        },
        {
          file: 'src/commands/keys/acts/write-path.ts',
          find: 'if (!planListens(overlay, context.clock.monotonic())) return;',
          replace: '',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const chance = dice(seed);
    const faults: string[] = [];
    const tallies = new Map<string, number>();
    const desk = await openDesk({ connections: ['cloudmore-reseller'] });
    try {
      await desk.words('sync');
      const terminal = desk.console({ columns, rows });
      await terminal.see('reseller');
      terminal.press('S');
      await terminal.see(/STATUS/i);
      let writes = await sentBy(desk);
      for (let nth = 0; nth < n; nth += 1) {
        const attack = chance.pick(attacks);
        tallies.set(attack.name, (tallies.get(attack.name) ?? 0) + 1);
        await attack.run(terminal, chance);
        await calm(terminal);
        if (nth % every !== every - 1 && nth !== n - 1) continue;
        const after = await sentBy(desk);
        if (after !== writes)
          faults.push(`${after - writes} writes within the bursts up to ${nth + 1}, the last: ${attack.name}`);
        writes = after;
      }
      terminal.kill('SIGKILL');
    } finally {
      await desk.close();
    }
    return { n, faults, facts: [...tallies].map(([name, times]) => `${name}: ${times}`) };
  },
};

async function sentBy(desk: Desk): Promise<number> {
  const served = await desk.served('cloudmore-reseller');
  return served.filter(({ method }) => method !== 'GET').length;
}

/** Back on the list, whatever floats. */
async function calm(terminal: Terminal): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    terminal.press('escape');
    const screen = await terminal.see(/./);
    if (!/Enter next|sends|Send|asking what would be sent|One moment/i.test(screen)) break;
    await wait(30);
  }
  terminal.press('S');
  await terminal.see(/STATUS/i);
}

/** Up to the form of a new quantity for the row under the cursor, filled in. */
async function form(terminal: Terminal, chance: Dice): Promise<void> {
  terminal.press('home');
  for (let down = chance.below(5); down > 0; down -= 1) terminal.press('down');
  terminal.press('a');
  await terminal.see(/quantity/i);
  terminal.press('enter');
  await terminal.see(/New quantity|Quantity/i);
}

const hasty = ['y', 'Y', '\r', 'y\r', '\r\r', 'yes\r', ' ', 'n', 'j', '1', 'yyyy'] as const;

function burst(chance: Dice, length: number): string {
  return Array.from({ length }, () => chance.pick(hasty)).join('');
}

interface Attack {
  readonly name: string;
  run(terminal: Terminal, chance: Dice): Promise<void>;
}

const attacks: readonly Attack[] = [];
