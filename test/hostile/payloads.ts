import type { SeededRandom } from '../torture/target.ts';

/** Malicious field values, one of each kind. */
export const payloads: readonly string[] = [
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u001b]52;c;ZXZpbA==\u001b\\',
  '\u009d52;c;ZXZpbA==\u009c',
  '\u001b]0;title\u0007',
  '\u001b]2;title\u001b\\',
  '\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007',
  '\u001b]9;note\u0007',
  '\u001b]777;notify;a;b\u0007',
  '\u001b]1337;File=name=eA==:eA==\u0007',
  '\u001b[2J\u001b[H',
  '\u001b[31mred\u001b[8mhidden\u001b[0m',
  '\u009b31mred',
  '\u001bP1$r0m\u001b\\',
  '\u0090q\u009c',
  '\u001b_apc\u001b\\',
  '\u001b^pm\u001b\\',
  '\u001bXsos\u001b\\',
  '\u001b[6n\u001b[c\u001b[>c\u001b[5n',
  '\u001b[?1049l\u001b[?25h\u001bc',
  '\u001b(0lqqk\u000e',
  'a\rb',
  'a\nb\n$ rm -rf x\n',
  'a\tb',
  'a\u000bb\u000cb',
  'a\u0008\u0008\u0008b',
  'a\u0000b',
  'a\u007fb',
  'a\u0085b',
  'user\u202egnp.exe',
  '\u2066isolate\u2069',
  'zero\u200bwidth\u200cjoin\u200dend',
  '\ufeffbom\u00adsoft',
  'fill\u3164er\u115f\uffa0',
  'blank\u2800braille',
  'tag\u{e0041}\u{e0042}\u{e007f}',
  'line\u2028para\u2029end',
  '\ud800lone\udc00',
  'Z\u0351\u0300\u0301\u0302\u0303\u0304\u0305\u0306a\u0300\u0301\u0302\u0303\u0304\u0305l',
  '=HYPERLINK("http://evil.example")',
  '👨‍👩‍👧‍👦 1️⃣ 🏴\u{e0067}\u{e0062}\u{e007f} ☝🏽 कि 席 שלום',
];

const pieces = [...payloads, 'Nordic', ' ', '席', 'שלום', 'é', '😀', '0', '-', '/', '"', '`', '|', '\\'];

/** Fragments of them in random order, so that a sequence may begin in one and end in another. */
export function hostileText(random: SeededRandom): string {
  let text = '';
  for (let left = 1 + random.below(5); left > 0; left -= 1) {
    const kind = random.below(8);
    if (kind === 0) text += String.fromCharCode(random.below(0xa0));
    else if (kind === 1) text += String.fromCodePoint(random.below(0x110000));
    else if (kind === 2) text += String.fromCharCode(random.below(0x10000));
    else {
      const piece = random.pick(pieces);
      text += kind === 3 ? piece.slice(random.below(piece.length)) : piece;
    }
  }
  return text;
}

/** Independent of the program: what data must never send to a terminal. */
const forbidden = [
  ...[
    [0x00, 0x1f],
    [0x7f, 0x9f],
    [0xad, 0xad],
    [0x61c, 0x61c],
    [0x115f, 0x1160],
    [0x180b, 0x180f],
    [0x200b, 0x200c],
  ],
  ...[
    [0x200e, 0x200f],
    [0x2028, 0x202e],
    [0x2060, 0x206f],
    [0x2800, 0x2800],
    [0x3164, 0x3164],
    [0xd800, 0xdfff],
  ],
  ...[
    [0xfe00, 0xfe0e],
    [0xfeff, 0xfeff],
    [0xffa0, 0xffa0],
    [0xfff9, 0xfffb],
    [0xe0000, 0xe0fff],
  ],
] as const;

/** The first forbidden character of a text as `U+1B`, or null. `allowed`: characters that the sink itself writes. */
export function forbiddenIn(text: string, allowed = ''): string | null {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) continue;
    const isForbidden = forbidden.some(([from = 0, to = 0]) => code >= from && code <= to);
    if (isForbidden && !allowed.includes(character)) return `U+${code.toString(16).toUpperCase()}`;
  }
  return null;
}
