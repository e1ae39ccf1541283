import { expect, test } from 'vitest';
import { confirms, offeredWords } from '../../src/model/confirmation.ts';

test.each([
  [
    ['sub-1', 'Backup 100'],
    ['sub-1', 'Backup 100'],
  ],
  [
    ['sub-1', '安全なメール'],
    ['sub-1', '安全なメール'],
  ],
  [
    ['sub-1', 'Käse & Co. (50%)'],
    ['sub-1', 'Käse & Co. (50%)'],
  ],
  // A name that cannot be typed as it is displayed is not offered.
  [['sub-1', 'Backup  100'], ['sub-1']],
  [['sub-1', ' Backup'], ['sub-1']],
  [['sub-1', 'Rocket 🚀'], ['sub-1']],
  [
    ['sub-1', 'Acme⟨202E⟩'],
    ['sub-1', 'Acme⟨202E⟩'],
  ],
  [['sub-1', 'Acme\u202e'], ['sub-1']],
  [['sub-1', 'Ka\u0308se'], ['sub-1']],
  [['sub-1', 'हिन्दी'], ['sub-1']],
  // A look-alike letter of another alphabet is a different key.
  [['sub-1', 'Аcme'], ['sub-1']],
  [
    ['a\u200bb', 'Backup'],
    ['a\\u{200b}b', 'Backup'],
  ],
  [
    ['a\\b', 'Backup'],
    ['a\\b', 'Backup'],
  ],
  [['a b'], ['a b']],
  [['a b '], ['a\\u{20}b\\u{20}']],
])('%j offers %j', (confirmations, offered) => {
  expect(offeredWords(confirmations)).toEqual(offered);
  for (const word of [...confirmations, ...offered]) expect(confirms(confirmations, word)).toBe(true);
});

test.each(['', 'SUB-1', 'sub-1 ', 'sub', 'Backup'])('%j does not confirm', (typed) => {
  expect(confirms(['sub-1', 'Backup 100'], typed)).toBe(false);
});

test('a plan without confirmation words cannot be confirmed', () => {
  expect(confirms([], '')).toBe(false);
  expect(offeredWords([])).toEqual([]);
});
