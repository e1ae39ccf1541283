import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openStory, type StoryFixture } from '../../stories/fixture.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type SeededRandom, seededRandom, type Target } from '../target.ts';

const columns = 100;
/** Milliseconds within which the screen that an attack waits for must appear. */
const patience = 6000;
const rows = 34;

export const keyBursts: Target = {
  name: 'key bursts on the confirmation',
  promise: 'Keys in a burst, type-ahead, key repeat, paste and resizing never confirm a plan.',
  full: 1000,
  needsProgram: true,
  mutants: [
    {
      name: 'a confirmation that accepts every key at once',
      tries: 40,
      patches: [
        {
          file: 'src/commands/keys/press.ts',
          find: 'if (!heard(store.getState(), key, at)) {',
          replace: 'if (false) {',
        },
        { file: 'src/commands/keys/press.ts', find: /mostTypedAtOnce = \d+/, replace: 'mostTypedAtOnce = 1e9' },
        {
          file: 'src/commands/keys/press.ts',
          find: 'if (isAsking(state) && !alone) return;',
          replace: '',
        },
        {
          file: 'src/state/updates/plan.ts',
          find: 'return box.fits && box.drawnAt !== null',
          replace: 'return true || box.drawnAt !== null',
        },
        {
          file: 'src/commands/keys/effects/write-path.ts',
          find: 'if (!planListens(overlay, context.clock.monotonic())) return;',
          replace: '',
        },
        {
          file: 'src/commands/keys/hasty-keys.ts',
          find: 'if (arrival === undefined || arrival.isHasty) return false;',
          replace: 'send();\n  return true;',
        },
      ],
    },
    {
      name: 'a paste that is typed',
      tries: 40,
      patches: [
        {
          file: 'src/screens/frame.tsx',
          find: 'paste(store, text, monotonic())',
          replace:
            "press(props, Array.from(text, (one) => (one === '\\r' ? { name: 'enter', text: null } : { name: one, text: one })), monotonic())",
        },
        { file: 'src/commands/keys/press.ts', find: /mostTypedAtOnce = \d+/, replace: 'mostTypedAtOnce = 1e9' },
        {
          file: 'src/commands/keys/press.ts',
          find: 'if (isAsking(state) && !alone) return;',
          replace: '',
        },
        {
          file: 'src/commands/keys/hasty-keys.ts',
          find: 'if (arrival === undefined || arrival.isHasty) return false;',
          replace: 'send();\n  return true;',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    const tallies = new Map<string, number>();
    let missed = 0;
    const fixture = await openStory({ connections: ['cloudmore-reseller'] });
    try {
      await fixture.words('sync');
      let terminal = await freshConsole(fixture);
      let writes = await sentBy(fixture);
      for (let nth = 0; nth < n; ) {
        const attack = attacks[nth % attacks.length];
        if (attack === undefined) break;
        const isMade = await attack.run(terminal, random).then(() => true, wasMissed);
        if (isMade) await returnToList(terminal);
        const after = await sentBy(fixture);
        if (after !== writes) faults.push(`burst ${nth + 1}, ${attack.name}: ${after - writes} writes`);
        writes = after;
        if (isMade) {
          nth += 1;
          tallies.set(attack.name, (tallies.get(attack.name) ?? 0) + 1);
        } else {
          if (++missed > 10 + n / 10) throw new Error('Most attacks never reach the plan.');
          terminal.kill('SIGKILL');
          terminal = await freshConsole(fixture);
        }
      }
      terminal.kill('SIGKILL');
    } finally {
      await fixture.close();
    }
    return {
      n,
      faults,
      facts: [...[...tallies].map(([name, times]) => `${name}: ${times}`), `${missed} more never got to the plan`],
    };
  },
};

/** A console without effects of earlier bursts: mode, columns and sort order are restored. */
async function freshConsole(fixture: StoryFixture): Promise<Terminal> {
  rmSync(join(fixture.home, 'remembered.json'), { force: true });
  const terminal = fixture.console({ columns, rows });
  await terminal.see('Sellers');
  await returnToList(terminal);
  return terminal;
}

/** Keys of the previous burst may still have effects when the next one starts: that try is repeated. */
function wasMissed(error: unknown): false {
  if (error instanceof Error && error.message.startsWith('Not seen')) return false;
  throw error;
}

async function sentBy(fixture: StoryFixture): Promise<number> {
  const served = await fixture.served('cloudmore-reseller');
  return served.filter(({ method }) => method !== 'GET').length;
}

/** Back to the list of rows with seats, wherever the keys led. */
async function returnToList(terminal: Terminal): Promise<void> {
  terminal.resize(columns, rows);
  for (let tries = 0; tries < 60; tries += 1) {
    const screen = await stableScreen(terminal);
    const list = / Subscriptions /.test(screen) && !floating.test(screen);
    if (list && screen.includes(`filter: ${filter}`)) return;
    if (list && !screen.includes('filter:')) {
      terminal.press('/');
      await terminal.see('Enter keep');
      terminal.type(filter);
      await terminal.see(`/ ${filter}`);
      terminal.press('enter');
    } else if (/ Sellers /.test(screen) && !floating.test(screen)) terminal.press('S');
    else terminal.press('escape');
  }
  throw new Error(`The list cannot be reached:\n${terminal.lines().join('\n')}`);
}

/** The screen once it has not changed for a moment, so that the effect of the last keys is visible. */
async function stableScreen(terminal: Terminal): Promise<string> {
  let screen = '';
  for (let next = terminal.lines().join('\n'); next !== screen; next = terminal.lines().join('\n')) {
    screen = next;
    await wait(90);
  }
  return screen;
}

const filter = 'status:active qty>3 -is:addon';
const floating = /╭|Enter keep|Esc previous filter|too small/;

/** Opens the form of a new quantity for one of the first rows, filled in: one more, or so many that it is a large change. */
async function form(terminal: Terminal, random: SeededRandom, isLarge = false): Promise<string> {
  await menu(terminal, random);
  terminal.press('enter');
  const screen = await terminal.see(/New quantity.* now [\d,]+/, patience);
  const now = Number(/ now ([\d,]+)/.exec(screen)?.[1]?.replaceAll(',', ''));
  const number = String(isLarge ? now * 10 + 100 + random.below(1000) : now + 1);
  terminal.type(number);
  await terminal.see(new RegExp(`New quantity +${number}`), patience);
  return number;
}

async function menu(terminal: Terminal, random: SeededRandom): Promise<void> {
  // Rows marked by the previous burst would be changed together, by another menu.
  terminal.press('u');
  terminal.press('home');
  for (let down = random.below(4); down > 0; down -= 1) terminal.press('down');
  terminal.press('a');
  await terminal.see('Change the quantity', patience);
}

/** A plan that y would confirm, just drawn. */
async function plan(terminal: Terminal, random: SeededRandom): Promise<void> {
  await form(terminal, random);
  terminal.press('enter');
  await terminal.see('Press  y  to send', patience);
}

/** A plan that typing its new number would confirm; resolves with that number. */
async function largePlan(terminal: Terminal, random: SeededRandom): Promise<string> {
  const number = await form(terminal, random, true);
  terminal.press('enter');
  await terminal.see('is a large change', patience);
  return number;
}

/** A plan that typing its name or id would confirm; resolves with those words. */
async function finalPlan(terminal: Terminal, random: SeededRandom): Promise<readonly string[]> {
  await menu(terminal, random);
  terminal.press('down');
  terminal.press('down');
  await terminal.see('▌ Cancel', patience);
  terminal.press('enter');
  const screen = await terminal.see('type exactly', patience);
  const lines = screen.split('\n').map((line) => line.replaceAll(/[│┃]/g, '').trim());
  const from = lines.findIndex((line) => line.includes('type exactly'));
  const to = lines.findIndex((line, at) => at > from && line.startsWith('>'));
  return lines
    .slice(from + 1, to)
    .join(' ')
    .split('  or  ');
}

const hasty = ['y', 'Y', '\r', ' ', 'n', 'j', '1', '\x1b[B'] as const;

function burst(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => random.pick(hasty)).join('');
}

function pasted(text: string): string {
  return `\x1b[200~${text}\x1b[201~`;
}

/** Waits until keys count, so that an attack cannot fail only for being early. */
const listening = 350;

interface Attack {
  readonly name: string;
  run(terminal: Terminal, random: SeededRandom): Promise<void>;
}

export const attacks: readonly Attack[] = [
  {
    name: 'typed ahead of the plan',
    async run(terminal, random) {
      await form(terminal, random);
      terminal.type(`\r${burst(random, 5 + random.below(200))}`);
    },
  },
  {
    name: 'a burst on the plan',
    async run(terminal, random) {
      await plan(terminal, random);
      terminal.type(`y${burst(random, 4 + random.below(200))}y`);
    },
  },
  {
    name: 'a burst on a plan that accepts keys',
    async run(terminal, random) {
      await plan(terminal, random);
      await wait(listening);
      terminal.type(`y${burst(random, 4 + random.below(60))}y`);
    },
  },
  {
    name: 'Enter held',
    async run(terminal, random) {
      await form(terminal, random);
      terminal.type('\r'.repeat(30));
      await wait(random.below(60));
      terminal.type('\r'.repeat(30));
    },
  },
  {
    name: 'a paste',
    async run(terminal, random) {
      await plan(terminal, random);
      await wait(listening);
      terminal.type(pasted(random.pick(['y', 'y\r', 'yes\r', `${burst(random, 20)}y\r`])));
    },
  },
  {
    name: 'y on a screen that is too small',
    async run(terminal, random) {
      await plan(terminal, random);
      await wait(listening);
      terminal.resize(60 + random.below(30), 5 + random.below(4));
      await terminal.see(/does not fit|too small/, patience);
      terminal.type('y');
    },
  },
  {
    name: 'a burst with the number of a large change',
    async run(terminal, random) {
      const number = await largePlan(terminal, random);
      await wait(random.below(2) * listening);
      terminal.type(`${number}\r${burst(random, random.below(30))}`);
    },
  },
  {
    name: 'the number of a large change, pasted',
    async run(terminal, random) {
      const number = await largePlan(terminal, random);
      await wait(listening);
      terminal.type(pasted(`${number}${random.pick(['', '\r'])}`));
      terminal.type('\r');
    },
  },
  {
    name: 'a key and half the number of a large change',
    async run(terminal, random) {
      const number = await largePlan(terminal, random);
      await wait(listening);
      for (const character of `${random.pick(['', 'y'])}${number.slice(0, -1)}`) terminal.type(character);
      terminal.type('\r');
    },
  },
  {
    name: 'a burst in the reason of a plan',
    async run(terminal, random) {
      await plan(terminal, random);
      await wait(listening);
      terminal.press('tab');
      await terminal.see('Press Enter to keep it', patience);
      terminal.type(`T-${random.below(1000)}\r${burst(random, 1 + random.below(60))}y`);
    },
  },
  {
    name: 'the words of a final plan, pasted',
    async run(terminal, random) {
      const words = await finalPlan(terminal, random);
      await wait(listening);
      terminal.type(pasted(random.pick(words)));
      terminal.type('\r');
    },
  },
  {
    name: 'a burst and half the words of a final plan',
    async run(terminal, random) {
      const [word = ''] = await finalPlan(terminal, random);
      terminal.type(`${burst(random, 30)}\r`);
      await wait(listening);
      for (const character of word.slice(0, -1)) terminal.type(character);
      terminal.type('\r');
    },
  },
];
