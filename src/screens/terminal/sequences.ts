const csi = (text: string) => `\u001b[${text}`;

const mouseModes = ['1000', '1002', '1003', '1006'] as const;
const mouseOff = mouseModes.map((mode) => csi(`?${mode}l`)).join('');
const pasteOff = csi('?2004l');
const cursorShown = csi('?25h');
const synchronizedOff = csi('?2026l');
const plain = csi('0m');

const alternateScreen = csi('?1049h');

/** Terminals leave the cursor where it was when they change to the other screen: a frame begins in its first cell. */
export function fromFirstCell(bytes: string): string {
  return bytes.replace(alternateScreen, alternateScreen + csi('H'));
}

/** What the console switches on when it takes a terminal over. */
export function enter(mouse: boolean): string {
  return alternateScreen + csi('?25l') + csi('?2004h') + (mouse ? mouseOn : '');
}

/** Presses and the wheel, with coordinates of any size. */
export const mouseOn = csi('?1000h') + csi('?1006h');

/** Gives the terminal back: safe to send more than once, and whatever of it was on. */
export const leave = synchronizedOff + mouseOff + pasteOff + plain + csi('?1049l') + cursorShown;

/** The same where the console is not on the alternate screen any more: the shell's cursor stays where it is. */
export const leaveModes = synchronizedOff + mouseOff + pasteOff + plain + cursorShown;

/**
 * Mends a terminal that a killed program left behind, before anything is drawn. Unlike `leave` it moves no cursor, so that
 * a terminal that is well stays as it is.
 */
export const repair = synchronizedOff + mouseOff + pasteOff + plain + csi('?1047l') + cursorShown;

/** The next frame begins on an empty screen; the terminal shows nothing of it until the frame is whole. */
export const startOver = csi('?2026h') + csi('H') + csi('2J');

/** Asks the terminal for its background colour; those that know it answer. */
export const askBackground = '\u001b]11;?\u0007';
