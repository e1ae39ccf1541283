import { expect, test } from 'vitest';
import { decodeText } from '../../src/model/decode-text.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string, mark = true) => Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
/** 株式会社 カメラ in Shift-JIS. */
const shiftJis = Buffer.from('8a948eae89ef8ed020834a83818389', 'hex');

test.each([
  ['UTF-8', Buffer.from('Köln 👩‍💻')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffKöln 👩‍💻')],
  ['UTF-16 little-endian', utf16('Köln 👩‍💻')],
  ['UTF-16 big-endian', utf16('Köln 👩‍💻').swap16()],
])('decodes %s', (_encoding, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: 'Köln 👩‍💻' });
});

test('normalises nothing and removes only one byte order mark', () => {
  expect(decodeText(Buffer.from('\ufeff\ufeffKo\u0308ln\r\n'))).toEqual({ text: '\ufeffKo\u0308ln\r\n' });
  expect(decodeText(Buffer.alloc(0))).toEqual({ text: '' });
});

test.each([
  ['Windows-1252', latin1('ref,name\na/1,Köln'), 'line 2 is not UTF-8; it looks like Windows-1252'],
  [
    'Windows-1252, a single accent before a letter',
    latin1('Caféteria'),
    'line 1 is not UTF-8; it looks like Windows-1252',
  ],
  ['Shift-JIS', shiftJis, 'line 1 is not UTF-8; it looks like Shift-JIS'],
  ['UTF-16 without a byte order mark', utf16('ref,name\n', false), 'it looks like UTF-16 without a byte order mark'],
  [
    'UTF-16 big-endian without a byte order mark',
    utf16('ref,name\n', false).swap16(),
    'it looks like UTF-16 without a byte order mark',
  ],
  ['UTF-16 cut in half', utf16('Köln').subarray(0, 5), 'it begins as UTF-16 but is not valid UTF-16'],
  ['UTF-16 with half a character', utf16('a\ud800b'), 'it begins as UTF-16 but is not valid UTF-16'],
  ['UTF-32', Buffer.from('fffe00004b000000', 'hex'), 'it is UTF-32'],
  ['UTF-8 cut in half', Buffer.from('Kö').subarray(0, 2), 'line 1 is not UTF-8; it looks like Windows-1252'],
  ['a surrogate in UTF-8', Buffer.from('61eda08062', 'hex'), 'line 1 is not UTF-8; it looks like Windows-1252'],
])('refuses %s and names it', (_encoding, bytes, problem) => {
  expect(decodeText(bytes)).toEqual({ problem });
});
