/**
 * The moving picture of the tour, a part of `npm run pictures`: walks through `subdeck demo --tour` in a real terminal, and shows what
 * stood there after each step. `npm run pictures:tour -- 80x24 DIRECTORY` draws each of these moments apart, at any size, to be looked at.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyboard } from '../../test/stories/keyboard.ts';
import { program } from '../../test/terminal/demo.ts';
import { movingPicture, type PictureFrame, pictureOf, screenOf } from '../../test/terminal/picture.ts';
import { openTerminal, type Terminal } from '../../test/terminal/terminal.ts';
import { equalMatches, type Unsettled } from './compare.ts';
import { allRead, still } from './still.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What is done with each moment: the step of the tour, and how many seconds the moving picture shows it. */
type Keep = (terminal: Terminal, step: number, seconds: number) => void;

/** What differs each time. */
export const unsettledInTour: readonly Unsettled[] = [
  equalMatches,
  // The names of journal entries.
  { pattern: /(?<=(?:Journal|The id) (?:<[^>]*> )?)\w{8}\b/g, as: '#' },
];

/** Walks through the tour. `node`: arguments for Node before the program. */
async function walk(size: Size, node: readonly string[], keep: Keep): Promise<Terminal> {
  const terminal = openTerminal({ args: [...node, program, 'demo', '--tour', '--scale', '1000'], env: {}, ...size });
  const person = keyboard(terminal);

  /** Keeps what is on screen once all of it is drawn. */
  async function take(step: number, shown: string | RegExp, seconds: number): Promise<void> {
    const isShown = (screen: string) => (typeof shown === 'string' ? screen.includes(shown) : shown.test(screen));
    await person.see((screen) => screen.includes(`step ${step} of 9`) && isShown(screen));
    await still(terminal);
    keep(terminal, step, seconds);
  }

  await allRead(person, 7);
  await take(1, 'Sellers 7', 5);
  person.press(':');
  await take(2, /▌ .*subscription/, 4.5);
  person.press('enter');
  await take(3, '[Overview]', 4.5);
  person.press('3');
  await take(4, 'Created', 4.5);
  person.press('a');
  await take(5, 'Change the quantity', 3);
  person.press('enter');
  await person.see('New quantity');
  const number = /type (\d+) and press/.exec(terminal.lines().slice(-2).join(' '))?.[1] ?? '';
  person.type(number);
  await take(5, new RegExp(`New quantity +${number}`), 2.5);
  person.press('enter');
  await take(6, 'to send, Esc', 6);
  await person.agree();
  await take(7, 'Lower the quantity: sent', 4);
  person.press('R');
  await take(8, '✓ done', 3.5);
  person.press('J');
  await take(8, 'Journal   what was sent', 2.5);
  person.press('c');
  await take(9, 'The receipt (Markdown)', 3.5);
  person.press('enter');
  await take(9, 'copied to', 5);
  person.press('ctrl+t', 'q');
  await terminal.exited;
  return terminal;
}

/** One SVG that shows one moment after the other. */
export async function movingTour(node: readonly string[]): Promise<string> {
  const frames: PictureFrame[] = [];
  const terminal = await walk({ columns: 96, rows: 26 }, node, ({ emulator }, _, seconds) =>
    frames.push({ rows: screenOf(emulator), seconds }),
  );
  return movingPicture(terminal.emulator, frames, 'The tour: one ticket, from the pasted text to the receipt');
}

if (import.meta.main) {
  const [size = '', directory = '.'] = process.argv.slice(2);
  const [columns = 80, rows = 24] = size.split('x').map(Number);
  mkdirSync(directory, { recursive: true });
  let count = 0;
  await walk({ columns, rows }, [], ({ emulator }, step) => {
    count += 1;
    const name = `${size}-${String(count).padStart(2, '0')}-step-${step}.svg`;
    writeFileSync(join(directory, name), pictureOf(emulator, `Step ${step}`));
  });
}
