import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { printable } from '../../src/model/printable.ts';
import { encodingFault, holdsMark, textFault } from '../../src/model/text-check.ts';

test.each([
  ['Köln', 'NFC'],
  ['Ko\u0308ln', 'NFD'],
  ['می\u200cخواهم', 'a non-joiner'],
  ['👩\u200d💻 Dev', 'a joiner in an emoji'],
  ['A\u200dB', 'a joiner elsewhere'],
  ['soft\u00adware', 'a soft hyphen'],
  ['ไทย\u200bแลนด์', 'a zero-width space'],
  [' Backup  100 ', 'blanks around it'],
  ['合同会社\u3000東京', 'an ideographic space'],
  ['❤\ufe0f', 'an emoji selector'],
  ['🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 'a flag of tags'],
  ['\u0600\u0661', 'an Arabic number sign'],
])('accepts %j: %s', (text) => {
  expect(textFault('The name', text)).toBeNull();
});

test.each([
  ['A\tB', 'The name contains a tab (U+0009).'],
  ['A\nB', 'The name contains a line break (U+000A).'],
  ['A\rB', 'The name contains a line break (U+000D).'],
  ['A\u2028B', 'The name contains a line break (U+2028).'],
  ['A\u0000B', 'The name contains a control character (U+0000).'],
  ['A\u001b[31mB', 'The name contains a control character (U+001B).'],
  ['A\u007fB', 'The name contains a control character (U+007F).'],
  ['A\u009bB', 'The name contains a control character (U+009B).'],
  ['A\u202eB', 'The name contains a character that changes the direction of text (U+202E).'],
  ['A\u2066B', 'The name contains a character that changes the direction of text (U+2066).'],
  ['A\u200fB', 'The name contains a character that changes the direction of text (U+200F).'],
  ['A\u061cB', 'The name contains a character that changes the direction of text (U+061C).'],
  ['A\ufeffB', 'The name contains an invisible character (U+FEFF).'],
  ['A\ufff9B', 'The name contains an invisible character (U+FFF9).'],
  ['K\ufffdln', 'The name has a wrong encoding: it contains the replacement character U+FFFD.'],
  ['A\ud800B', 'The name has a wrong encoding: it contains half a character (U+D800).'],
  ['A\uffffB', 'The name contains a code point that is not a character (U+FFFF).'],
  ['', 'The name is empty.'],
  ['   ', 'The name contains only spaces.'],
  ['\u3000\u00a0\u2003', 'The name contains only spaces.'],
  ['\u200b\u200d', 'The name contains only spaces.'],
  ['\u3164\u2800', 'The name contains only spaces.'],
])('refuses %j: %s', (text, message) => {
  expect(textFault('The name', text)).toMatchObject({ kind: 'usage', message, sent: false });
});

test('refuses text that steers a terminal, in any context', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b', '\u0007', '\u0085', '\u202d', '\u2069', '\u2029', '\ud8ff', '\ufffd'),
      fc.string({ unit: 'binary' }),
      (before, bad, after) => {
        expect(textFault('It', `${before}${bad} ${after}`)).not.toBeNull();
      },
    ),
  );
});

test('recognises every placeholder that screens and exports use for a character', () => {
  const invisible = [
    'A\u200dB',
    'A\u00adB',
    'A\tB',
    'A\u007fB',
    'A\u202eB',
    `A${'\u0301'.repeat(9)}`,
    'x'.repeat(5000),
  ];
  for (const text of invisible) expect(holdsMark(safeText(text))).toBe(true);
  expect(['A\u200dB', 'A\u00adB'].map(printable).every(holdsMark)).toBe(true);
  expect(['Backup 100', '👩\u200d💻', 'A⟨x⟩', 'a (3 more)'].some(holdsMark)).toBe(false);
});

test('a secret may contain line breaks but no undecodable bytes', () => {
  expect(encodingFault('The secret privateKey', '-----BEGIN\nK\t\u0001==\n')).toBeNull();
  const message = expect.stringMatching(/^The secret privateKey has a wrong encoding: /);
  expect(encodingFault('The secret privateKey', 'p\ufffdss')).toMatchObject({ kind: 'usage', message });
  expect(encodingFault('The secret privateKey', 'p\udc00ss')).toMatchObject({ kind: 'usage', message });
});
