/** One key: its name as spelled in the settings, and the text it types, if any. */
export interface KeyPress {
  readonly name: string;
  readonly text: string | null;
}

/** The parts of Ink's key event that name a key. */
export interface KeyEvent {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['escape', 'escape'],
] as const satisfies readonly (readonly [keyof KeyEvent, string])[];

/** Splits terminal input into keys: keys pressed quickly arrive as one string, such as `jj`. */
export function keyPresses(input: string, key: KeyEvent): readonly KeyPress[] {
  for (const [flag, name] of named) {
    if (!key[flag]) continue;
    if (name === 'tab' && key.shift) return [{ name: 'shift+tab', text: null }];
    return [{ name, text: null }];
  }
  if (key.ctrl) return input === '' ? [] : [{ name: `ctrl+${input === ' ' ? 'space' : input}`, text: null }];
  if (key.meta) return input === '' ? [] : [{ name: `alt+${input}`, text: null }];
  return Array.from(input, characterPress).filter((press) => press !== null);
}

function characterPress(character: string): KeyPress | null {
  switch (character) {
    case ' ':
      return { name: 'space', text: ' ' };
    case '\r':
    case '\n':
      return { name: 'enter', text: null };
    case '\t':
      return { name: 'tab', text: null };
    case '\b':
    case '\u007f':
      return { name: 'backspace', text: null };
    default:
      if (/[\u0001-\u001a]/.test(character)) return { name: `ctrl+${controlLetter(character)}`, text: null };
      return /\p{Cc}/u.test(character) ? null : { name: character, text: character };
  }
}

function controlLetter(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + 96);
}
