import { hasOpenPem } from '../model/pem.ts';

/** What is typed or pasted at a terminal that shows nothing of it. Takes what the terminal sends, in pieces as they come. */
export interface UnseenText {
  take(piece: string): 'more' | 'done' | 'interrupt';
  /** What was given; null where several lines came that belong to no key, or more than any secret has. */
  text(): string | null;
}

/** Longer than any keychain keeps. */
const longest = 2 ** 17;
/** Longer sequences of a terminal do not exist. */
const longestSequence = 4096;

/**
 * Enter ends it, except in a paste, and inside a key in PEM form, whose lines come as if each were typed where the terminal
 * does not mark pastes. Sequences of keys without a text, and late answers of the terminal, are no part of it.
 */
export function unseenText(): UnseenText {
  let given = '';
  let sequence = '';
  let isPasting = false;
  let last = '';
  let hasMoreLines = false;
  const add = (character: string) => {
    if (given.length <= longest) given += character;
  };
  const endOfSequence = () => {
    if (sequence === '\x1b[200~') isPasting = true;
    if (sequence === '\x1b[201~') isPasting = false;
    sequence = '';
  };
  const key = (character: string): 'more' | 'done' | 'interrupt' => {
    const isSecondHalf = character === '\n' && last === '\r';
    last = character;
    if (character === '\x03') return 'interrupt';
    if (character === '\r' || character === '\n') {
      if (isSecondHalf) return 'more';
      if (!isPasting && !hasOpenPem(given)) return 'done';
      add('\n');
    } else if (isPasting) add(character);
    else if (character === '\x04') return given === '' ? 'done' : 'more';
    else if (character === '\x7f' || character === '\b') given = given.slice(0, lastCharacter(given));
    else if (character === '\x15' || character === '\x17') given = '';
    else if (character >= ' ') add(character);
    return 'more';
  };
  return {
    take: (piece) => {
      let at = 0;
      for (const character of piece) {
        at += character.length;
        if (sequence !== '' || character === '\x1b') {
          // A lone Esc before Enter or Ctrl-C is no sequence.
          const isKey = sequence === '\x1b' && character < ' ' && character !== '\x1b';
          if (!isKey) {
            sequence += character;
            if (isWhole(sequence)) endOfSequence();
            continue;
          }
          sequence = '';
        }
        const end = key(character);
        if (end === 'more') continue;
        hasMoreLines = piece.slice(at).trim() !== '';
        return end;
      }
      return 'more';
    },
    text: () => {
      let whole = given;
      while (whole.endsWith('\n')) whole = whole.slice(0, -1);
      const isOneLine = !hasMoreLines && !whole.includes('\n');
      return given.length <= longest && (isOneLine || whole.includes('-----BEGIN ')) ? whole : null;
    },
  };
}

function lastCharacter(text: string): number {
  return text.length - (/[\ud800-\udbff][\udc00-\udfff]$/.test(text) ? 2 : 1);
}

/** Whether nothing more belongs to a sequence: CSI, SS3, a text up to BEL or ST, or Alt and a key. */
function isWhole(sequence: string): boolean {
  if (sequence.length > longestSequence) return true;
  const [, kind] = sequence;
  if (kind === undefined) return false;
  if (kind === '[') return sequence.length > 2 && /[\x40-\x7e]$/.test(sequence);
  if (kind === 'O') return sequence.length > 2;
  if (/[\]PX^_]/.test(kind)) return /(?:\x07|\x1b\\)$/.test(sequence);
  return true;
}
