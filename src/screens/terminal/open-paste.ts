/** Maximum bytes of a paste. */
export const longestPaste = 2 ** 20;

/** A paste whose end marker has not arrived. Its characters are bytes. */
export interface OpenPaste {
  /** Adds input; returns what follows the end marker, or null until it arrives. */
  add(chunk: string): string | null;
  text(): string;
  readonly isCut: boolean;
}

/** `end`: the end marker. */
export function openPaste(end: string): OpenPaste {
  const pieces: string[] = [];
  let length = 0;
  /** A possible beginning of the end marker, kept apart from the text. */
  let tail = '';
  let isCut = false;
  const keep = (piece: string) => {
    const taken = piece.slice(0, longestPaste - length);
    if (taken.length < piece.length) isCut = true;
    if (taken === '') return;
    pieces.push(taken);
    length += taken.length;
  };
  return {
    add: (chunk) => {
      const more = tail + chunk;
      const at = more.indexOf(end);
      tail = '';
      if (at !== -1) {
        keep(more.slice(0, at));
        return more.slice(at + end.length);
      }
      const begun = beginsAtEnd(more, end);
      keep(more.slice(0, more.length - begun));
      tail = more.slice(more.length - begun);
      return null;
    },
    text: () => pieces.join(''),
    get isCut() {
      return isCut;
    },
  };
}

/** How many of the last characters of `text` are a beginning of `end`. */
function beginsAtEnd(text: string, end: string): number {
  for (let length = Math.min(end.length - 1, text.length); length > 0; length -= 1) {
    if (end.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
