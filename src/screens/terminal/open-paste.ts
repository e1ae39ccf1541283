/** Bytes of one paste that are taken. */
export const longestPaste = 2 ** 20;

/** A paste whose end has not come yet. Its characters are bytes. */
export interface OpenPaste {
  /** Takes more of it; gives what follows its end, null while there is none. */
  add(chunk: string): string | null;
  text(): string;
  readonly isCut: boolean;
}

/** `end`: what the terminal sends after it. */
export function openPaste(end: string): OpenPaste {
  const pieces: string[] = [];
  let length = 0;
  /** What may be the beginning of the end, kept apart from the text. */
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
