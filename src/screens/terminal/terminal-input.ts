/** What a terminal sends beside keys and pastes. */
export type TerminalEvent =
  | { readonly kind: 'wheel'; readonly down: boolean; readonly x: number; readonly y: number }
  /** Cells from 0. */
  | { readonly kind: 'click'; readonly x: number; readonly y: number }
  | { readonly kind: 'background'; readonly light: boolean };

export interface TerminalInput {
  /** Keys and pastes, as they came. */
  readonly keys: string;
  readonly events: readonly TerminalEvent[];
}

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
/** A mouse report, an answer about the background, or the beginning of a paste. */
const special =
  /\u001b\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])|\u001b\]11;rgb:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})(?:\u0007|\u001b\\)|\u001b\[200~/gi;
/** The beginning of a report whose rest is on its way. */
const unfinished = /\u001b(?:\[<[\d;]{0,16}|\]11;?[rgb:0-9a-f/]{0,24}\u001b?)$/i;

/**
 * Parts what a terminal sends into keys and reports. Keeps what is only begun until its rest comes. A paste is text, so
 * nothing in it is a report.
 */
export function terminalInput(): (chunk: string) => TerminalInput {
  let kept = '';
  let pasting = false;
  return (chunk) => {
    let rest = kept + chunk;
    kept = '';
    let keys = '';
    const events: TerminalEvent[] = [];
    while (rest !== '') {
      if (pasting) {
        const end = rest.indexOf(pasteEnd);
        const until = end === -1 ? rest.length : end + pasteEnd.length;
        keys += rest.slice(0, until);
        rest = rest.slice(until);
        pasting = end === -1;
        continue;
      }
      special.lastIndex = 0;
      const found = special.exec(rest);
      if (found === null) {
        const begun = unfinished.exec(rest);
        keys += begun === null ? rest : rest.slice(0, begun.index);
        kept = begun === null ? '' : rest.slice(begun.index);
        break;
      }
      keys += rest.slice(0, found.index);
      rest = rest.slice(found.index + found[0].length);
      if (found[0] === pasteStart) {
        keys += pasteStart;
        pasting = true;
      } else events.push(...eventOf(found));
    }
    return { keys, events };
  };
}

function eventOf(found: RegExpExecArray): readonly TerminalEvent[] {
  const [, button, column, row, press, red, green, blue] = found;
  if (red !== undefined && green !== undefined && blue !== undefined) {
    return [{ kind: 'background', light: brightness(red, green, blue) > 0.5 }];
  }
  const x = Number(column) - 1;
  const y = Number(row) - 1;
  // Modifiers (4 shift, 8 alt, 16 control) make another gesture, which belongs to the terminal.
  if (button === '64' || button === '65') return [{ kind: 'wheel', down: button === '65', x, y }];
  return button === '0' && press === 'M' ? [{ kind: 'click', x, y }] : [];
}

/** Between 0 and 1, as eyes weigh colours. */
function brightness(red: string, green: string, blue: string): number {
  const share = (hex: string) => Number.parseInt(hex, 16) / (16 ** hex.length - 1);
  return 0.299 * share(red) + 0.587 * share(green) + 0.114 * share(blue);
}
