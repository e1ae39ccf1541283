import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { safeText, showId } from '../../src/api/text.ts';
import { printable } from '../../src/model/printable.ts';
import { visible } from '../../src/screens/text/cells.ts';
import { fitTo } from '../../src/screens/text/fit.ts';

/** Written independently of the sanitiser: what must never reach a terminal, for any input. */
const forbiddenRanges = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfdd0, 0xfdef],
  [0xfe00, 0xfe0e],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xfffe, 0xffff],
  [0xe0000, 0xe0fff],
] as const;

function forbiddenIn(text: string): string[] {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bad = codes.filter((code) => forbiddenRanges.some(([from, to]) => code >= from && code <= to));
  return bad.map((code) => code.toString(16));
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
    fc.constantFrom(
      '\x1b[31m',
      '\x1b]52;c;aGk=\x07',
      '\x9b2J',
      '\u202e',
      '\u2066',
      '\u200b',
      '\u200d',
      '\ufe0f',
      '\n',
      '\t',
      '\r',
    ),
    fc.constantFrom(
      '\ud800',
      '\udc00',
      '\u0301',
      '\u{e0041}',
      '\u{1f468}',
      '\u{1f3fd}',
      '1',
      'ab',
      '漢',
      'ש',
      '\u{10ffff}',
      '\xad',
    ),
  ),
  maxLength: 60,
});

test('[fault 27] removes everything that steers a terminal or hides, from any input', () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      const safe = safeText(raw);
      expect(forbiddenIn(safe)).toEqual([]);
      expect(safe.isWellFormed()).toBe(true);
      expect(safe).not.toMatch(/\p{M}{6,}/u);
    }),
    { numRuns: 20_000 },
  );
});

test('leaves safe text unchanged', () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      expect(safeText(safeText(raw))).toBe(safeText(raw));
    }),
    { numRuns: 5000 },
  );
});

test('limits the length and counts what is hidden', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 40 }), (raw, most) => {
      const safe = safeText(raw, most);
      const shown = safe.replace(/… \(\d+ more\)$/, '');
      expect(shown.length).toBeLessThanOrEqual(most);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['Backup 100', 'Backup 100'],
  ['Größe – Ñandú €', 'Größe – Ñandú €'],
  ['שלום עולם', 'שלום עולם'],
  ['東京支店', '東京支店'],
  ['हिन्दी', 'हिन्दी'],
  ['👨‍👩‍👧 ❤️ 👍🏽 🇳🇴 1️⃣ 🏳️‍🌈', '👨‍👩‍👧 ❤️ 👍🏽 🇳🇴 1️⃣ 🏳️‍🌈'],
  ['a\x1b[31mb', 'a␛[31mb'],
  ['one\ntwo\tthree\r', 'one␊two␉three␍'],
  ['\x00\x7f\x85\x9b', '␀␡⟨0085⟩⟨009B⟩'],
  ['user\u202egpj.exe', 'user⟨202E⟩gpj.exe'],
  ['pay\u200bpal', 'pay⟨200B⟩pal'],
  ['soft\xadhyphen\ufeff', 'soft⟨00AD⟩hyphen⟨FEFF⟩'],
  ['a\u200db', 'a⟨200D⟩b'],
  ['1\ufe0f', '1⟨FE0F⟩'],
  ['\u3164\u2800', '⟨3164⟩⟨2800⟩'],
  ['x\u{e0041}', 'x⟨E0041⟩'],
  ['\ud800!', '\ufffd!'],
  ['e\u0301', 'e\u0301'],
  ['z\u0300\u0301\u0302\u0303\u0304\u0305', 'z\u0300\u0301\u0302\u0303⟨+2⟩'],
])('shows %j as %s', (raw, shown) => {
  expect(safeText(raw)).toBe(shown);
});

test('[fault 39] cuts ten megabytes fast and says how much is hidden', () => {
  expect(safeText('x'.repeat(10_000_000))).toBe(`${'x'.repeat(4096)}… (9995904 more)`);
  expect(safeText('\u0300'.repeat(10_000_000)).length).toBeLessThan(4200);
  expect(safeText('ab👍cd', 3)).toBe('ab… (4 more)');
});

test('shows the unusual characters of an id visibly', () => {
  expect(showId('a/b c%ü\u202e')).toBe('a/b c%ü⟨202E⟩');
});

/** Names of the same letters that differ in invisible characters only. */
const twins = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u3164',
  '\uffa0',
  '\u2800',
  '\u{e0061}',
  '\u202e',
  '\u061c',
];

test('[fault 34] draws names and ids that only look equal differently everywhere', () => {
  const names = ['Acme', ...twins.map((hidden) => `Ac${hidden}me`)];
  const ways: Readonly<Record<string, (name: string) => string>> = {
    'on the screen': (name) => fitTo(safeText(name), 20),
    'on the command line': (name) => printable(safeText(name)),
    'an id on the screen': (id) => visible(printable(id)),
    'an id on the command line': printable,
    'an id in a fault': showId,
  };
  for (const [way, draw] of Object.entries(ways)) {
    expect([way, new Set(names.map(draw)).size]).toEqual([way, names.length]);
  }
});

test('[fault 36] caps stacked marks at four; a column with them keeps its width', () => {
  const pile = `Z${'\u0351\u0300\u0301\u0302'.repeat(500)}a\u0308l${'\u05b0\u05b1'.repeat(9)}go`;
  const shown = safeText(pile);
  expect(shown).not.toMatch(/\p{M}{5}/u);
  expect(shown).toContain('⟨+1996⟩');
  for (const width of [4, 8, 20]) {
    expect(stringWidth(fitTo(shown, width))).toBe(width);
    expect(fitTo(pile, width)).not.toMatch(/\n|\p{M}{5}/u);
  }
});

test('[fault 38] half of a character becomes the replacement character', () => {
  expect(safeText('\ud800a\udc00b\ud83d')).toBe('\ufffda\ufffdb\ufffd');
  expect(safeText('😀'.repeat(3000)).includes('\ufffd')).toBe(false);
  for (let length = 1; length < 9; length += 1) expect(safeText('😀😀😀😀', length)).not.toContain('\ufffd');
});
