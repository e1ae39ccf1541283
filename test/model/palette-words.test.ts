import { expect, test } from 'vitest';
import { paletteWords } from '../../src/model/palette-words.ts';

test.each([
  ['To read them again: subdeck sync nordic', 'To read them again: :sync nordic'],
  ['Run `subdeck connection set nordic apiVersion=…`.', 'Run `:connection set nordic apiVersion=…`.'],
  ['Start Subdeck again, in /opt/subdeck or as npx-subdeck run.', null],
])('%j is a next step of the console', (next, shown) => {
  expect(paletteWords(next)).toBe(shown ?? next);
});
