import type { ServerLoad, serverLoad } from './team-server-load.ts';
import { quantile } from './terminal.ts';

export function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function loadTable(rows: readonly string[]): readonly string[] {
  return [
    'The server’s load. A statement is a round trip of a member.',
    '',
    '| when | CPU seconds a second | statements a second | WAL a second | connections |',
    '|---|--:|--:|--:|--:|',
    ...rows,
  ];
}

export function loadRow(when: string, load: ServerLoad): string {
  return row(
    when,
    perSecond(load, 'cpuSeconds').toFixed(3),
    perSecond(load, 'statements').toFixed(1),
    `${(perSecond(load, 'walBytes') / 1024).toFixed(1)} KB`,
    `${load.connections}`,
  );
}

export function perSecond(load: ServerLoad, of: 'cpuSeconds' | 'statements' | 'walBytes'): number {
  return load[of] / load.seconds;
}

export function slowestTable(load: ReturnType<typeof serverLoad>): readonly string[] {
  const { scanned } = load.store();
  return [
    'The statements that took the server longest, of this part.',
    '',
    '| statement | calls | mean | total |',
    '|---|--:|--:|--:|',
    ...load
      .slowest()
      .map(({ text, calls, meanMilliseconds, totalSeconds }) =>
        row(text, grouped(calls), milliseconds(meanMilliseconds), `${totalSeconds.toFixed(1)} s`),
      ),
    '',
    scanned.length === 0
      ? 'No table of more than 200 rows was read from beginning to end.'
      : `Read from beginning to end, though they have more than 200 rows: ${scanned.join(', ')}.`,
  ];
}

export function spread(times: readonly number[]): string {
  return `p50 ${milliseconds(quantile(times, 0.5))}, p99 ${milliseconds(quantile(times, 0.99))}`;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}

export function grouped(value: number): string {
  return value.toLocaleString('en');
}
