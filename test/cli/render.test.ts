import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { faultLine } from '../../src/cli/fault-line.ts';
import { type Format, render } from '../../src/cli/render.ts';
import type { ListReply, Reply } from '../../src/commands/reply.ts';
import { fault } from '../../src/model/fault.ts';
import { printable } from '../../src/model/printable.ts';

const draw = (reply: Reply, format: Format, columns: number | null = null) =>
  [...render(reply, format, columns)].join('');

function list(...values: readonly (string | null)[]): ListReply {
  return {
    kind: 'list',
    columns: [
      { id: 'name', title: 'name', align: 'left' },
      { id: 'seats', title: 'seats', align: 'right' },
      { id: 'id', title: 'id', align: 'left', hidden: true },
    ],
    rows: values.map((value, at) => ({ json: { name: value, seats: at }, cells: [value, String(at), `id-${at}`] })),
    empty: 'Nothing here.',
    exit: 'ok',
    faults: [],
  };
}

test('aligns a table by display width, not by length', () => {
  expect(draw(list('Ab', '安全', null), 'text')).toBe(
    ['NAME  SEATS', 'Ab        0', '安全      1', '–         2', ''].join('\n'),
  );
  expect(draw(list(), 'text')).toBe('Nothing here.\n');
});

test('[fault 108] a long value makes no table wider than the terminal', () => {
  const wide = (columns: number | null, ...values: readonly string[]) =>
    draw(list(...values), 'text', columns)
      .split('\n')
      .map((line) => stringWidth(line));
  const long = '安全'.repeat(2000);
  expect(Math.max(...wide(80, 'short', long, 'x'.repeat(100_000)))).toBeLessThanOrEqual(80);
  expect(Math.max(...wide(null, 'short', long))).toBeGreaterThan(8000);
  // Rows after those that were measured.
  expect(Math.max(...wide(80, ...Array.from({ length: 600 }, () => 'a'), long))).toBeLessThanOrEqual(80);
  const drawn = draw(list('short', long), 'text', 40).split('\n');
  expect(drawn[1]).toMatch(/^short +0$/);
  expect(drawn[2]).toMatch(/^安.*… +1$/);

  const both: ListReply = {
    ...list(),
    columns: ['ref', 'name'].map((id) => ({ id, title: id, align: 'left' as const })),
    rows: [{ json: {}, cells: ['nordic/0123456789-0123456789', 'x'.repeat(90)] }],
  };
  expect(draw(both, 'text', 60)).toMatch(/^nordic\/01234.*… {2}x+…$/m);
});

test('a table cuts no value while cells of the terminal are free', () => {
  const three: ListReply = {
    ...list(),
    columns: ['one', 'two', 'three'].map((id) => ({ id, title: id, align: 'left' as const })),
    rows: [{ json: {}, cells: ['x'.repeat(90), 'y'.repeat(90), 'z'.repeat(90)] }],
  };
  for (const columns of [60, 61, 62, 63]) {
    expect(stringWidth(draw(three, 'text', columns).split('\n')[1] ?? '')).toBe(columns);
  }
  const later = draw(list(...Array.from({ length: 600 }, () => 'a'), 'a name after the measured rows'), 'text', 60);
  expect(later).toContain('a name after the measured rows');
});

test('JSON is an array, NDJSON one object per line', () => {
  expect(JSON.parse(draw(list('a', null), 'json'))).toEqual([
    { name: 'a', seats: 0 },
    { name: null, seats: 1 },
  ]);
  expect(draw(list(), 'json')).toBe('[]\n');
  expect(draw(list('a', 'b'), 'ndjson')).toBe('{"name":"a","seats":0}\n{"name":"b","seats":1}\n');
});

test('CSV follows RFC 4180', () => {
  expect(draw(list('a', 'with, comma', 'with "quotes"', null), 'csv')).toBe(
    'name,seats,id\r\na,0,id-0\r\n"with, comma",1,id-1\r\n"with ""quotes""",2,id-2\r\n,3,id-3\r\n',
  );
});

test('CSV quotes leading and trailing blanks, so that readers keep them', () => {
  expect(
    draw(list(' a', 'b\u00a0', 'c d'), 'csv')
      .split('\r\n')
      .slice(1, 4),
  ).toEqual(['" a",0,id-0', '"b\u00a0",1,id-1', 'c d,2,id-2']);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', '=cmd|"/c calc"!A0'])(
  '[fault 31] CSV writes %j as text',
  (text) => {
    const [, line = ''] = draw(list(text), 'csv').split('\r\n');
    expect(line).toMatch(/^"?'/);
  },
);

const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const hostile = [
  '\u001b]52;c;aGk=\u0007',
  '\u009b31m',
  'a\u202eb',
  'x\u200by',
  '\u2028',
  '\u{e0041}',
  'line\nline',
  '\u0000',
  '\ufeff',
  '\ud800',
];

describe.each(['text', 'json', 'csv', 'ndjson'] as const)('as %s', (format) => {
  test.each(hostile)('%j reaches no terminal', (text) => {
    const drawn = draw(list(text), format).replaceAll(/\r?\n/g, '');
    expect(drawn).not.toMatch(steering);
  });
});

test('JSON escapes preserve the value', () => {
  for (const text of hostile) expect(JSON.parse(draw(list(text), 'json'))[0].name).toBe(text);
});

test('[fault 31] no text can steer the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const joined = printable(text).replaceAll(/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d/gu, '');
      expect(joined.replaceAll(/[\u0600-\u0605\u06dd\u070f\u08e2\u{110bd}\u{110cd}]/gu, '')).not.toMatch(steering);
    }),
  );
});

test('[fault 33] keeps emoji and right-to-left text', () => {
  for (const text of ['👨‍👩‍👧 family', '❤️', 'שלום', '1️⃣']) expect(printable(text)).toBe(text);
});

test('an error is one line: what happened, then what to do', () => {
  const { fault: it } = fault('missing', 'It is gone', 'Look again.', { connection: 'nordic' });
  expect(faultLine(it, false)).toBe('subdeck: nordic: It is gone. Look again.\n');
  expect(JSON.parse(faultLine(it, true))).toEqual({
    error: {
      kind: 'missing',
      message: 'It is gone',
      next: 'Look again.',
      connection: 'nordic',
      sent: false,
      vendor: null,
    },
  });
});
