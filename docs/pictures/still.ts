import { setTimeout as pause } from 'node:timers/promises';
import type { Keyboard } from '../../test/stories/keyboard.ts';
import type { Terminal } from '../../test/terminal/terminal.ts';

/** Until nothing is read and nothing drawn any more, so that no half of a frame is taken. */
export async function still(terminal: Terminal): Promise<void> {
  for (;;) {
    const before = terminal.output().length;
    await pause(400);
    await terminal.see((screen) => !/reading|indexing/.test(screen));
    if (before === terminal.output().length) return;
  }
}

/** Everything is read, and so is Today, whose number then stands in the status line. */
export async function allRead(person: Keyboard, connections: number): Promise<void> {
  await person.see((screen) => screen.includes(`${connections}/${connections}`) && !/reading|indexing/.test(screen));
  person.press('T');
  await person.see(/^ Today.*[1-9]\d* now/m);
  await still(person.terminal);
  person.press('escape');
  await person.see((screen) => screen.includes('now (T)') && !/^ Today/m.test(screen));
}
