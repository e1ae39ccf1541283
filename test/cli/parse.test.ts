import { describe, expect, test } from 'vitest';
import { sandboxOptions } from '../../src/app/modes/sandbox-options.ts';
import { parse } from '../../src/cli/parse.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { flagsOf } from '../../src/commands/standard-flags.ts';
import { commands } from '../../src/commands/table.ts';
import { FaultError } from '../../src/model/fault.ts';

const read = (line: readonly string[]) => parse(line, commands, launchModes);

function run(...line: readonly string[]) {
  const parsed = read(line);
  if (parsed.kind !== 'run') throw new Error(`${line.join(' ')} gave ${parsed.kind}`);
  return { id: parsed.command.id, args: parsed.args, rest: parsed.rest, flags: { ...parsed.flags } };
}

function faultOf(...line: readonly string[]): string {
  try {
    read(line);
  } catch (error) {
    if (error instanceof FaultError && error.fault.kind === 'usage')
      return `${error.fault.message} ${error.fault.next}`;
  }
  return 'no fault';
}

describe('parses words into a command with arguments and flags', () => {
  test.each([
    [['sync'], { id: 'sync' }],
    [['sync', 'a', 'b'], { id: 'sync', rest: ['a', 'b'] }],
    [
      ['--json', 'subscription', 'list', '--limit', '5'],
      { id: 'subscription list', flags: { json: true, limit: '5' } },
    ],
    [['subscription', '--json', 'list'], { id: 'subscription list', flags: { json: true } }],
    [['subscription', 'list', '--filter', '-trial'], { flags: { filter: '-trial' } }],
    [['subscription', 'list', '--filter=--x'], { flags: { filter: '--x' } }],
    [['subscription', 'show', '--', '--odd/id'], { args: { REF: '--odd/id' } }],
    [['subscription', 'show', 'a/b c/%41/語'], { args: { REF: 'a/b c/%41/語' } }],
    [['subscription', 'set-quantity', 'a/b', '-1'], { args: { REF: 'a/b', N: '-1' } }],
    [['subscription', 'cancel', 'a/b', '--wait'], { flags: { wait: true } }],
    [['subscription', 'cancel', 'a/b', '--wait=30'], { flags: { wait: '30' } }],
    [['subscription', 'cancel', '--wait', 'a/b'], { args: { REF: 'a/b' }, flags: { wait: true } }],
    [['subscription', 'update', 'a/b', 'name=x=y', 'quantity=2'], { rest: ['name=x=y', 'quantity=2'] }],
    [['connection', 'add', 'n', '--vendor', 'vmware', 'orgId=1'], { args: { NAME: 'n' }, rest: ['orgId=1'] }],
  ])('%j', (line, expected) => {
    expect(run(...line)).toMatchObject(expected);
  });
});

describe('names invalid words and the next step', () => {
  test.each([
    [['subscripton', 'list'], 'There is no command "subscripton list". Did you mean subdeck subscription list?'],
    [['sbuscription', 'list', '--json'], 'Did you mean subdeck subscription list?'],
    [['frobnicate'], 'There is no command "frobnicate". subdeck help lists all commands.'],
    [['order'], 'subdeck order needs one more word: list, show.'],
    [['subscription', 'show'], 'subdeck subscription show needs REF: connection/subscriptionId, or the id alone.'],
    [['subscription', 'update', 'a/b'], 'subdeck subscription update needs key=value'],
    [['subscription', 'show', 'a/b', 'c'], 'takes no argument "c"'],
    [['subscription', 'list', '--limt', '5'], 'has no flag --limt. Did you mean --limit?'],
    [['subscription', 'list', '--yes'], 'subdeck subscription list has no flag --yes.'],
    [['subscription', 'show', 'a/b', '--csv'], 'subdeck subscription show has no flag --csv.'],
    [['subscription', 'list', '--limit'], '--limit needs a value.'],
    [
      ['subscription', 'list', '--filter', '--json'],
      '--filter needs a value. If --json is meant, write --filter=--json.',
    ],
    [['subscription', 'list', '--json=yes'], '--json takes no value.'],
    [['subscription', 'list', '--limit', '1', '--limit', '2'], '--limit is given twice.'],
    [['subscription', 'cancel', 'a/b', '--mode', 'shred'], '--mode must be one of cancel, delete.'],
    [['demo', '--port', '1'], 'subdeck demo has no flag --port.'],
    [['--jsno'], 'has no flag --jsno. Did you mean --json?'],
  ])('%j', (line, message) => {
    expect(faultOf(...line)).toContain(message);
  });
});

test('no words, demo and sandbox are modes', () => {
  expect(read([])).toMatchObject({ kind: 'launch-mode', launchMode: 'console' });
  expect(read(['--read-only'])).toMatchObject({ kind: 'launch-mode', launchMode: 'console' });
  expect(read(['demo', '--scale', '10'])).toMatchObject({
    kind: 'launch-mode',
    launchMode: 'demo',
    flags: { scale: '10' },
  });
  expect(read(['sandbox', '--rate-limits', 'off'])).toMatchObject({ kind: 'launch-mode', launchMode: 'sandbox' });
});

test('a repeatable flag keeps every value; any other is refused twice', () => {
  const { flags } = { flags: {}, ...read(['sandbox', '--variant', 'a=b', '--variant=c=d']) };
  expect(flags).toEqual({ variant: 'a=b c=d' });
  expect(() => read(['sandbox', '--seed', '1', '--seed', '2'])).toThrow('given twice');
});

test('sandbox variants are pairs', () => {
  expect(sandboxOptions({ variant: 'a=b c=d=e' })).toEqual({ variants: { a: 'b', c: 'd=e' } });
  expect(() => sandboxOptions({ variant: 'a' })).toThrow('is not ASSUMPTION=ALTERNATIVE');
});

test('--port leaves room for one port per vendor', () => {
  expect(sandboxOptions({ port: '65531' }, 5)).toEqual({ port: 65_531 });
  expect(() => sandboxOptions({ port: '65532' }, 5)).toThrow('--port must be a whole number up to 65531');
});

test('--help works whatever else is missing', () => {
  expect(read(['subscription', 'show', '--help'])).toMatchObject({ kind: 'help', words: ['subscription', 'show'] });
  expect(read(['subscription', '--help'])).toMatchObject({ kind: 'help', words: ['subscription'] });
  expect(read(['--help'])).toMatchObject({ kind: 'help', words: [] });
  for (const flag of ['--version', '-V']) expect(read([flag])).toEqual({ kind: 'version' });
});

test('a flag takes a value everywhere or nowhere, so its position does not matter', () => {
  const specs = [
    ...commands.flatMap((command) => (command.words ? flagsOf(command.words) : [])),
    ...launchModes.flatMap((launchMode) => launchMode.flags),
  ];
  for (const { name, value } of specs) {
    const others = specs.filter((other) => other.name === name);
    expect(
      others.map((other) => other.value !== undefined),
      name,
    ).toEqual(others.map(() => value !== undefined));
  }
});
