import { join } from 'node:path';
import { machine } from './results.ts';
import { writeSection } from './sections.ts';
import type { ServerLoad, SlowStatement } from './team-server-load.ts';
import { quantile } from './terminal.ts';

/** One size of the team. */
export interface Growth {
  readonly size: number;
  readonly idle: ServerLoad;
  readonly changing: ServerLoad;
  /** From a change to each other member, in milliseconds. */
  readonly times: readonly number[];
}

export interface TeamFigures {
  readonly rows: number;
  readonly delay: number;
  readonly callsOfOne: number;
  readonly callsOfTeam: number;
  readonly changes: number;
  readonly writesAlone: number;
  readonly writesOfEach: number;
  /** A sync by one who is in no team, and by the member that publishes it; milliseconds. */
  readonly alone: number;
  readonly published: number;
  readonly joins: readonly { readonly together: number; readonly took: readonly number[] }[];
  readonly growth: readonly Growth[];
  /** Of the largest member, in megabytes. */
  readonly memory: number;
  readonly writes: {
    readonly inFile: readonly number[];
    readonly inStore: readonly number[];
    readonly together: readonly number[];
  };
  readonly load: { readonly ofSync: ServerLoad; readonly ofWritesAlone: ServerLoad; readonly ofWrites: ServerLoad };
  readonly store: { readonly bytes: number; readonly scanned: readonly string[] };
  readonly slowest: readonly SlowStatement[];
}

/** The team that the growth is continued to. */
const larger = 50;

/** Prints the figures; at full size they become a part of bench/results.md. */
export function writeTeamResults(figures: TeamFigures, isWhole: boolean): void {
  const text = lines(figures);
  if (isWhole) writeSection(join(import.meta.dirname, 'results.md'), 'team: written by `npm run bench:team`', text);
  process.stdout.write(`${text.join('\n')}\n`);
}

