const esc = '\u001b';

/** Modifier bits as terminals count them, minus one. */
const shift = 1;
const alt = 2 | 8 | 32;
const control = 4;
/** Caps lock and num lock: ignored. */
const locks = 64 | 128;

interface EncodedKey {
  readonly code: number;
  /** The shifted character, and the key's position on a US layout: terminals may report both. */
  readonly shifted?: number;
  readonly base?: number;
  readonly modifiers: number;
  readonly text?: string;
}

/**
 * Converts a key to its legacy encoding. Terminals have three other encodings, which name the character by number; they
 * are on because of the user's settings or another program. '' is no key press; null is another sequence.
 */
export function plainKey(parameters: string, final: string): string | null {
  const key = modifyOtherKeys(parameters, final) ?? unicodeKey(parameters, final) ?? windowsKey(parameters, final);
  if (key !== null) return key === 'released' ? '' : written(key);
  return isRelease(parameters) ? '' : null;
}

/** xterm: `CSI 27 ; modifiers ; code ~`. */
function modifyOtherKeys(parameters: string, final: string): EncodedKey | null {
  const [, modifiers, code] = (final === '~' && /^27;(\d{1,3});(\d{1,7})$/.exec(parameters)) || [];
  return code === undefined ? null : { code: Number(code), modifiers: Number(modifiers) - 1 };
}

/** `CSI code : shifted : base ; modifiers : event ; text u`; only the code is required. */
function unicodeKey(parameters: string, final: string): EncodedKey | 'released' | null {
  if (final !== 'u') return null;
  const form = /^(\d{1,7})(?::(\d{0,7}))?(?::(\d{1,7}))?(?:;(\d{0,3})(?::(\d))?)?(?:;([\d:]*))?$/;
  const [, code, shifted, base, modifiers, event, text] = form.exec(parameters) ?? [];
  if (code === undefined) return null;
  if (event === '3') return 'released';
  return {
    code: Number(code),
    ...(shifted ? { shifted: Number(shifted) } : {}),
    ...(base ? { base: Number(base) } : {}),
    modifiers: modifiers ? Number(modifiers) - 1 : 0,
    ...(text ? { text: text.split(':').map(Number).map(character).join('') } : {}),
  };
}

const windowsNames: Readonly<Record<number, string>> = {
  33: `${esc}[5~`,
  34: `${esc}[6~`,
  35: `${esc}[F`,
  36: `${esc}[H`,
  37: `${esc}[D`,
  38: `${esc}[A`,
  39: `${esc}[C`,
  40: `${esc}[B`,
  46: `${esc}[3~`,
};

/** Windows: `CSI virtual key ; scan code ; character ; down ; state ; count _`. */
function windowsKey(parameters: string, final: string): EncodedKey | 'released' | null {
  const form = /^(\d*);(\d*);(\d*);([01]?)(?:;(\d*))?(?:;\d*)?$/;
  const [, virtual, , code, down] = (final === '_' && form.exec(parameters)) || [];
  if (virtual === undefined) return null;
  if (down !== '1') return 'released';
  const text = windowsNames[Number(virtual)];
  if (code === '' || code === '0') return text === undefined ? 'released' : { code: 0, modifiers: 0, text };
  // The character with its modifiers applied: Ctrl-C is 3.
  return { code: 0, modifiers: 0, text: character(Number(code)) };
}

/** `CSI 1 ; modifiers : 3 A`: the release of a key whose press was handled. */
function isRelease(parameters: string): boolean {
  return /^\d+;\d+:3$/.test(parameters);
}

const keypad: Readonly<Record<number, string>> = {
  57409: '.',
  57410: '/',
  57411: '*',
  57412: '-',
  57413: '+',
  57414: '\r',
  57415: '=',
};
const firstKeypadDigit = 57399;
const privateUse = [57344, 63743] as const;

function written({ code, shifted, base, modifiers, text }: EncodedKey): string {
  const held = modifiers & ~locks;
  const numbered = `${esc}[${code};${(held & ~alt) + (held & alt ? 2 : 0) + 1}u`;
  if ((held & control) !== 0) {
    // A non-Latin layout reports the key's position on a US layout.
    const letter = character(base ?? code).toLowerCase();
    // Four letters share their control character with another key.
    const isPlain = /^[a-z]$/.test(letter) && !'hijm'.includes(letter) && (held & alt) === 0;
    if (isPlain) return String.fromCharCode(letter.charCodeAt(0) - 96);
    return /^[a-z]$/.test(letter) ? numbered.replace(String(code), String(letter.charCodeAt(0))) : numbered;
  }
  if (text !== undefined) return text === esc ? `${esc}[27u` : text;
  if (code === 9 && (held & shift) !== 0) return `${esc}[Z`;
  if (code === 27) return `${esc}[27u`;
  const typed = typedBy(code, shifted, (held & shift) !== 0);
  if (typed === null) return numbered;
  return (held & alt) === 0 ? typed : altKey(typed);
}

/** The character that the key types, or null. */
function typedBy(code: number, shifted: number | undefined, isShifted: boolean): string | null {
  if (code === 13 || code === 9) return character(code);
  if (code === 127 || code === 8) return '\u007f';
  if (code >= firstKeypadDigit && code < firstKeypadDigit + 10) return String(code - firstKeypadDigit);
  const onKeypad = keypad[code];
  if (onKeypad !== undefined) return onKeypad;
  if (code < 32 || (code >= privateUse[0] && code <= privateUse[1])) return null;
  if (!isShifted) return character(code);
  return shifted === undefined ? character(code).toUpperCase() : character(shifted);
}

/** Alt and a character: an escape prefix, except for characters that would begin a sequence after it. */
export function altKey(typed: string): string {
  return /^[[O\]PX^_\u001b]$/.test(typed) ? `${esc}[${typed.codePointAt(0)};3u` : `${esc}${typed}`;
}

function character(code: number): string {
  const isScalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isScalar ? String.fromCodePoint(code) : '\ufffd';
}
