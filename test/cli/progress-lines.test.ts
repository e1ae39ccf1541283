import { PassThrough } from 'node:stream';
import headless from '@xterm/headless';
import { expect, test } from 'vitest';
import { streamsOn } from '../../src/cli/streams.ts';

/** The standard streams of a terminal of this size, and its screen. */
function terminal(columns: number, rows: number) {
  const screen = new headless.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns, rows });
  stderr.on('data', (text: string) => screen.write(text));
  const streams = streamsOn({ stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} });
  const shown = () =>
    new Promise<readonly string[]>((resolve) => {
      setImmediate(() =>
        screen.write('', () => {
          const { active } = screen.buffer;
          const lines = Array.from({ length: rows }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
          resolve(lines.join('\n').trimEnd().split('\n'));
        }),
      );
    });
  return { streams, shown };
}

test('redraws progress in place, one line per connection, with messages above it', async () => {
  const { streams, shown } = terminal(30, 10);
  streams.progress(['nordic: 1 row', 'lineworks: 2 rows']);
  streams.progress(['nordic: 7 rows', 'lineworks: 9 rows', 'vmware: 3 rows of a list that is long']);
  expect(await shown()).toEqual(['nordic: 7 rows', 'lineworks: 9 rows', 'vmware: 3 rows of a list tha…']);
  streams.err('lineworks: waiting 31 s.\n');
  expect(await shown()).toEqual([
    'lineworks: waiting 31 s.',
    'nordic: 7 rows',
    'lineworks: 9 rows',
    'vmware: 3 rows of a list tha…',
  ]);
  streams.progress(['lineworks: 10 rows']);
  expect(await shown()).toEqual(['lineworks: waiting 31 s.', 'lineworks: 10 rows']);
  streams.progress(null);
  streams.err('done\n');
  expect(await shown()).toEqual(['lineworks: waiting 31 s.', 'done']);
});

test('breaks sentences at blanks, and neither commands nor JSON', async () => {
  const { streams, shown } = terminal(20, 10);
  streams.err('subdeck: There is no such vendor. subdeck vendors lists them.\n');
  streams.err('  subdeck connection set nordic\n{"error": {"kind": "usage"}}\n');
  expect(await shown()).toEqual([
    ...['subdeck: There is no', 'such vendor. subdeck', 'vendors lists them.'],
    ...['  subdeck connection', ' set nordic', '{"error": {"kind": "', 'usage"}}'],
  ]);
});

test('counts the lines that do not fit on the terminal', async () => {
  const { streams, shown } = terminal(30, 4);
  streams.progress(['a', 'b', 'c', 'd', 'e']);
  streams.progress(['a', 'b', 'c', 'd', 'f']);
  expect(await shown()).toEqual(['a', 'b', 'and 3 more']);
});

test('draws nothing if stderr is not a terminal', () => {
  const stderr = new PassThrough({ encoding: 'utf8' });
  const streams = streamsOn({ stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} });
  streams.progress(['nordic: 1 row']);
  streams.err('done\n');
  streams.progress(null);
  expect(stderr.read()).toBe('done\n');
});
