import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BundleFigures } from './bundle-size.ts';
import type { ConsoleFigures } from './console.ts';
import type { VisiDataFigures } from './rivals.ts';
import { writeSection } from './sections.ts';
import type { SyncFigures } from './sync.ts';
import { type Frame, quantile } from './terminal.ts';

export interface Figures {
  readonly scale: number;
  readonly times: number;
  readonly minutes: number;
  readonly small: ConsoleFigures;
  readonly large: ConsoleFigures;
  readonly hello: number;
  readonly visiData: VisiDataFigures | null;
  readonly fzf: number | null;
  readonly sync: SyncFigures;
  readonly bundle: BundleFigures;
}

type Row = readonly [what: string, measured: string, beside: string, wanted: string];

const columns = ['| what | measured | beside it | wanted |', '|---|---|---|---|'];
const root = join(import.meta.dirname, '..');
const section = 'speed: written by `npm run bench`';

/** Writes bench/results.md, and the same table into the README. */
export function writeResults(figures: Figures): void {
  const rows = table(figures).map((row) => `| ${row.join(' | ')} |`);
  const text = [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}. ${figures.scale.toLocaleString('en')} cached subscriptions, 120×40, a real`,
    `pseudo-terminal, each key pressed ${figures.times} times; a frame is complete at the last byte before 60 ms of silence, a search or sort with its first window. Written by`,
    '`npm run bench`; everything in one run, so compare within the table.',
    '',
    ...columns,
    ...rows,
    '',
    `The bundle: ${figures.bundle.files} files, ${(figures.bundle.bytes / 1e6).toFixed(2)} MB, made of ${figures.bundle.modules.toLocaleString('en')} modules, ${figures.bundle.ownModules} of them Subdeck's own.`,
  ];
  writeSection(join(root, 'bench/results.md'), section, text);
  writeSection(join(root, 'README.md'), section, [...columns, ...rows]);
  process.stdout.write(`${text.join('\n')}\n`);
}

function table({ minutes, small, large, hello, visiData, fzf, sync }: Figures): readonly Row[] {
  const three = large.letters.filter(({ typed }) => typed >= 3).map(({ milliseconds }) => milliseconds);
  const few = large.letters.filter(({ typed }) => typed < 3).map(({ milliseconds }) => milliseconds);
  const beside = (mine: number, theirs: number | undefined, name: string) =>
    theirs === undefined ? `${name} is not installed` : `${name} ${ms(theirs)}: ${ratio(mine, theirs)}`;
  return [
    [
      'start to rows, from the second start on',
      ms(large.start),
      beside(large.start, visiData?.firstRow, 'VisiData, first row'),
      '≤ 0.6 ×',
    ],
    ['', '', beside(large.start, hello, 'a bundled Ink "hello"'), '≤ 1.5 ×'],
    ['key to frame, cursor inside the window', spread(large.inWindow), size(large.inWindow), 'p99 ≤ 16.7 ms; ≤ 1 KB'],
    ['key to frame, scrolling', spread(large.scroll), size(large.scroll), 'p99 ≤ 16.7 ms; ≤ 5 KB'],
    ['', '', beside(p50(large.scroll), visiData === null ? undefined : p50(visiData.scroll), 'VisiData'), 'ahead'],
    ['key to frame, paging', spread(large.page), size(large.page), 'p99 ≤ 16.7 ms; ≤ 5 KB'],
    ['', '', beside(p50(large.page), visiData === null ? undefined : p50(visiData.page), 'VisiData'), 'ahead'],
    [
      'search, three letters and more',
      numbers(three),
      beside(quantile(three, 0.5), fzf ?? undefined, 'fzf --exact'),
      'p99 ≤ 38 ms; 20 × faster',
    ],
    ['search, one or two letters', numbers(few), '', 'p99 ≤ 42 ms'],
    [
      'another sort column',
      numbers(large.sort),
      beside(quantile(large.sort, 0.5), visiData?.sort, 'VisiData'),
      'p99 ≤ 47 ms; 10 × faster',
    ],
    [
      `memory after ${minutes} minutes of use`,
      `${large.memory.after.toFixed(0)} MB, at most ${large.memory.most.toFixed(0)} MB`,
      visiData === null ? '' : `VisiData, after its keys alone, ${visiData.memory.toFixed(0)} MB`,
      '≤ 220 MB',
    ],
    [
      'start, 10,000 rows to all',
      `${ms(small.start)} to ${ms(large.start)}`,
      ratio(large.start, small.start),
      '≤ 1.3 ×',
    ],
    [
      'scrolling key, 10,000 rows to all',
      `${ms(p50(small.scroll))} to ${ms(p50(large.scroll))}`,
      ratio(p50(large.scroll), p50(small.scroll)),
      '≤ 1.3 ×',
    ],
    [
      `sync of ${sync.rows.toLocaleString('en')} rows, first page`,
      ms(sync.firstRow),
      beside(sync.firstRow, sync.bareFirstPage, 'the barest reader'),
      '≤ 2 ×',
    ],
    ['the same, complete', ms(sync.complete), beside(sync.complete, sync.bareLoop, 'a bare loop'), '≤ 5 ×'],
    [
      'key to frame while a connection is read',
      spread(sync.keysMeanwhile),
      `${sync.keysMeanwhile.length} keys`,
      'p99 ≤ 40 ms',
    ],
  ];
}

function p50(frames: readonly Frame[]): number {
  return quantile(
    frames.map(({ milliseconds }) => milliseconds),
    0.5,
  );
}

function spread(frames: readonly Frame[]): string {
  return numbers(frames.map(({ milliseconds }) => milliseconds));
}

function numbers(samples: readonly number[]): string {
  return `p50 ${ms(quantile(samples, 0.5))}, p99 ${ms(quantile(samples, 0.99))}`;
}

function size(frames: readonly Frame[]): string {
  return `${(
    quantile(
      frames.map(({ bytes }) => bytes),
      0.99,
    ) / 1024
  ).toFixed(1)} KB written at p99`;
}

function ratio(mine: number, theirs: number): string {
  return mine <= theirs ? `${(mine / theirs).toFixed(2)} ×` : `${(mine / theirs).toFixed(1)} ×`;
}

function ms(milliseconds: number): string {
  return `${milliseconds < 100 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
}

/** The machine and the versions of what is measured. */
export function machine(): string {
  const version = (command: string) => {
    try {
      return execFileSync('sh', ['-c', `${command} --version 2>&1 | head -1`], { encoding: 'utf8' }).trim();
    } catch {
      return 'not installed';
    }
  };
  const own = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string };
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${memory} GB; Subdeck ${own.version}, Node ${process.versions.node}, ${version('vd')}, fzf ${version('fzf')}`;
}
