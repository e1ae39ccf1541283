import xterm from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import InkOutput from '../../../node_modules/ink/build/output.js';
import FrameLines from '../../../src/screens/ink/frame-lines.ts';

const size = { width: 24, height: 5 };

interface Drawing {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly clip: { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number } | null;
}

function draw(frame: FrameLines | InkOutput, drawings: readonly Drawing[]): string {
  for (const { x, y, text, clip } of drawings) {
    if (clip !== null) frame.clip(clip);
    frame.write(x, y, text, { transformers: [] });
    if (clip !== null) frame.unclip();
  }
  return frame.get().output;
}

/** What a terminal shows of a frame: the character and style of each cell. */
async function shown(output: string): Promise<readonly string[]> {
  const terminal = new xterm.Terminal({ cols: size.width + 8, rows: size.height, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(output.replaceAll('\n', '\r\n'), done));
  const buffer = terminal.buffer.active;
  return Array.from({ length: size.height }, (_, y) =>
    Array.from({ length: size.width + 8 }, (_, x) => {
      const cell = buffer.getLine(y)?.getCell(x);
      const chars = cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' ');
      return `${chars}${cell?.isBold() ? 'b' : ''}${cell?.isInverse() ? 'i' : ''}${cell?.isFgDefault() ? '' : cell?.getFgColor()}`;
    }).join('|'),
  );
}

const words = fc.constantFrom('seats', ' 40→ 32 ', '● active', '安全な', 'Łódź', 'ab', '席', '   ', '╭──╮', '│  │');
const styled = fc
  .tuple(words, fc.constantFrom('', '\u001b[1m', '\u001b[7m', '\u001b[36m'))
  .map(([word, style]) => (style === '' ? word : `${style}${word}\u001b[0m`));
const text = fc.array(styled, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const drawing = fc.record({
  x: fc.integer({ min: 0, max: size.width - 1 }),
  y: fc.integer({ min: 0, max: size.height - 1 }),
  text: fc.oneof(
    text,
    fc.tuple(text, text).map((lines) => lines.join('\n')),
  ),
  clip: fc.option(
    fc.record({
      x1: fc.constantFrom(0, 2),
      x2: fc.constantFrom(16, size.width),
      y1: fc.constantFrom(0, 1),
      y2: fc.constantFrom(4, size.height),
    }),
  ),
});

/** Beyond the edge of the frame Ink extends its lines; Subdeck's screens never draw there. */
const inside = (drawings: readonly Drawing[]) =>
  drawings.every(({ x, text: drawn }) =>
    drawn.split('\n').every((line) => x + [...line.replace(/\u001b\[\d*m/g, '')].length * 2 <= size.width),
  );

test('a frame of lines is identical to the frame of cells that Ink makes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawing, { minLength: 1, maxLength: 5 }).filter(inside), async (drawings) => {
      const lines = draw(new FrameLines(size), drawings);
      const cells = draw(new InkOutput(size), drawings);
      expect(await shown(lines)).toEqual(await shown(cells));
    }),
    { numRuns: 300 },
  );
});

test('a box drawn over a row covers it and keeps both its ends', () => {
  const frame = new FrameLines({ width: 12, height: 1 });
  frame.write(0, 0, 'abcdefghijkl', { transformers: [] });
  frame.write(4, 0, '│XX│', { transformers: [] });
  expect(frame.get().output).toBe('abcd│XX│ijkl');
});

test('half of a wide character under a box becomes a space', () => {
  const frame = new FrameLines({ width: 8, height: 1 });
  frame.write(0, 0, '席席席席', { transformers: [] });
  frame.write(3, 0, 'X', { transformers: [] });
  expect(frame.get().output).toBe('席 X席席');
});
