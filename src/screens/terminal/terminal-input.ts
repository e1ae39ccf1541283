import { altKey, plainKey } from './key-encodings.ts';
import { type OpenPaste, openPaste } from './open-paste.ts';
import { backgroundEvent, mouseEvent, type TerminalEvent } from './terminal-answer.ts';

export interface Heard {
  /** Complete keys and pastes in order; no sequence is incomplete. */
  readonly keys: string;
  readonly events: readonly TerminalEvent[];
}

export interface TerminalInput {
  /** `at`: its arrival (monotonic ms). */
  read(bytes: Uint8Array, at: number): Heard;
  /** Until when to wait for the rest of an incomplete sequence; null if there is none. */
  waitsUntil(): number | null;
  /** The rest did not arrive in time. */
  giveUp(): Heard;
}

/** Timeout for a sequence that may be a complete key: Esc, or Alt and a letter. */
const keyMilliseconds = 50;
/** Timeout for the rest of a certain sequence, over a slow line. */
const sequenceMilliseconds = 2_000;
const answerMilliseconds = 5_000;
/** A paste without input for this long has lost its end marker. */
const pasteMilliseconds = 1_000;
/** More keys than this in one piece were not typed by hand: they are the rest of a stalled paste. */
const mostTypedAtOnce = 3;
/** No answer and no report is longer. */
const longestSequence = 4_096;

const esc = '\u001b';
const escapeKey = `${esc}[27u`;

// Characters are bytes here: an old-style mouse report is not UTF-8, and a control character may be a single byte.
/** Text in UTF-8. C1 control characters, two bytes in UTF-8, are not text. */
const text =
  /(?:[\x20-\x7e]|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/y;
const begunCharacter = /(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})$/y;
const altCharacter =
  /\x1b(?:[\x00-\x1a\x1c-\x7f]|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})/y;
