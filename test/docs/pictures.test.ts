import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differences, shownIn } from '../../docs/pictures/compare.ts';
import { unsettledInTour } from '../../docs/pictures/tour.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
const pictures = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

test.each(pictures)('a change of one word, place or colour in %s is noticed', (name) => {
  const picture = textOf(name);
  expect(differences(picture, picture)).toEqual([]);
  const rows = shownIn(picture);
  expect(rows.length).toBeGreaterThan(10);
  const [, word = ''] = /<text[^>]*>[^<]*?([A-Za-z]{4,})[^<]*<\/text>/.exec(picture) ?? [];
  expect(word).not.toBe('');
  const [, y = ''] = /<text[^>]* y="([\d.]+)"/.exec(picture) ?? [];
  const [, colour = ''] = /<text[^>]* fill="(#\w+)"/.exec(picture) ?? [];
  for (const changed of [
    picture.replaceAll(word, `${word}s`),
    picture.replaceAll(`y="${y}"`, `y="${Number(y) + 18}"`),
    picture.replace(`fill="${colour}"`, 'fill="#123456"'),
    picture.replace(/<text[^>]*>[^<]*\w[^<]*<\/text>/, ''),
  ]) {
    expect(differences(picture, changed)).not.toEqual([]);
  }
});

test('times alone are not compared: clock times, durations and ages', () => {
  const row = (text: string) => `<svg><text x="0" y="13.5" fill="#fff">${text}</text></svg>`;
  const same = (one: string, other: string) => differences(row(one), row(other)).length === 0;
  expect(same('09:12:04  vmware  12 ms', '9:13  vmware  1.2 s')).toBe(true);
  expect(same('online · 1 min ago', 'online · 2 h 5 min ago')).toBe(true);
  expect(same('17 now (T)', '9 now (T)')).toBe(true);
  expect(same('ends 30 Nov 2026', 'ends 1 Dec 2026')).toBe(false);
  expect(same('20 seats', '21 seats')).toBe(false);
  expect(same('ENDS', 'ENDS (UTC)')).toBe(false);
});

test('of the tour, only the names of entries and equal matches differ each time', () => {
  const tour = textOf('tour.svg');
  const now = tour.replaceAll(/(?<=Journal )\w{8}\b/g, 'abcd1234');
  expect(now).not.toBe(tour);
  expect(differences(tour, now, unsettledInTour)).toEqual([]);
  expect(differences(tour, now)).not.toEqual([]);
});
