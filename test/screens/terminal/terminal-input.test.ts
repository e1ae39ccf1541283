import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestPaste } from '../../../src/screens/terminal/open-paste.ts';
import { terminalInput } from '../../../src/screens/terminal/terminal-input.ts';

/** The events of consecutive chunks of input, each `apart` milliseconds after the last. */
function readApart(apart: number, ...pieces: readonly (string | Uint8Array)[]) {
  const input = terminalInput();
  const heard = pieces.flatMap((piece, index) => {
    const at = index * apart;
    const until = input.waitsUntil();
    const given = until !== null && until <= at ? [input.giveUp()] : [];
    return [...given, input.read(typeof piece === 'string' ? Buffer.from(piece) : piece, at)];
  });
  return {
    keys: heard.map(({ keys }) => keys).join(''),
    events: heard.flatMap(({ events }) => events),
    waits: input.waitsUntil() !== null,
  };
}

const read = (...pieces: readonly (string | Uint8Array)[]) => readApart(0, ...pieces);

const light = { kind: 'background', light: true };
const dark = { kind: 'background', light: false };

const reports: readonly (readonly [string, string | Uint8Array, readonly object[]])[] = [
  ['a click', '\x1b[<0;5;3M\x1b[<0;5;3m', [{ kind: 'click', x: 4, y: 2 }]],
  ['a click of a terminal without the newer form', Buffer.from('\x1b[M %#\x1b[M#%#'), [{ kind: 'click', x: 4, y: 2 }]],
  ['the same far to the right', Uint8Array.of(27, 91, 77, 32, 0xe5, 0xa3), [{ kind: 'click', x: 196, y: 130 }]],
  [
    'the wheel',
    '\x1b[<64;1;1M\x1b[<65;1;1M',
    [
      { kind: 'wheel', down: false, x: 0, y: 0 },
      { kind: 'wheel', down: true, x: 0, y: 0 },
    ],
  ],
  ['a click with a modifier, and the other buttons', '\x1b[<16;5;3M\x1b[<2;5;3M', []],
  ['a white background', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\', [light]],
  ['a black background', '\x1b]11;rgb:00/00/00\x07', [dark]],
  ['a background in one digit', '\x1b]11;rgb:f/f/f\x07', [light]],
  ['a background that is not opaque', '\x1b]11;rgba:ffff/ffff/ffff/8000\x1b\\', [light]],
  ['a background as on web pages', '\x1b]11;#f0f0f0\x07', [light]],
  ['the same with twelve digits', '\x1b]11;#000000000000\x1b\\', [dark]],
  ['a background between single bytes', Uint8Array.of(0x9d, ...Buffer.from('11;rgb:00/00/00'), 0x9c), [dark]],
  ['the same in UTF-8', '\u009d11;rgb:00/00/00\u009c', [dark]],
  ['answers to questions of others', '\x1b]4;1;rgb:ff/00/00\x07\x1bP>|XTerm(390)\x1b\\\x1bP1+r436f=3838\x1b\\', []],
];

describe('terminal input', () => {
  it.each(reports)('[fault 40, 101] %s is not a key, in any chunks', (_, sent, events) => {
    const bytes = Buffer.concat([Buffer.from('j'), Buffer.from(sent), Buffer.from('k')]);
    expect(read(bytes)).toEqual({ keys: 'jk', events, waits: false });
    for (let cut = 2; cut < bytes.length - 1; cut += 1) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      expect(read(...pieces), `cut at ${cut}`).toEqual({ keys: 'jk', events, waits: false });
      // On a slow line a lone escape counts as a key before its rest arrives; the rest is still not a key.
      const slow = readApart(900, ...pieces);
      expect({ ...slow, keys: slow.keys.replace('\x1b[27u', '') }, `cut at ${cut}, slow`).toEqual({
        keys: 'jk',
        events,
        waits: false,
      });
    }
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(read(...single)).toEqual({ keys: 'jk', events, waits: false });
  });

  it('[fault 40, 101] is the same in any chunks and loses nothing', () => {
    const sent = Buffer.from(
      'j\x1b[A\x1bOB\x1b[[A\x1b[2$\x1b[5~\x1b[<0;5;3M\x1b]11;rgba:ff/ff/ff/ff\x07\x1b[200~\x1b[<0;1;1M\x03\x1b[201~é席😀\x1bx\x1b[<65;120;44Mq',
    );
    const whole = read(sent);
    expect(whole.keys).toBe('j\x1b[A\x1bOB\x1b[[A\x1b[2$\x1b[5~\x1b[200~\x1b[<0;1;1M\x03\x1b[201~é席😀\x1bxq');
    expect(whole.events).toHaveLength(3);
    const cuts = fc.array(fc.integer({ min: 1, max: sent.length - 1 }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (at) => {
        const places = [...new Set(at)].toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((from, index) => sent.subarray(from, places[index]));
        // A lone Ctrl-C would end a paste that has no end yet; here it is part of one.
        fc.pre(pieces.every((piece) => piece.toString() !== '\x03'));
        expect(read(...pieces)).toEqual(whole);
      }),
    );
  });

  it('[fault 101] never blocks a key: Ctrl-C works at once, q after a delay', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .array(fc.constantFrom('\x1b', '[', ']', '200~', '201~', '11;', 'rgb:', 'P>|', 'O', '<', '1;2', 'M', '\x9b'))
        .map((parts) => Buffer.from(parts.join(''), 'latin1')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(readApart(10, ...pieces, '\x03').keys).toMatch(/\x03$/);
        // At most three times: for the paste, for what follows it, and for the key itself.
        expect(readApart(6_000, ...pieces, 'q', 'q', 'q').keys).toMatch(/q$/);
      }),
    );
  });

  it.each([
    ['an answer', '\x1b]11;rgb:'],
    ['a report', '\x1b[<0;1'],
    ['a string of another program', '\x1bP>|XTerm('],
  ])('[fault 101] %s that never ends keeps nothing: Ctrl-C and Esc work at once, letters soon', (_, begun) => {
    expect(read(begun, '\x03').keys).toBe('\x03');
    expect(read(begun, '\x1b[A').keys).toBe('\x1b[A');
    expect(readApart(6_000, begun, 'q').keys).toBe('q');
  });

  it('ignores an unknown answer', () => {
    expect(read('j\x1b]11;white\x07\x1b]11;rgbi:0.5/0.5/0.5\x1b\\k')).toEqual({ keys: 'jk', events: [], waits: false });
  });

  it('[fault 40] in a paste is text, reports included', () => {
    const paste = '\x1b[200~\x1b[<0;1;1M\x1b[<64;1;1M';
    expect(read(paste, 'more\x1b[201~j')).toEqual({ keys: `${paste}more\x1b[201~j`, events: [], waits: false });
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['as a control character', '\x03'],
    ['as xterm numbers it', '\x1b[27;5;99~'],
    ['in that form with caps lock', '\x1b[27;5;67~'],
    ['as a Unicode key', '\x1b[99;5u'],
    ['as a Unicode key with num lock and caps lock', '\x1b[99;197u'],
    ['as a Unicode key with the event', '\x1b[99;5:1u'],
    ['as a Unicode key with the shifted key', '\x1b[99:67;5u'],
    ['as a Unicode key of a Cyrillic layout', '\x1b[1089::99;5u'],
    ['as a Unicode key after an 8-bit CSI', Uint8Array.of(0x9b, ...Buffer.from('99;5u'))],
    ['as Windows writes it', '\x1b[67;46;3;1;8;1_'],
  ])('[fault 102] %s is Ctrl-C once, and ends an endless paste', (_, sent) => {
    expect(read(sent).keys).toBe('\x03');
    expect(read('\x1b[200~abc', sent)).toMatchObject({
      keys: '\x1b[200~abc\x1b[201~\x03',
      events: [{ kind: 'paste-cut', because: 'no end' }],
    });
  });

  it('[fault 102] ignores a key release and decodes other keys in these encodings', () => {
    expect(read('\x1b[99;5:3u\x1b[67;46;3;0;8;1_\x1b[1;1:3A').keys).toBe('');
    expect(read('\x1b[113u\x1b[113;2u\x1b[27;2;65~\x1b[13u\x1b[57414u\x1b[27u\x1b[9;2u').keys).toBe(
      'qQA\r\r\x1b[27u\x1b[Z',
    );
    expect(read('\x1b[57399u\x1b[27;3;120~\x1b[38;72;0;1;0;1_\x1b[27;5;105~').keys).toBe('0\x1bx\x1b[A\x1b[105;5u');
  });
});

