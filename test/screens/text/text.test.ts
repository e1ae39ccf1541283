import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { mixesAlphabets } from '../../../src/model/alphabets.ts';
import { grouped } from '../../../src/model/numbers.ts';
import { changeText } from '../../../src/screens/table/change-text.ts';
import { isOneCellEach, sureWidthOf, visible, widthOf } from '../../../src/screens/text/cells.ts';
import { ago, countdown, dayOf, daysFrom, elapsed } from '../../../src/screens/text/dates.ts';
import { clip, fitTo } from '../../../src/screens/text/fit.ts';
import { count, countIn } from '../../../src/screens/text/numbers.ts';
import { wrap } from '../../../src/screens/text/wrap.ts';
import { noon } from '../../state/rows.ts';

describe('text in a column', () => {
  it.each([
    ['Backup', 8, 'left', 'Backup  '],
    ['Backup', 8, 'right', '  Backup'],
    ['Backup 100', 6, 'left', 'Backu…'],
    ['安全なメール', 7, 'left', '安全な…'],
    ['安全なメール', 6, 'left', '安全… '],
    ['cafe\u0301', 6, 'left', 'café  '],
    ['', 3, 'left', '   '],
    ['anything', 0, 'left', ''],
  ] as const)('fits %j into %i cells, %s: %j', (text, width, align, expected) => {
    expect(fitTo(text, width, align)).toBe(expected);
  });

  it.each([
    ['a family', '👨‍👩‍👧'],
    ['a keycap', '1️⃣'],
    ['a flag', '🇫🇮'],
    ['an emoji by variation', '❤️'],
    ['a conjunct', 'क्ष'],
    ['a soft hyphen', '\u00ad'],
    ['a zero-width space', '\u200b'],
    ['a tab', '\t'],
    ['a Hangul filler', '\u3164'],
    ['an escape', '\u001b'],
    ['a direction override', '\u202e'],
    ['a rocket, wide in some tables only', '🚀'],
  ])('shows %s as one cell, so that columns stay aligned', (_, text) => {
    expect(visible(`a${text}b`)).toBe('a▯b');
    expect(stringWidth(fitTo(`a${text}b`, 10))).toBe(10);
  });

  it.each(['席', '안녕', 'ﾊﾝｶｸ', 'Ｆ', '😀', 'é', 'ท่', 'שָׁלוֹם'])('[fault 37] keeps %s', (text) => {
    expect(visible(text)).toBe(text.normalize('NFC'));
    expect(widthOf(text)).toBe(stringWidth(text.normalize('NFC')));
  });

  it('[fault 37] every character has the width that terminals draw, alone and between others', () => {
    const wrong: string[] = [];
    const isDense = (code: number) => code < 0x3100 || (code >= 0x1f000 && code < 0x1fb00);
    for (let code = 0x20; code < 0x110000; code += isDense(code) ? 1 : 61) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const character = String.fromCodePoint(code);
      for (const text of [`a${character}b`, `\u0003${character}`]) {
        if (stringWidth(visible(text)) !== widthOf(text)) wrong.push(code.toString(16));
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  it.each(['\u{11a85}', 'ped\u0d4e', '\u0600'])('[fault 37] %s does not merge with the space after it', (text) => {
    const column = fitTo(text, 12);
    expect(widthOf(column)).toBe(12);
    expect(fitTo(`${column} active`, 19)).toBe(`${column} active`);
  });

  it('[fault 39] clips a text of a million wide characters at once', () => {
    expect(clip('席'.repeat(1_000_000), 10)).toBe('席席席席…');
  });

  it('wraps at spaces, and splits longer words', () => {
    expect(wrap('The vendor works on this', 10)).toEqual(['The vendor', 'works on', 'this']);
    expect(wrap('安全なメール', 4)).toEqual(['安全', 'なメ', 'ール']);
    expect(wrap('', 4)).toEqual(['']);
  });
});

describe('numbers and dates', () => {
  it.each([
    [0, '0'],
    [null, '–'],
    [1204, '1,204'],
  ])('shows %j as %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  it.each([
    [null, '–'],
    ['2026-12-12', '12 Dec 2026'],
    ['2026-12-31T12:00:00Z', '31 Dec 2026'],
    ['when pigs fly', 'when pigs fly'],
    // Days that do not exist are not shown as other days.
    ['2026-02-31', '2026-02-31'],
    ['0000-00-00', '0000-00-00'],
    ['2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z'],
    ['+275760-09-13', '+275760-09-13'],
    ['٢٠٢٦-11-28', '٢٠٢٦-11-28'],
  ])('shows the date %j as %s', (written, text) => {
    expect(dayOf(written)).toBe(text);
  });

  it.each([
    ['2026-11-21', 'today'],
    ['2026-11-22', 'tomorrow'],
    ['2027-01-31', 'in 71 days'],
    ['2026-11-18', '3 days ago'],
    ['x', null],
  ])('shows %s as %s', (written, text) => {
    expect(daysFrom(written, noon)).toBe(text);
  });

  it.each([
    ['2026-11-23T16:30:00Z', '2 d 4 h'],
    ['2026-11-21T15:20:00Z', '3 h 20 min'],
    ['2026-11-21T12:00:30Z', 'under 1 min'],
    ['2026-11-21T11:59:59Z', null],
    [null, null],
  ])('shows the time until %s as %s', (written, text) => {
    expect(countdown(written, noon)).toBe(text);
  });

  it('shows ages and durations', () => {
    expect(ago('2026-11-21T11:59:52Z', noon)).toBe('8 s ago');
    expect(ago('2026-11-21T11:58:00Z', noon)).toBe('2 min ago');
    expect(ago('2026-11-17T11:58:00Z', noon)).toBe('4 days ago');
    expect(elapsed('2026-11-21T11:59:18Z', noon)).toBe('0:42');
    expect(elapsed('2026-11-21T10:56:57Z', noon)).toBe('1:03:03');
  });
});

it.each([
  ['Backup 100', false],
  ['Bаckup 100', true],
  ['Почта Mail', false],
  ['安全なメール Pro', false],
])('[fault 35] detects in %s mixed alphabets: %s', (name, mixed) => {
  expect(mixesAlphabets(name)).toBe(mixed);
});

describe('abbreviated numbers', () => {
  it.each([
    [1_003_204, 9, '1,003,204'],
    [1_003_204, 8, '1.0 M'],
    [1_003_204, 5, '1.0 M'],
    [999_999, 6, '999 k'],
    [12_345_678_901, 7, '12.3 G'],
    [0, 3, '0'],
    [null, 3, '–'],
  ])('shows %j in %i cells as %j', (value, width, expected) => {
    expect(countIn(value, width)).toBe(expected);
  });

  it('are never truncated and never rounded up', () => {
    const seats = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(seats, fc.integer({ min: 5, max: 24 }), (value, width) => {
        const shown = countIn(value, width);
        const [, digits = '', unit = ''] = /^([\d.,]+)(?: ([kMGT]))?$/.exec(shown) ?? [];
        const size = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 }[unit] ?? Number.NaN;
        expect(Number(digits.replaceAll(',', '')) * size).toBeLessThanOrEqual(value * (1 + 1e-12));
        if (value < 1e15) expect(shown.length).toBeLessThanOrEqual(Math.max(width, 5));
      }),
    );
  });

  it.each([
    [40, 32, 12, '40 → 32'],
    [1431, 1400, 12, '1,431→1,400'],
    [123_456, 100_000, 12, '123 k→100 k'],
    [123_456, 123_400, 12, '−56'],
    [null, 7, 12, '– → 7'],
    [5, null, 12, '–'],
  ])('shows a change from %j to %j in %i cells as %j', (from, to, width, expected) => {
    expect(changeText(from, to, '→', width)).toBe(expected);
  });
});

it('every character on the fast path is one visible cluster', () => {
  const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  const short = all.filter((each) => sureWidthOf(each) !== null);
  expect(short.filter(isOneCellEach).length).toBeGreaterThan(500);
  expect(short.length).toBeGreaterThan(10_000);
  for (const character of short) {
    expect(character).not.toMatch(/\p{C}|\p{M}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|\p{Emoji_Presentation}/u);
    expect(sureWidthOf(character)).toBe(stringWidth(character));
    expect(character.normalize('NFC')).toBe(character);
  }
  expect([...clusters.segment(short.join(''))].map(({ segment }) => segment)).toEqual(short);
});

it('groups whole numbers like Intl.NumberFormat', () => {
  const inThousands = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2000, max: 2000 })), (value) => {
      expect(grouped(value)).toBe(inThousands.format(value));
    }),
  );
});
