/** Terminal input that is neither key nor paste. */
export type TerminalEvent =
  | { readonly kind: 'wheel'; readonly down: boolean; readonly x: number; readonly y: number }
  /** Cells from 0. */
  | { readonly kind: 'click'; readonly x: number; readonly y: number }
  | { readonly kind: 'background'; readonly light: boolean }
  /** A paste without an end marker in time, or above the limit: the text is the received part. */
  | { readonly kind: 'paste-cut'; readonly because: 'no end' | 'too long' };

/** A press or the wheel: `button`, column and row as in an SGR report. */
export function mouseEvent(button: number, column: number, row: number, pressed: boolean): readonly TerminalEvent[] {
  const x = column - 1;
  const y = row - 1;
  // With modifiers (4 shift, 8 alt, 16 control) the gesture belongs to the terminal.
  if (button === 64 || button === 65) return [{ kind: 'wheel', down: button === 65, x, y }];
  return button === 0 && pressed ? [{ kind: 'click', x, y }] : [];
}

/** Every form in which terminals write a colour; rxvt-unicode adds the opacity. */
const colour =
  /^11;(?:rgb:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})|rgba:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/[0-9a-f]{1,4}|#((?:[0-9a-f]{3}){1,4}))$/i;

/** The answer to the background query: `11;rgb:ffff/ffff/ffff`. */
export function backgroundEvent(answer: string): readonly TerminalEvent[] {
  const [found, ...parts] = colour.exec(answer) ?? [];
  if (found === undefined) return [];
  const digits = parts[6] ?? '';
  const third = digits.length / 3;
  const hexes =
    third === 0
      ? parts.slice(0, 6).filter((part) => part !== undefined)
      : [0, 1, 2].map((at) => digits.slice(at * third, (at + 1) * third));
  return [{ kind: 'background', light: brightness(hexes) > 0.5 }];
}

/** Relative luminance between 0 and 1. */
function brightness(hexes: readonly string[]): number {
  const [red = 0, green = 0, blue = 0] = hexes.map((hex) => Number.parseInt(hex, 16) / (16 ** hex.length - 1));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
