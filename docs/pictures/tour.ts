/**
 * Takes the moving picture of the tour: walks through `subdeck demo --tour` in a real terminal, and writes what stood there after
 * each step as one SVG that shows one frame after the other. A part of `npm run pictures`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keyboard } from '../../test/stories/keyboard.ts';
import { program } from '../../test/terminal/demo.ts';
import { movingPicture, type PictureFrame, screenOf } from '../../test/terminal/picture.ts';
import { openTerminal } from '../../test/terminal/terminal.ts';

const terminal = openTerminal({ args: [program, 'demo', '--tour'], env: {}, columns: 96, rows: 26 });
const person = keyboard(terminal);
const frames: PictureFrame[] = [];

/** Keeps what is on screen once all of it is drawn, for so many seconds of the picture. */
async function take(step: number, shown: string | RegExp, seconds: number): Promise<void> {
  const isShown = (screen: string) => (typeof shown === 'string' ? screen.includes(shown) : shown.test(screen));
  await person.see((screen) => screen.includes(`step ${step} of 9`) && isShown(screen));
  // Until nothing is drawn any more, so that no half of a frame is taken.
  for (let before = -1; before !== terminal.output().length; ) {
    before = terminal.output().length;
    await pause(400);
  }
  frames.push({ rows: screenOf(terminal.emulator), seconds });
}

await person.see((screen) => /now \(T\)/.test(screen) && !/reading|indexing|being read/.test(screen));
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

const title = 'The tour: one ticket, from the pasted text to the receipt';
writeFileSync(join(import.meta.dirname, 'tour.svg'), movingPicture(terminal.emulator, frames, title));
