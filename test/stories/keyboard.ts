import { setTimeout as pause } from 'node:timers/promises';
import type { Terminal } from '../terminal/terminal.ts';

/** A text, or a pattern if several texts are possible. */
type Label = string | RegExp;

/** A person at the console: common actions on a real terminal. */
export interface Keyboard {
  readonly terminal: Terminal;
  /** Like the terminal's, but also finds a text that a box wraps over several lines. */
  see: Terminal['see'];
  /** Presses keys one by one, since Escape followed by a key is a different key. */
  press(...keys: string[]): void;
  type(text: string): void;
  /** Pastes a text, as from a ticket. */
  paste(text: string): void;
  /** Key presses so far, beside pasted text and typed confirmations. */
  presses(): number;
  /** Presses Escape and waits until the closed element is gone: a key sent too early would combine with the Escape. */
  escape(from: string): Promise<void>;
  /** In a list: filters it, by name or by another filter, and moves the cursor to the row with exactly that name. */
  filter(name: string, filter?: string): Promise<void>;
  /** The same, and opens it. */
  open(name: string): Promise<void>;
  /** In a list of subscriptions: filters it down to the id and opens the one row. */
  openById(id: string): Promise<void>;
  /** From any screen: opens the subscription with this id. */
  openSubscription(id: string): Promise<void>;
  /** On a subscription: opens the menu of actions and selects one. */
  act(label: Label): Promise<void>;
  /** In a form with one number: types it and continues to the plan. */
  fill(value: string | number): Promise<void>;
  /** Through the palette. */
  goTo(place: string): Promise<void>;
  /** How often the bell rang. */
  bells(): number;
  /** In a menu: moves the cursor to the line that starts with the label. */
  standOn(label: Label): Promise<void>;
  /** On a reversible plan: presses y as soon as the plan accepts keys. Resolves with the plan. */
  agree(): Promise<string>;
  /** On an irreversible plan: types letter by letter like a person, and presses Enter. */
  typeOut(text: string): Promise<void>;
  /** Waits for the outcome of a write and closes it. Resolves with the screen. */
  ends(how: 'done' | 'accepted' | 'refused'): Promise<string>;
  /** Quits with q. */
  leave(): Promise<void>;
}

const bar = '▌';
/** A line of an overlay up to its border: part of a label may be another label, and what is beside the overlay is drawn later. */
const completeInOverlay = /│ ▌[^│]*│/;
/** Milliseconds. Subdeck ignores an Enter that follows a letter faster than a person could type it. */
const handsPause = 60;

export function keyboard(terminal: Terminal): Keyboard {
  let presses = 0;
  const press = (...keys: string[]) => {
    presses += keys.length;
    terminal.press(...keys);
  };
  const type = (text: string) => {
    presses += [...text].length;
    terminal.type(text);
  };
  const see: Terminal['see'] = (wanted, milliseconds) =>
    terminal
      .see(
        typeof wanted === 'string' ? (screen) => screen.includes(wanted) || flowing(screen).includes(wanted) : wanted,
        milliseconds,
      )
      .catch((error: Error) => {
        throw new Error(`${String(wanted)}: ${error.message}`);
      });
  /** An overlay takes the cursor even while only its upper border is drawn; the list below then has none. */
  const cursorLine = (screen: string) => {
    const lines = screen.split('\n').filter((line) => line.includes(bar));
    const inOverlay = lines.map((line) => completeInOverlay.exec(line)?.[0]).find((text) => text !== undefined);
    return inOverlay ?? (screen.includes('╭ ') ? '' : lines[0]) ?? '';
  };
  /** The beginning of the line under the cursor: what stands behind it may be drawn later. */
  const labelOf = (screen: string) => {
    const line = cursorLine(screen);
    const [text = ''] = line
      .slice(line.indexOf(bar) + 1)
      .trim()
      .split(/ {2,}| *│/);
    return text;
  };
  const standsOn = (label: Label) => (screen: string) =>
    typeof label === 'string' ? labelOf(screen) === label : label.test(labelOf(screen));

  /** Moves down until the cursor is on the label. Waits until each step is drawn. */
  async function stepTo(label: Label): Promise<void> {
    let screen = await see((shown) => cursorLine(shown) !== '');
    while (!standsOn(label)(screen)) {
      const before = cursorLine(screen);
      const [label, isMenu] = [labelOf(screen), completeInOverlay.test(screen)];
      press('down');
      screen = await see((shown) =>
        isMenu
          ? labelOf(shown) !== label && labelOf(shown) !== ''
          : cursorLine(shown) !== before && cursorLine(shown) !== '',
      );
    }
  }

  /** A plan ignores keys until it has been visible for a moment: repeats the key until one counts. */
  async function insist(key: string, done: (screen: string) => boolean): Promise<void> {
    presses += 1;
    for (let tries = 1; ; tries += 1) {
      terminal.press(key);
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
    paste: (text) => terminal.type(`\u001b[200~${text}\u001b[201~`),
    presses: () => presses,
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
      await see(/│ ▌ /);
      await stepTo(label);
      press('enter');
    },
    fill: async (value) => {
      await see('Tab next field');
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
      // Enter without any text sends nothing, and is answered as soon as the plan accepts keys.
      await insist('enter', (screen) => /Type the text first|type it by hand/.test(screen));
      let typed = '> ';
      for (const letter of text) {
        typed += letter;
        terminal.type(letter);
        // A long text is scrolled, so that its end is visible.
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

/** The content of the boxes on a screen, as continuous text. */
function flowing(screen: string): string {
  const boxed = screen.split('\n').flatMap((line) => /│(.*)│/.exec(line)?.[1]?.trim() ?? []);
  return boxed.join(' ').replaceAll(/ +/g, ' ');
}
