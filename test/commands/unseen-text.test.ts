import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { unseenText } from '../../src/cli/unseen-text.ts';
import { privateKeyFault } from '../../src/model/pem.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const trimmed = pem.trim();
const asTyped = pem.replaceAll('\n', '\r');
const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;

/** The text taken from the pieces, and whether it ended with the last one. */
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
  ['letters that were deleted', ['pä😀\x7f\x7fx\r'], 'px'],
  ['a line that was restarted', ['wrong\x15right\r'], 'right'],
  ['keys that type nothing', ['a\x1b[Ab\x1bOPc\x1b[1;5Cd\r'], 'abcd'],
  ['a late answer of the terminal', ['\x1b]11;rgb:0000/0000/0000\x1b\\s3cret\r'], 's3cret'],
  ['Esc before Enter', ['s3cret\x1b', '\r'], 's3cret'],
  ['a bracketed paste, then Enter', [paste('s3cret'), '\r'], 's3cret'],
  ['a bracketed paste that ends in a line break', [paste('s3cret\n'), '\r'], 's3cret'],
  ['a bracketed paste of several lines', [paste('one\ntwo'), '\r'], null],
  ['several lines at once', ['one\rtwo\r'], null],
  ['more text than a secret may have', [paste('x'.repeat(200_000)), '\r'], null],
])('%s', (_, pieces, text) => {
  expect(given(...pieces)).toEqual(done(text));
});

describe('[fault 131] a pasted key is one answer, however the terminal sends it', () => {
  test.each<[string, readonly string[]]>([
    ['as typed keys', [asTyped]],
    ['as typed keys, without its last line break', [asTyped.trimEnd(), '\r']],
    ['with line breaks of another system', [trimmed.replaceAll('\n', '\r\n'), '\r']],
    ['followed by blank lines', [`${asTyped}\r\r`]],
    ['letter by letter', [...asTyped]],
    ['as a bracketed paste', [paste(asTyped), '\r']],
    ['as a bracketed paste, letter by letter', [...paste(asTyped), '\r']],
    ['as a bracketed paste with its own line breaks', [paste(pem), '\r']],
  ])('%s', (_, pieces) => {
    const { text, end, early } = given(...pieces);
    expect({ text: text?.trim(), end, early }).toEqual(done(trimmed));
  });
});

test('Ctrl-C interrupts, also inside an endless paste or key', () => {
  expect(given('abc\x03').end).toBe('interrupt');
  expect(given('\x1b[200~abc', '\x03').end).toBe('interrupt');
  expect(given('-----BEGIN PRIVATE KEY-----\r', '\x03').end).toBe('interrupt');
  expect(given('\x1b', '\x03').end).toBe('interrupt');
});

describe('an invalid private key is named and never shown', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' };
  test.each<[string, string, string | null]>([
    ['a key', pem, null],
    ['a key with other lines before it', `Bag Attributes\n${pem}`, null],
    ['a key in the older form', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), null],
    ['a key with escaped line breaks', trimmed.replaceAll('\n', '\\n'), null],
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'is not a private key.'],
    ['half a key', pem.slice(0, 200), 'is incomplete: its end is missing.'],
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
    ['another text', 'hunter22', 'is not a key in PEM format.'],
  ])('%s', (_, text, problem) => {
    const found = privateKeyFault('The secret privateKey', text);
    expect(found?.message ?? null).toBe(problem === null ? null : `The secret privateKey ${problem}`);
    expect(JSON.stringify(found)).not.toMatch(/hunter22|MII/);
  });
});
