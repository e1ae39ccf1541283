import { describe, expect, it } from 'vitest';
import { idsIn, namesIn, wordsOfDomain } from '../../src/state/search/ids-in.ts';

const ticket = `Hello,
customer Köhler Steuerberatung e.K. (mail to it@koehler.example) cannot sign in.
It is about nordic/sub-1 and 3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6, invoice M13130022.
合同会社鈴木電機 has the same. Thanks, see https://portal.example/x`;

describe('the ids in a text', () => {
  it('finds UUIDs, REFs, domains and numbers with letters, longest first', () => {
    const ids = idsIn(ticket);
    expect(ids).toEqual(ids.toSorted((one, other) => other.length - one.length));
    for (const id of ['3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6', 'nordic/sub-1', 'koehler.example', 'M13130022']) {
      expect(ids).toContain(id);
    }
  });

  it.each([
    ['{3F2A77C0-1B7E-4C55-9D1E-AA10B3C4D5E6}', '3F2A77C0-1B7E-4C55-9D1E-AA10B3C4D5E6'],
    ['id 3f2a77c01b7e4c559d1eaa10b3c4d5e6.', '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6'],
    ['3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6', '3f2a77c01b7e4c559d1eaa10b3c4d5e6'],
    ['3f2a77c0-\u200b1b7e-4c55-9d1e-aa10b3c4d5e6', '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6'],
    ['https://portal.example/s?id=%7Bsub%2D1%7D', 'sub-1'],
    ['> id 3f2a77c0-1b7e-4c55-\r\n> 9d1e-aa10b3c4d5e6 is wrong', '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6'],
    ['3f2a77c0-1b7e-=\n4c55-9d1e-aa10b3c4d5e6', '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6'],
    ['3f2a77c0\u20111b7e\u20134c55\u22129d1e-aa10b3c4d5e6', '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6'],
    [
      '３ｆ２ａ７７ｃ０－１ｂ７ｅ－４ｃ５５－９ｄ１ｅ－ａａ１０ｂ３ｃ４ｄ５ｅ６',
      '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6',
    ],
    ['3f2a77c0%2D1b7e%2D4c55%2D9d1e%2Daa10b3c4d5e6', '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6'],
  ])('finds in %j the id %s', (text, id) => {
    expect(idsIn(text)).toContain(id);
  });

  it('ignores plain words', () => {
    expect(idsIn('please cancel the subscription of our customer')).toEqual([]);
  });

  it('finds names by their capitals and by their script', () => {
    expect(namesIn(ticket)).toEqual(expect.arrayContaining(['Köhler Steuerberatung', '合同会社鈴木電機']));
  });
});

it.each([
  ['lindqvist-bakeri.example', 'lindqvist bakeri'],
  ['mail.lindqvist-bakeri.co.uk', 'lindqvist bakeri'],
  ['gmail.com', null],
  ['acme.fi', null],
  ['12.5', null],
  ['nordic/sub-1', null],
])('finds in %s the words %j', (text, words) => {
  expect(wordsOfDomain(text)).toBe(words);
});
