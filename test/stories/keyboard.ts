import { setTimeout as pause } from 'node:timers/promises';
import type { Terminal } from '../terminal/terminal.ts';

/** A text, or a pattern if there are several ways to say it. */
type Label = string | RegExp;

/** A person at the console: common actions on a real terminal. */
export interface Keyboard {
  readonly terminal: Terminal;
  /** As the terminal's; a text is found also where a box breaks it over several lines. */
  see: Terminal['see'];
  /** Presses keys one by one, since Escape followed by a key is another key. */
  press(...keys: string[]): void;
  type(text: string): void;
  /** Escape, and waits until the closed element is gone: a key right after it would be taken for another key. */
  escape(from: string): Promise<void>;
  /** In a list: filters it, by the name or by another filter, and puts the cursor on the row of exactly that name. */
  filter(name: string, filter?: string): Promise<void>;
  /** The same, and opens it. */
  open(name: string): Promise<void>;
  /** In a list of subscriptions: filters it down to the id and opens the one row. */
  openById(id: string): Promise<void>;
  /** From anywhere: opens the subscription of this id. */
  openSubscription(id: string): Promise<void>;
  /** On a subscription: opens the menu of actions and takes one. */
  act(label: Label): Promise<void>;
  /** At a form of one number: types it and goes on to the plan. */
  fill(value: string | number): Promise<void>;
  /** By the palette. */
  goTo(place: string): Promise<void>;
  /** How often the bell rang. */
  bells(): number;
  /** In a menu: puts the cursor on the line that begins with the label. */
  standOn(label: Label): Promise<void>;
  /** At a reversible plan: y, as soon as the plan accepts keys. Resolves with the plan. */
  agree(): Promise<string>;
  /** At an irreversible plan: types letter by letter as a person does, and presses Enter. */
  typeOut(text: string): Promise<void>;
  /** Waits for the outcome of a write, and closes it. Resolves with the screen. */
  ends(how: 'done' | 'accepted' | 'refused'): Promise<string>;
  /** Quits with q. */
  leave(): Promise<void>;
}

const bar = '▌';
/** A line of an overlay up to its border: a part of a label is another label, and what stands beside the overlay is drawn later. */
const completeInOverlay = /│ ▌[^│]*│/;
/** Milliseconds. Subdeck ignores an Enter that follows a letter faster, since no person types that fast. */
const handsPause = 60;

export function keyboard(terminal: Terminal): Keyboard {
  const { press, type } = terminal;
  const see: Terminal['see'] = (wanted, milliseconds) =>
    terminal
      .see(
        typeof wanted === 'string' ? (screen) => screen.includes(wanted) || flowing(screen).includes(wanted) : wanted,
        milliseconds,
      )
      .catch((error: Error) => {
        throw new Error(`${String(wanted)}: ${error.message}`);
      });
  /** An overlay has the cursor, also while only its upper border is drawn: then the list below it has none. */
  const cursorLine = (screen: string) => {
    const lines = screen.split('\n').filter((line) => line.includes(bar));
    const inOverlay = lines.map((line) => completeInOverlay.exec(line)?.[0]).find((text) => text !== undefined);
    return inOverlay ?? (screen.includes('╭ ') ? '' : lines[0]) ?? '';
  };
  const standsOn = (label: Label) => (screen: string) => {
    const line = cursorLine(screen);
    const [text = ''] = line
      .slice(line.indexOf(bar) + 1)
      .trim()
      .split(/ {2,}| *│/);
    return typeof label === 'string' ? text === label : label.test(text);
  };

  /** Steps down until the cursor stands on the label. Waits for each step to be drawn. */
  async function stepTo(label: Label): Promise<void> {
    let screen = await see((shown) => cursorLine(shown) !== '');
    while (!standsOn(label)(screen)) {
      const before = cursorLine(screen);
      press('down');
      screen = await see((shown) => cursorLine(shown) !== before && cursorLine(shown) !== '');
    }
  }

  /** A plan ignores keys until it has been visible for a moment: presses again until one counts. */
  async function insist(key: string, done: (screen: string) => boolean): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      press(key);
      try {
        await see(done, 250);
        return;
      } catch (error) {
        if (tries === 60) throw error;
      }
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
    filter: async (name, filter = name) => {
      press('/');
      type(filter);
      press('enter');
      await see(/filter: .*shown/);
      await stepTo(name);
    },
    open: async (name) => {
      await self.filter(name);
      press('enter');
      await see((screen) => !/filter: .*shown/.test(screen));
    },
    openSubscription: async (id) => {
      await self.goTo('subscriptions');
      await self.openById(id);
    },
    openById: async (id) => {
      press('/');
      type(`id="${id}"`);
      press('enter');
      await see(/(?<!\d)1 shown/);
      press('enter');
      await see('[Overview]');
    },
    act: async (label) => {
      press('a');
      await see('Change the quantity');
      await stepTo(label);
      press('enter');
    },
    fill: async (value) => {
      await see('continue to the plan');
      type(String(value));
      press('enter');
    },
    goTo: async (place) => {
      press(':');
      type(place);
      press('enter');
      await see((screen) => !screen.includes('Anything'));
    },
    bells: () =>
      terminal
        .output()
        .replaceAll(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '')
        .split('\x07').length - 1,
    standOn: stepTo,
    agree: async () => {
      const plan = flowing(await see('Press  y  to send'));
      await insist('y', (screen) => !screen.includes('Press  y  to send'));
      return plan;
    },
    typeOut: async (text) => {
      await see(/type exactly|type the id/);
      // Enter with nothing typed sends nothing, and is answered as soon as the plan listens.
      await insist('enter', (screen) => /Type it out first|typed by hand/.test(screen));
      let typed = '> ';
      for (const letter of text) {
        typed += letter;
        type(letter);
        // A long text is scrolled: its end is in view.
        const end = typed.slice(-40).trimEnd();
        await see((screen) => screen.split('\n').some((line) => line.includes('> ') && line.includes(end)));
      }
      await pause(handsPause);
      press('enter');
    },
    ends: async (how) => {
      const ended = new RegExp(`╭ .*: ${how} ─`);
      const screen = await see((shown) => ended.test(shown) && shown.includes('Enter closes'));
      press('enter');
      await see((shown) => !ended.test(shown));
      return flowing(screen);
    },
    leave: async () => {
      press('q');
      await Promise.race([terminal.exited, see(() => false)]);
    },
  };
  return self;
}

/** The content of the boxes on a screen, as running text. */
function flowing(screen: string): string {
  const boxed = screen.split('\n').flatMap((line) => /│(.*)│/.exec(line)?.[1]?.trim() ?? []);
  return boxed.join(' ').replaceAll(/ +/g, ' ');
}
