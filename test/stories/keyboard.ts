import type { Terminal } from '../terminal/terminal.ts';

/** A person at the console: a few habits of the hand over a real terminal. */
export interface Keyboard {
  readonly terminal: Terminal;
  see: Terminal['see'];
  /** Presses keys, each for itself, since Escape with a key behind it is another key. */
  press(...keys: string[]): void;
  type(text: string): void;
  /** Escape, and waits until what it closes is gone: a key right behind it would be taken for another key. */
  escape(from: string): Promise<void>;
  /** In a list: filters it down to the name, stands on the row of exactly that name, opens it. */
  open(name: string): Promise<void>;
  /** In a list of subscriptions: filters it down to the id and opens the one row. */
  openById(id: string): Promise<void>;
  /** From anywhere: opens the subscription of this id. */
  openSubscription(id: string): Promise<void>;
  /** On a subscription: opens the menu of actions and takes one. */
  act(label: string): Promise<void>;
  /** In a menu: stands on the line that begins with the label. */
  standOn(label: string): Promise<void>;
  /** At a plan that can be undone: y, as soon as the plan listens. Resolves with the plan as it was. */
  agree(): Promise<string>;
  /** At a plan that cannot be undone: types, letter by letter as a hand does, and presses Enter. */
  typeOut(text: string): Promise<void>;
  /** Leaves by q. */
  leave(): Promise<void>;
}

const bar = '▌';

export function keyboard(terminal: Terminal): Keyboard {
  const { see, press, type } = terminal;
  const cursorLine = (screen: string) => screen.split('\n').find((line) => line.includes(bar)) ?? '';
  const standsOn = (label: string) => (screen: string) =>
    cursorLine(screen)
      .slice(cursorLine(screen).indexOf(bar) + 1)
      .trimStart()
      .startsWith(label);

  /** Steps down until the cursor stands on the label. Waits for each step to be drawn. */
  async function stepTo(label: string): Promise<void> {
    let screen = await see((shown) => cursorLine(shown) !== '');
    while (!standsOn(label)(screen)) {
      const before = cursorLine(screen);
      press('down');
      screen = await see((shown) => cursorLine(shown) !== before && cursorLine(shown) !== '');
    }
  }

  /** Keys do not count before a plan has been seen for a moment: presses again until one did. */
  async function insist(key: string, done: (screen: string) => boolean): Promise<string> {
    for (;;) {
      press(key);
      const screen = await see(done, 250).catch(() => null);
      if (screen !== null) return screen;
    }
  }

  const self: Keyboard = {
    terminal,
    see,
    press: (...keys) => {
      for (const key of keys) press(key);
    },
    type,
    escape: async (from) => {
      press('escape');
      await see((screen) => !screen.includes(from));
    },
    open: async (name) => {
      press('/');
      type(name);
      press('enter');
      await see(/filter: .*shown/);
      await stepTo(name);
      press('enter');
      await see((screen) => !/filter: .*shown/.test(screen));
    },
    openSubscription: async (id) => {
      press(':');
      type('subscriptions');
      press('enter');
      await self.openById(id);
    },
    openById: async (id) => {
      press('/');
      type(`id="${id}"`);
      press('enter');
      await see('1 shown');
      press('enter');
      await see('[Overview]');
    },
    act: async (label) => {
      press('a');
      await see('Change the quantity');
      await stepTo(label);
      press('enter');
    },
    standOn: stepTo,
    agree: async () => {
      const plan = await see('Send is on');
      await insist('y', (screen) => !screen.includes('Send is on'));
      return plan;
    },
    typeOut: async (text) => {
      await see('type exactly');
      const letters = Array.from(text);
      for (const [index, letter] of letters.entries()) {
        const typed = `> ${letters.slice(0, index + 1).join('')}`;
        if (index === 0) await insist(letter, (screen) => screen.includes(typed));
        else {
          type(letter);
          await see(typed);
        }
      }
      press('enter');
    },
    leave: async () => {
      press('q');
      await terminal.exited;
    },
  };
  return self;
}
