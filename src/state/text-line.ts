/** One line of typed text with its caret, a UTF-16 offset that is always between characters. */
export interface TextLine {
  readonly text: string;
  readonly caret: number;
  /** All of the text is selected, as of a proposal: typing replaces it, and a key that moves the caret keeps it. */
  readonly isSelected: boolean;
}

/** A line of this length accepts no more text. */
const longest = 4096;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function textLine(text = ''): TextLine {
  return { text, caret: text.length, isSelected: false };
}

/** A proposed text. */
export function proposedLine(text: string): TextLine {
  return { ...textLine(text), isSelected: text !== '' };
}

/** Control characters in a paste become spaces, so that it stays one line. */
export function insert(before: TextLine, typed: string): TextLine {
  const line = before.isSelected ? textLine() : before;
  const clean = typed.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  const room = longest - line.text.length;
  const fitting = clean.length > room ? clean.slice(0, Math.max(0, room)).toWellFormed() : clean;
  return {
    text: line.text.slice(0, line.caret) + fitting + line.text.slice(line.caret),
    caret: line.caret + fitting.length,
    isSelected: false,
  };
}

/** Applies an editing key to a line; null if the key is not one. */
export function edit(line: TextLine, key: string): TextLine | null {
  const edited = editCharacters(line, key);
  if (edited === null || !line.isSelected) return edited;
  return movingKeys.has(key) ? { ...edited, isSelected: false } : textLine();
}

const movingKeys: ReadonlySet<string> = new Set([
  'left',
  'ctrl+b',
  'right',
  'ctrl+f',
  'home',
  'ctrl+a',
  'end',
  'ctrl+e',
]);

function editCharacters(line: TextLine, key: string): TextLine | null {
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return { ...line, caret: before(line) };
    case 'right':
    case 'ctrl+f':
      return { ...line, caret: after(line) };
    case 'home':
    case 'ctrl+a':
      return { ...line, caret: 0 };
    case 'end':
    case 'ctrl+e':
      return { ...line, caret: line.text.length };
    case 'backspace':
      return cut(line, before(line), line.caret);
    case 'delete':
    case 'ctrl+d':
      return cut(line, line.caret, after(line));
    case 'ctrl+u':
      return cut(line, 0, line.caret);
    case 'ctrl+k':
      return cut(line, line.caret, line.text.length);
    case 'ctrl+w':
      return cut(line, wordBefore(line.text.slice(0, line.caret)), line.caret);
    default:
      return null;
  }
}

function cut(line: TextLine, from: number, to: number): TextLine {
  return { ...line, text: line.text.slice(0, from) + line.text.slice(to), caret: from };
}

/** Where the last word of a text begins. */
function wordBefore(text: string): number {
  let at = text.trimEnd().length;
  if (at === 0) return text.length;
  while (at > 0 && text.charAt(at - 1).trim() !== '') at -= 1;
  return at;
}

function before(line: TextLine): number {
  let last = 0;
  for (const { index } of characters.segment(line.text)) {
    if (index >= line.caret) break;
    last = index;
  }
  return last;
}

function after(line: TextLine): number {
  const next = characters.segment(line.text).containing(line.caret);
  return next === undefined ? line.text.length : next.index + next.segment.length;
}
