import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalInput } from '../../../src/screens/terminal/terminal-input.ts';

function read(...chunks: readonly string[]) {
  const part = terminalInput();
  const parts = chunks.map(part);
  return { keys: parts.map((each) => each.keys).join(''), events: parts.flatMap((each) => each.events) };
}

describe('what a terminal sends', () => {
  it.each([
    ['a click', '\x1b[<0;5;3M\x1b[<0;5;3m', [{ kind: 'click', x: 4, y: 2 }]],
    [
      'the wheel',
      '\x1b[<64;1;1M\x1b[<65;1;1M',
      [
        { kind: 'wheel', down: false, x: 0, y: 0 },
        { kind: 'wheel', down: true, x: 0, y: 0 },
      ],
    ],
    ['a click with a modifier, and the other buttons', '\x1b[<16;5;3M\x1b[<2;5;3M', []],
    ['a white background', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\', [{ kind: 'background', light: true }]],
    ['a black background', '\x1b]11;rgb:00/00/00\x07', [{ kind: 'background', light: false }]],
  ])('%s is no key', (_, sent, events) => {
    expect(read(`j${sent}k`)).toEqual({ keys: 'jk', events });
  });

  it('[fault 40] is the same however it is cut, and nothing of it is lost', () => {
    const sent = 'j\x1b[A\x1b[<0;5;3M\x1b]11;rgb:ff/ff/ff\x07\x1b[200~\x1b[<0;1;1M\x1b[201~é席\x1b[<65;120;44Mq';
    const whole = read(sent);
    expect(whole.keys).toBe('j\x1b[A\x1b[200~\x1b[<0;1;1M\x1b[201~é席q');
    expect(whole.events).toHaveLength(3);
    // Cut within the first two characters a report is what any unknown key is: passed on, and heard by nobody.
    const cuts = fc.array(fc.integer({ min: 1, max: sent.length - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, (at) => {
        const clean = [...new Set(at)]
          .filter((cut) => !/\x1b(?:\[|\]1?)?$/.test(sent.slice(0, cut)) && !/\x1b\[20?[01]?$/.test(sent.slice(0, cut)))
          .toSorted((a, b) => a - b);
        const chunks = [0, ...clean].map((from, index) => sent.slice(from, clean[index]));
        expect(read(...chunks)).toEqual(whole);
      }),
    );
  });

  it('[fault 40] in a paste is text, reports and all', () => {
    const paste = '\x1b[200~\x1b[<0;1;1M\x1b[<64;1;1M';
    expect(read(paste, 'more\x1b[201~j')).toEqual({ keys: `${paste}more\x1b[201~j`, events: [] });
  });
});