function lines(figures: TeamFigures): readonly string[] {
  const { rows, delay, callsOfOne, callsOfTeam, alone, published, joins, growth, writes, load, store, changes } =
    figures;
  const size = growth.at(-1)?.size ?? 0;
  const all = growth.flatMap(({ times }) => times);
  return [
    '## A team on one PostgreSQL',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine()}. ${grouped(rows)} rows of interworks, ${delay} ms a call, a process for each member, and the server,`,
    'the sandbox and all members on one machine: what they wait for each other is in the figures. fsync is on, shared_buffers 128 MB. Written by',
    '`npm run bench:team`.',
    '',
    '| what | measured | beside it | wanted |',
    '|---|---|---|---|',
    row(
      `calls to the vendor, ${size} members`,
      grouped(callsOfTeam),
      `one who is in no team: ${grouped(callsOfOne)}; ${size} of them: ${grouped(callsOfOne * size)}`,
      'as many as one',
    ),
    row('a full sync that is published', seconds(published), `in no team ${seconds(alone)}`, ''),
    ...joins.map(({ together, took }) =>
      row(
        together === 1 ? 'a member joins' : `${together} members join at the same time`,
        together === 1
          ? seconds(quantile(took, 0.5))
          : `the first ${seconds(Math.min(...took))}, the last ${seconds(Math.max(...took))}`,
        `a full sync ${seconds(alone)}`,
        together === 1 ? 'faster than a sync' : '',
      ),
    ),
    row('from a change to each member', spread(all), `${grouped(all.length)} times`, 'p99 ≤ 2 s'),
    row('a journalled write of one step, in a file', spread(writes.inFile), `${figures.writesAlone} writes`, ''),
    row('the same in the store, by one member', spread(writes.inStore), added(writes.inStore, writes.inFile), ''),
    row('round trips of such a write', roundTrips(figures).toFixed(1), 'beyond what is asked anyway', ''),
    row(
      `the same by ${size} members at once`,
      spread(writes.together),
      `${figures.writesOfEach} writes each; ${added(writes.together, writes.inFile)}`,
      '',
    ),
    row('memory of a member, at most', `${figures.memory.toFixed(0)} MB`, '', ''),
    row('the store', `${megabytes(store.bytes)}`, `${(store.bytes / rows / 1024).toFixed(1)} KB a row`, ''),
    '',
    'The server’s load. A statement is a round trip of a member.',
    '',
    '| when | CPU seconds a second | statements a second | WAL a second | connections |',
    '|---|--:|--:|--:|--:|',
    loadRow('one member syncs and publishes', load.ofSync),
    ...growth.flatMap((each) => [
      loadRow(`${each.size} members, nothing happens`, each.idle),
      loadRow(`${each.size} members, a change about each second`, each.changing),
    ]),
    loadRow(`${size} members write at once`, load.ofWrites),
    '',
    `Growth, ${changes} changes at each size, and what a straight line through the first and the last size says of ${larger} members.`,
    '',
    '| members | change to each member | idle: statements a second | idle: CPU seconds a second | connections |',
    '|--:|---|--:|--:|--:|',
    ...growth.map(({ size: members, idle, times }) =>
      row(
        `${members}`,
        spread(times),
        rate(idle, 'statements').toFixed(1),
        rate(idle, 'cpuSeconds').toFixed(3),
        `${idle.connections}`,
      ),
    ),
    row(
      `${larger}`,
      'not measured',
      onward(growth, ({ idle }) => rate(idle, 'statements')).toFixed(0),
      onward(growth, ({ idle }) => rate(idle, 'cpuSeconds')).toFixed(2),
      onward(growth, ({ idle }) => idle.connections).toFixed(0),
    ),
    '',
    'The statements that took the server longest, of the whole run.',
    '',
    '| statement | calls | mean | total |',
    '|---|--:|--:|--:|',
    ...figures.slowest.map(({ text, calls, meanMilliseconds, totalSeconds }) =>
      row(text, grouped(calls), milliseconds(meanMilliseconds), `${totalSeconds.toFixed(1)} s`),
    ),
    '',
    store.scanned.length === 0
      ? 'No table of more than 200 rows was read from beginning to end.'
      : `Read from beginning to end, though they have more than 200 rows: ${store.scanned.join(', ')}.`,
  ];
}

function loadRow(when: string, load: ServerLoad): string {
  return row(
    when,
    rate(load, 'cpuSeconds').toFixed(3),
    rate(load, 'statements').toFixed(1),
    `${(rate(load, 'walBytes') / 1024).toFixed(1)} KB`,
    `${load.connections}`,
  );
}

function rate(load: ServerLoad, of: 'cpuSeconds' | 'statements' | 'walBytes'): number {
  return load[of] / load.seconds;
}

/** A straight line through the first and the last size. */
function onward(growth: readonly Growth[], of: (each: Growth) => number): number {
  const [first, last] = [growth[0], growth.at(-1)];
  if (first === undefined || last === undefined || first === last) return Number.NaN;
  const each = (of(last) - of(first)) / (last.size - first.size);
  return of(last) + each * (larger - last.size);
}

/** What the members asked while one wrote, without what they ask while nothing happens. */
function roundTrips({ load: { ofWritesAlone }, growth, writesAlone }: TeamFigures): number {
  const idle = growth.at(-1)?.idle;
  const anyway = idle === undefined ? 0 : rate(idle, 'statements') * ofWritesAlone.seconds;
  return (ofWritesAlone.statements - anyway) / writesAlone;
}

function added(these: readonly number[], those: readonly number[]): string {
  const more = (share: number) => milliseconds(quantile(these, share) - quantile(those, share));
  return `added: p50 ${more(0.5)}, p99 ${more(0.99)}`;
}

function spread(times: readonly number[]): string {
  return `p50 ${milliseconds(quantile(times, 0.5))}, p99 ${milliseconds(quantile(times, 0.99))}`;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
