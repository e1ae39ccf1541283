import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cutToCells } from '../../../src/cli/terminal-cells.ts';
import { tableLines } from '../../../src/cli/text-table.ts';
import { setAmbiguousWidth } from '../../../src/model/ambiguous-width.ts';
import { asciiTwins } from '../../../src/model/ascii-twins.ts';
import { textWidth } from '../../../src/screens/ink/text-width.ts';
import { caretPieces } from '../../../src/screens/parts/caret.ts';
import { makeTheme } from '../../../src/screens/parts/theme.ts';
import { cells, visible, widthOf } from '../../../src/screens/text/cells.ts';
import { clip, clipMiddle, fitTo, fromCell } from '../../../src/screens/text/fit.ts';
import { wrap } from '../../../src/screens/text/wrap.ts';
import { textLine } from '../../../src/state/text-line.ts';
import { cellsOf as cellsOfChart, fitted } from '../../../src/today/charts/cells.ts';

/** What a terminal that draws ambiguous characters wide makes of a text of the console, whose signs are drawn in ASCII. */
const drawn = (text: string) => stringWidth(asciiTwins(text), { ambiguousIsNarrow: false });

const texts = [
  'Weiß',
  'Привет, мир',
  'Αθήνα',
  '10 × 20 ±3°',
  '● ◆ ▌',
  'a → b … c · d – e',
  '大阪 ß',
  'Ko\u0308ln é\u0301',
  '“x”',
  '👍 ß',
  'plain',
];

describe('where ambiguous characters are wide', () => {
  beforeEach(() => setAmbiguousWidth('wide'));
  afterEach(() => setAmbiguousWidth('narrow'));

  test.each(texts)('%s is measured as it is drawn', (text) => {
    expect(widthOf(text)).toBe(drawn(visible(text)));
    expect(textWidth(`\u001b[1m${visible(text)}\u001b[22m`)).toBe(drawn(visible(text)));
    expect(cellsOfChart(visible(text))).toBe(drawn(visible(text)));
    expect(cells(text).reduce((sum, { width }) => sum + width, 0)).toBe(widthOf(text));
  });

  test.each(texts)('%s is cut, padded and wrapped to exactly the room there is', (text) => {
    for (let room = 1; room <= 14; room++) {
      expect(drawn(fitTo(text, room))).toBe(room);
      expect(drawn(clip(text, room))).toBeLessThanOrEqual(room);
      expect(drawn(clipMiddle(text, room))).toBeLessThanOrEqual(room);
      expect(drawn(fitted(text, room, { marks: 'ascii' }))).toBe(room);
      expect(stringWidth(cutToCells(text, room), { ambiguousIsNarrow: false })).toBeLessThanOrEqual(room);
      if (room > 1) for (const line of wrap(text, room)) expect(drawn(line)).toBeLessThanOrEqual(room);
      const line = { ...textLine(text), caret: 3 };
      for (const mask of [false, true]) {
        const shown = caretPieces(line, room, mask).map((piece) => piece.text);
        expect(drawn(shown.join(''))).toBeLessThanOrEqual(Math.max(room, 2));
      }
    }
    expect(drawn(fromCell(text, 3))).toBeLessThanOrEqual(drawn(visible(text)));
  });

  test('marks and borders are ASCII', () => {
    const options = { contrast: 'normal', marks: 'unicode', spinner: true, colour: false, background: 'dark' } as const;
    const { marks, spinner } = makeTheme({ ...options, ambiguous: 'wide' });
    expect(JSON.stringify([marks, spinner])).toMatch(/^[\x20-\x7e]*$/);
    expect(makeTheme(options).marks.bar).toBe('▌');
  });

  test('the columns of a table on the command line begin in the same cells', () => {
    const columns = [
      { id: 'name', title: 'name', align: 'left' },
      { id: 'what', title: 'what', align: 'left' },
    ] as const;
    const rows = texts.map((text) => ({ json: {}, cells: [text, '#'] }));
    for (const width of [null, 16]) {
      const lines = [...tableLines({ columns, rows, empty: '' }, width)].slice(1);
      const starts = lines.map((line) =>
        stringWidth(line.slice(0, line.lastIndexOf('#')), { ambiguousIsNarrow: false }),
      );
      expect(new Set(starts).size).toBe(1);
    }
  });
});

test('elsewhere they are one cell each', () => {
  expect([widthOf('Weiß → ●'), cellsOfChart('Weiß')]).toEqual([8, 4]);
});
