import { expect, test } from 'vitest';
import { refuseBrokenWords } from '../../src/cli/argv-encoding.ts';

const words = ['subscription', 'update', 'a/1', 'name=K\ufffdln'];
const latin1 = Buffer.from('subdeck\0subscription\0update\0a/1\0name=K\u00f6ln\0', 'latin1');
const utf8 = Buffer.from(words.join('\0'));

test.each([
  ['bytes that are not UTF-8', () => latin1],
  ['a system that keeps no command line', () => null],
])('refuses U+FFFD in a word: %s', (_, bytes) => {
  const message = /^Word 4 of the command line has a wrong encoding/;
  expect(() => refuseBrokenWords(words, bytes)).toThrow(message);
});

test('accepts a typed U+FFFD, and any command line without one', () => {
  expect(() => refuseBrokenWords(words, () => utf8)).not.toThrow();
  expect(() => refuseBrokenWords(['subscription', 'list', '--search', 'K\u00f6ln'], () => latin1)).not.toThrow();
});
