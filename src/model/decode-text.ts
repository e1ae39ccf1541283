/** The text of some bytes, or why they are not text: `line 2 is not UTF-8; it looks like Windows-1252`. */
export type DecodedText = { readonly text: string } | { readonly problem: string };

const strictly = { fatal: true } as const;

/**
 * Decodes bytes from a person: UTF-8, or UTF-16 with a byte order mark. Nothing is replaced: invalid bytes are a
 * problem, named by their likely encoding. The byte order mark is dropped.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return { problem: 'it is UTF-32' };
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  if (utf16 !== null) {
    const text = decoded(bytes, utf16);
    return text === null ? { problem: 'it begins as UTF-16 but is not valid UTF-16' } : { text };
  }
  if (looksLikeUtf16(bytes)) return { problem: 'it looks like UTF-16 without a byte order mark' };
  const text = decoded(bytes, 'utf-8');
  return text === null
    ? { problem: `line ${firstBadLine(bytes)} is not UTF-8; it looks like ${guess(bytes)}` }
    : { text };
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, strictly).decode(bytes);
  } catch {
    return null;
  }
}

/** Every other byte is zero in UTF-16 text with Latin letters; no text in another encoding begins so. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  const zeros = (odd: number) => head.filter((byte, index) => index % 2 === odd && byte === 0).length;
  const half = head.length / 2;
  return half >= 2 && (zeros(0) > half / 2 || zeros(1) > half / 2) && Math.min(zeros(0), zeros(1)) === 0;
}

/** The line, from 1, of the first bytes that are not UTF-8. Line ends are the same bytes in all guessed encodings. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let begin = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, begin)) {
    if (decoded(bytes.subarray(begin, end), 'utf-8') === null) return line;
    begin = end + 1;
    line += 1;
  }
  return line;
}

/** Japanese is recognized by kana, or by adjacent ideographs; Western accents misread as Shift-JIS produce neither. */
function guess(bytes: Uint8Array): string {
  const japanese = decoded(bytes, 'shift_jis');
  const isJapanese = japanese !== null && /[\u3041-\u3096\u30a1-\u30fa]|\p{Script=Han}{2}/u.test(japanese);
  return isJapanese ? 'Shift-JIS' : 'Windows-1252';
}
