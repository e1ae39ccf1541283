import xterm from '@xterm/headless';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import lineUpdate from '../../../src/screens/ink/line-update.ts';

const columns = 24;

/** What a terminal shows of its first line after these bytes: each cell's character and its look. */
async function shown(bytes: string): Promise<readonly string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows: 2, allowProposedApi: true });
  await new Promise<void>((done) => terminal.write(bytes, done));
  const line = terminal.buffer.active.getLine(0);
  return Array.from({ length: columns }, (_, x) => {
    const cell = line?.getCell(x);
    const chars = cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' ');
    return `${chars}${cell?.isBold() ? 'b' : ''}${cell?.isInverse() ? 'i' : ''}${cell?.isFgDefault() ? '' : cell?.getFgColor()}`;
  });
}

const words = fc.constantFrom(
  'seats',
  ' 40→ 32',
  '● a',
  '安全',
  '席',
  ' ',
  '│',
  'Łódź',
  '▌',
  'e\u0301',
  '👍',
  'שלום',
  '…',
);
const styled = fc
  .tuple(words, fc.constantFrom('', '1', '7', '36', '38;5;208'))
  .map(([text, style]) => (style === '' ? text : `\u001b[${style}m${text}\u001b[0m`));
const line = fc.array(styled, { maxLength: 4 }).map((parts) => parts.join(''));
/** Lines that begin alike, as those of a table do from one frame to the next. */
const pairs = fc
  .tuple(line, line, line)
  .map(([start, one, other]) => [start + one, start + other] as const)
  .filter((lines) => lines.every((each) => stringWidth(each) <= columns));

test('a line that is brought up to date shows what one that is drawn anew does', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async ([previous, next]) => {
      const update = lineUpdate(previous, next, columns);
      expect(await shown(`${previous}\u001b[0m\r${update}`)).toEqual(await shown(next));
      expect(update.length).toBeLessThanOrEqual(next.length + '\u001b[1G\u001b[K'.length);
    }),
    { numRuns: 600 },
  );
});

test('only what changed is written, whatever script stands before it', () => {
  expect(lineUpdate('安全な │ 40', '安全な │ 41', columns)).toBe('\u001b[11G\u001b[K1');
  expect(lineUpdate('\u001b[1mab\u001b[22m 40', '\u001b[1mab\u001b[22m 50', columns)).toBe(
    '\u001b[4G\u001b[K\u001b[1m\u001b[22m50',
  );
  expect(lineUpdate('some text \u001b[31mx', 'some text \u001b[36mx', columns)).toBe('\u001b[11G\u001b[K\u001b[36mx');
});

test.each([
  ['a style that begins alike', '\u001b[31mab', '\u001b[36mab', columns],
  ['a line as wide as the terminal', 'x'.repeat(24), `${'x'.repeat(24)}\u001b[0m`, columns],
  ['a line whose width has to be looked up', 'ab👍 1', 'ab👍 2', columns],
  ['a terminal that does not tell its width', 'ab', 'ac', undefined],
])('%s is drawn whole', (_, previous, next, width) => {
  expect(lineUpdate(previous, next, width)).toBe(`\u001b[1G\u001b[K${next}`);
});