/** Linux and PuTTY have function keys with a second bracket, rxvt keys that end in a dollar sign. */
const consoleKey = /\x1b{1,2}\[(?:\[(?:[A-E]|\d~)|[235678]\$)/y;
const singleShift = /\x1b{1,2}O[\d;]*[\x40-\x7e]/y;
const oldMouse = /(?:\x1b{1,2}\[|\xc2?\x9b)M([\x20-\xff])([\x20-\xff])([\x20-\xff])/y;
const control = /(?:\x1b{1,2}\[|\xc2?\x9b)([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])/y;
/** Input that does not complete this or another sequence. */
const begunFixed = /(?:(?:\x1b{1,2}\[|\xc2?\x9b)(?:M[\x20-\xff]{0,2}|\[\d?)|\x1b{1,2}O[\d;]*)$/y;
const begunControl = /(?:\x1b{1,2}\[|\xc2?\x9b)[\x30-\x3f]*[\x20-\x2f]*/y;
/** A string that a terminal answers or reports, with its terminator. A control character in it cancels it. */
const string =
  /(?:(?:\x1b\]|\xc2?\x9d)(\d[^\x00-\x1f\x7f\x9c]*)|(?:\x1bP(?=[\d;!>+$|])|\x1b_(?=[A-Z])|\xc2?[\x90\x9f])[^\x00-\x1f\x7f\x9c]*)(?:\x07|\x1b\\|\x9c)/y;
const begunString =
  /(?:\x1b\](?=\d)|\xc2?\x9d|\x1bP(?=[\d;!>+$|])|\x1b_(?=[A-Z])|\xc2?[\x90\x9f])[^\x00-\x1f\x7f\x9c]*/y;
/** A partial answer to our own query; text typed meanwhile is not part of it. */
const begunAnswer = /(?:\x1b\]|\xc2?\x9d)11;[rgba:#\da-f/]*\xc2?/iy;
/** An escape, or an escape and a character that may be a key with Alt. */
const begunEscape = /^\x1b{1,2}[[O\]P_]?$/;
/** A sequence without its escape. */
const headless = /^(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\]\d+;|P[\d;!>+$|][^\x00-\x1f]*\x1b)/;
const pasteMark = '200~';
const pasteEnd = '201~';

/**
 * Splits terminal input into keys, pastes and reports. An incomplete sequence is kept until its timeout: no input, and
 * no missing input, blocks the keys that follow.
 */
export function terminalInput(): TerminalInput {
  let kept = '';
  /** When the incomplete sequence arrived, or the open paste last got input. */
  let since = 0;
  let paste: OpenPaste | null = null;
  /** The last piece of an open paste was a single escape. */
  let isEscapeAlone = false;
  /** A stalled paste was closed: the rest may still arrive. */
  let isDoubtful = false;
  /** An escape was taken as a key: the rest of its sequence may still arrive. */
  let isAfterEscape = false;

  const endPaste = (heard: Collected, because: 'no end' | 'too long' | null) => {
    if (paste === null) return;
    heard.paste(paste.text());
    const cut = because ?? (paste.isCut ? 'too long' : null);
    if (cut !== null) heard.events.push({ kind: 'paste-cut', because: cut });
    paste = null;
  };

  const inPaste = (open: OpenPaste, chunk: string, isAlone: boolean, heard: Collected): string => {
    if (isAlone && isCtrlC(chunk)) {
      endPaste(heard, 'no end');
      return chunk;
    }
    isEscapeAlone = isAlone && chunk === esc;
    const rest = open.add(chunk);
    if (rest !== null) {
      endPaste(heard, null);
      return rest;
    }
    // A person would have looked by then: the text may contain keys typed to end the paste.
    if (open.isCut && chunk.includes('\u0003')) {
      endPaste(heard, 'too long');
      return '\u0003';
    }
    return '';
  };

  const afterDoubt = (chunk: string, heard: Collected): string => {
    const end = chunk.indexOf(`${esc}[${pasteEnd}`);
    if (end !== -1) {
      isDoubtful = false;
      heard.paste(chunk.slice(0, end));
      return chunk.slice(end + pasteEnd.length + 2);
    }
    isDoubtful = keysIn(chunk) > mostTypedAtOnce;
    if (!isDoubtful) return chunk;
    heard.paste(chunk);
    return '';
  };

  return {
    read: (bytes, at) => {
      const chunk = latin1(bytes);
      const heard = new Collected();
      if (kept === '') since = at;
      let isAlone = paste !== null;
      let rest = kept + (isDoubtful ? afterDoubt(chunk, heard) : chunk);
      if (isAfterEscape && headless.test(rest)) rest = esc + rest;
      isAfterEscape = false;
      kept = '';
      while (rest !== '') {
        if (paste !== null) {
          rest = inPaste(paste, rest, isAlone, heard);
          isAlone = false;
          since = at;
          continue;
        }
        const next = firstOf(rest, heard);
        if (next === 'begun') {
          kept = rest;
          break;
        }
        if (next.paste !== undefined) {
          paste = openPaste(next.paste);
          isEscapeAlone = false;
        }
        rest = rest.slice(next.length);
        since = at;
      }
      return heard.all();
    },
    waitsUntil: () => {
      if (paste !== null) return since + (isEscapeAlone ? keyMilliseconds : pasteMilliseconds);
      if (kept === '') return null;
      if (matched(begunAnswer, kept) !== null) return since + answerMilliseconds;
      return since + (/^\x1b{1,2}[O_]?$/.test(kept) ? keyMilliseconds : sequenceMilliseconds);
    },
    giveUp: () => {
      const heard = new Collected();
      if (paste !== null) {
        endPaste(heard, 'no end');
        if (isEscapeAlone) heard.keys += escapeKey;
        isDoubtful = !isEscapeAlone;
        isAfterEscape = isEscapeAlone;
        isEscapeAlone = false;
      } else if (begunEscape.test(kept)) {
        isAfterEscape = kept.endsWith(esc);
        const letter = kept.replaceAll(esc, '');
        const escapes = kept.length - letter.length - (letter === '' ? 0 : 1);
        heard.keys += escapeKey.repeat(escapes) + (letter === '' ? '' : altKey(letter));
      } else if (matched(begunCharacter, kept) !== null) heard.keys += '\ufffd';
      kept = '';
      return heard.all();
    },
  };
}

class Collected {
  keys = '';
  readonly events: TerminalEvent[] = [];

  /** Complete and marked, so that nothing in it is a key. */
  paste(bytes: string): void {
    const inside = utf8(bytes).replaceAll(`${esc}[${pasteEnd}`, '');
    this.keys += `${esc}[${pasteMark}${inside}${esc}[${pasteEnd}`;
  }

  all(): Heard {
    return { keys: this.keys, events: this.events };
  }
}

/**
 * Matches the first key, report or piece of text and returns its length; `paste`: the end marker of the paste that it
 * begins.
 */
function firstOf(rest: string, heard: Collected): 'begun' | { readonly length: number; readonly paste?: string } {
  const typed = matched(text, rest);
  if (typed !== null) {
    heard.keys += utf8(typed[0]);
    return { length: typed[0].length };
  }
  if (matched(begunCharacter, rest) !== null) return 'begun';
  const first = rest.charCodeAt(0);
  if (first !== 0x1b && first < 0x80) {
    heard.keys += rest.charAt(0);
    return { length: 1 };
  }
  const key = matched(consoleKey, rest) ?? matched(singleShift, rest);
  if (key !== null) {
    heard.keys += key[0];
    return { length: key[0].length };
  }
  if (begunEscape.test(rest)) return 'begun';
  if (matched(begunFixed, rest) !== null) return rest.length < longestSequence ? 'begun' : { length: rest.length };
  const mouse = matched(oldMouse, rest);
  if (mouse !== null) {
    const [button = 0, column = 0, row = 0] = mouse.slice(1).map((byte) => byte.charCodeAt(0) - 32);
    heard.events.push(...mouseEvent(button, column, row, (button & 3) !== 3));
    return { length: mouse[0].length };
  }
  const sequence = matched(control, rest);
  if (sequence !== null) return hearControl(sequence, heard);
  const report = matched(string, rest);
  if (report !== null) {
    heard.events.push(...backgroundEvent((report[1] ?? '').replace(/\xc2$/, '')));
    return { length: report[0].length };
  }
  return hearBegun(rest, heard);
}

/** An incomplete sequence, or one cancelled by a control character in it, which is then handled next. */
function hearBegun(rest: string, heard: Collected): 'begun' | { readonly length: number } {
  const [begun = ''] = matched(begunAnswer, rest) ?? matched(begunString, rest) ?? matched(begunControl, rest) ?? [];
  if (begun !== '') {
    const isToBeEnded = begun.length + 1 === rest.length && rest.endsWith(esc);
    const isOpen = begun.length === rest.length || isToBeEnded;
    return isOpen && begun.length < longestSequence ? 'begun' : { length: begun.length };
  }
  const withCharacter = matched(altCharacter, rest);
  if (withCharacter !== null) heard.keys += altKey(utf8(withCharacter[0].slice(1)));
  else if (rest.startsWith(esc)) heard.keys += escapeKey;
  else if (rest.charCodeAt(0) >= 0xa0) heard.keys += '\ufffd';
  return { length: withCharacter?.[0].length ?? 1 };
}

function hearControl(
  sequence: RegExpExecArray,
  heard: Collected,
): { readonly length: number; readonly paste?: string } {
  const [whole, parameters = '', final = ''] = sequence;
  const { length } = whole;
  if (parameters === '200' && final === '~') {
    return { length, paste: `${whole.slice(0, -pasteMark.length)}${pasteEnd}` };
  }
  if (parameters === '201' && final === '~') return { length };
  const [, button, column, row] = /^<(\d{1,4});(\d{1,5});(\d{1,5})$/.exec(parameters) ?? [];
  if (row !== undefined && (final === 'M' || final === 'm')) {
    heard.events.push(...mouseEvent(Number(button), Number(column), Number(row), final === 'M'));
    return { length };
  }
  const plain = plainKey(parameters, final);
  const isEight = !whole.startsWith(esc);
  heard.keys += plain ?? (isEight ? `${esc}[${whole.slice(whole.indexOf('\x9b') + 1)}` : whole);
  return { length };
}

/** One press of Ctrl-C and nothing else, in any encoding. */
function isCtrlC(chunk: string): boolean {
  if (chunk === '\u0003') return true;
  const sequence = matched(control, chunk);
  return sequence?.[0] === chunk && plainKey(sequence[1] ?? '', sequence[2] ?? '') === '\u0003';
}

function keysIn(chunk: string): number {
  return utf8(chunk.replaceAll(/\x1b{1,2}(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|O.)/g, 'k')).length;
}

function matched(sticky: RegExp, rest: string): RegExpExecArray | null {
  sticky.lastIndex = 0;
  return sticky.exec(rest);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
