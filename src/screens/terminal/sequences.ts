const csi = (text: string) => `\u001b[${text}`;

const mouseModes = ['1000', '1002', '1003', '1006'] as const;
const mouseOff = mouseModes.map((mode) => csi(`?${mode}l`)).join('');
const pasteOff = csi('?2004l');
const cursorShown = csi('?25h');
const synchronizedOff = csi('?2026l');
const plain = csi('0m');

const alternateScreen = csi('?1049h');

/** Terminals keep the cursor position when they switch screens: a frame begins in the first cell. */
export function fromFirstCell(bytes: string): string {
  return bytes.replace(alternateScreen, alternateScreen + csi('H'));
}

/** Modes that the console enables when it takes a terminal over. */
export function enter(mouse: boolean): string {
  return alternateScreen + csi('?25l') + csi('?2004h') + (mouse ? mouseOn : '');
}

/** Button presses and the wheel, with unlimited coordinates. */
export const mouseOn = csi('?1000h') + csi('?1006h');

/** Restores the terminal: safe to send repeatedly, whichever modes were on. */
export const leave = synchronizedOff + mouseOff + pasteOff + plain + csi('?1049l') + cursorShown;

/** The same when the alternate screen was already left: the shell's cursor stays in place. */
export const leaveModes = synchronizedOff + mouseOff + pasteOff + plain + cursorShown;

/**
 * Restores a terminal that a killed program left behind, before anything is drawn. Unlike `leave` it does not move the
 * cursor, so that a healthy terminal is unchanged.
 */
export const repair = synchronizedOff + mouseOff + pasteOff + plain + csi('?1047l') + cursorShown;

/** Clears the screen before the next frame; the terminal shows nothing until the frame is complete. */
export const startOver = csi('?2026h') + csi('H') + csi('2J');

/** Queries the terminal's background colour; terminals that support it answer. */
export const askBackground = '\u001b]11;?\u0007';