describe('a paste that never ends', () => {
  const cut = (because: string) => [{ kind: 'paste-cut', because }];

  it('[fault 101] ends when no input follows; keys then work again', () => {
    const heard = readApart(1_500, '\x1b[200~abc', 'q');
    expect(heard).toEqual({ keys: '\x1b[200~abc\x1b[201~q', events: cut('no end'), waits: false });
  });

  it('[fault 101] is ended by its own Esc', () => {
    const input = terminalInput();
    input.read(Buffer.from('\x1b[200~abc'), 0);
    input.read(Buffer.from('\x1b'), 10);
    expect(input.waitsUntil()).toBeLessThan(200);
    expect(input.giveUp()).toEqual({ keys: '\x1b[200~abc\x1b[201~\x1b[27u', events: cut('no end') });
    // It was the end marker, in two chunks.
    expect(input.read(Buffer.from('[201~q'), 500).keys).toBe('q');
  });

  it('[fault 101] that only stalled continues as text', () => {
    const rest = 'delete it\rq';
    const heard = readApart(1_500, '\x1b[200~abc', rest, `${rest}\x1b[201~`, 'q');
    const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`;
    expect(heard.keys).toBe(`${pasted('abc')}${pasted(rest)}${pasted(rest)}q`);
  });

  it('[fault 101] and never pauses is cut at a length; Ctrl-C then works', () => {
    const flood = 'x'.repeat(longestPaste / 4);
    const heard = read('\x1b[200~', flood, flood, flood, flood, flood, `${flood}\x03${flood}`, 'q');
    expect(heard.keys).toBe(`\x1b[200~${'x'.repeat(longestPaste)}\x1b[201~\x03q`);
    expect(heard.events).toEqual(cut('too long'));
  });
});
