import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { unseenText } from '../../src/cli/unseen-text.ts';
import { privateKeyFault } from '../../src/model/pem.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const trimmed = pem.trim();
const asTyped = pem.replaceAll('\n', '\r');
const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;

/** What is taken of the pieces, and whether it ended with the last of them. */
function given(...pieces: readonly string[]) {
  const unseen = unseenText();
  const ends = pieces.map((piece) => unseen.take(piece));
  return { text: unseen.text(), end: ends.at(-1), early: ends.slice(0, -1).some((end) => end !== 'more') };
}

const done = (text: string | null) => ({ text, end: 'done', early: false });

test.each<[string, readonly string[], string | null]>([
  ['one line', ['s3cret\r'], 's3cret'],
  ['nothing', ['\r'], ''],
  ['the end of the input', ['\x04'], ''],
  ['blanks around it, which are part of it', [' s3cret \r'], ' s3cret '],
  ['letters one by one', [...'pä😀', '\r'], 'pä😀'],
  ['letters that were taken back', ['pä😀\x7f\x7fx\r'], 'px'],
  ['a line that was begun again', ['wrong\x15right\r'], 'right'],
  ['keys without a text', ['a\x1b[Ab\x1bOPc\x1b[1;5Cd\r'], 'abcd'],
  ['a late answer of the terminal', ['\x1b]11;rgb:0000/0000/0000\x1b\\s3cret\r'], 's3cret'],
  ['Esc before Enter', ['s3cret\x1b', '\r'], 's3cret'],
  ['a marked paste, and Enter', [paste('s3cret'), '\r'], 's3cret'],
  ['a marked paste with a line break behind it', [paste('s3cret\n'), '\r'], 's3cret'],
  ['a marked paste of several lines', [paste('one\ntwo'), '\r'], null],
  ['several lines at once', ['one\rtwo\r'], null],
  ['more than any secret has', [paste('x'.repeat(200_000)), '\r'], null],
])('%s', (_, pieces, text) => {
  expect(given(...pieces)).toEqual(done(text));
});

describe('[fault 131] a pasted key is one answer, however the terminal sends it', () => {
  test.each<[string, readonly string[]]>([
    ['as if it was typed', [asTyped]],
    ['as if it was typed, without its last line break', [asTyped.trimEnd(), '\r']],
    ['with line breaks of another system', [trimmed.replaceAll('\n', '\r\n'), '\r']],
    ['with blank lines behind it', [`${asTyped}\r\r`]],
    ['letter by letter', [...asTyped]],
    ['marked as a paste', [paste(asTyped), '\r']],
    ['marked, letter by letter', [...paste(asTyped), '\r']],
    ['marked, with line breaks as they are', [paste(pem), '\r']],
  ])('%s', (_, pieces) => {
    const { text, end, early } = given(...pieces);
    expect({ text: text?.trim(), end, early }).toEqual(done(trimmed));
  });
});

test('Ctrl-C interrupts, also in a paste that never ends and in a key that never ends', () => {
  expect(given('abc\x03').end).toBe('interrupt');
  expect(given('\x1b[200~abc', '\x03').end).toBe('interrupt');
  expect(given('-----BEGIN PRIVATE KEY-----\r', '\x03').end).toBe('interrupt');
  expect(given('\x1b', '\x03').end).toBe('interrupt');
});

describe('what is no private key is named, and never shown', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' };
  test.each<[string, string, string | null]>([
    ['a key', pem, null],
    ['a key with other lines before it', `Bag Attributes\n${pem}`, null],
    ['a key in the older form', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), null],
    ['a key whose line breaks are written out', trimmed.replaceAll('\n', '\\n'), null],
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'is no private key.'],
    ['half a key', pem.slice(0, 200), 'is not whole: its end is missing.'],
    [
      'a key with a passphrase',
      privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString(),
      'is encrypted with a passphrase.',
    ],
    [
      'an older key with a passphrase',
      privateKey.export({ type: 'pkcs1', format: 'pem', ...cipher }).toString(),
      'is encrypted with a passphrase.',
    ],
    ['another text', 'hunter22', 'is no key in PEM form.'],
  ])('%s', (_, text, problem) => {
    const found = privateKeyFault('The secret privateKey', text);
    expect(found?.message ?? null).toBe(problem === null ? null : `The secret privateKey ${problem}`);
    expect(JSON.stringify(found)).not.toMatch(/hunter22|MII/);
  });
});
