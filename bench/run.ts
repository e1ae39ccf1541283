/**
 * `npm run bench`: measures the built console against VisiData, fzf and a bundled Ink "hello", side by side in one run,
 * and writes bench/results.md. BENCH_ROWS sets the size of the large cache (1,000,000), BENCH_TIMES how often a key is
 * pressed, BENCH_MINUTES how long the console is used before its memory is measured (10). VisiData and fzf come from
 * Debian; without them their columns say so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { measureBundle } from './bundle-size.ts';
import { measureConsole } from './console.ts';
import { writeResults } from './results.ts';
import { has, measureFzf, measureVisiData, writeCsv } from './rivals.ts';
import { measureSync } from './sync.ts';
import { quantile, watch } from './terminal.ts';

const scale = Number(process.env.BENCH_ROWS ?? 1_000_000);
const times = Number(process.env.BENCH_TIMES ?? 200);
const minutes = Number(process.env.BENCH_MINUTES ?? 10);
const day = 86_400_000;
const today = Math.floor(Date.now() / day) * day;
const fixture = mkdtempSync(join(tmpdir(), 'subdeck-bench-'));

try {
  const [small, large] = [fillCache('small', 10_000), fillCache('large', scale)];
  const csv = join(fixture, 'rows.csv');
  await writeCsv(csv, scale, today);
  say('the console, 10,000 rows');
  const smallCache = await measureConsole(small, times, 0);
  say(`the console, ${scale} rows, ${minutes} minutes of use included`);
  const largeCache = await measureConsole(large, times, minutes * 60_000);
  say('a bundled Ink "hello"');
  const hello = await measureHello();
  say('VisiData');
  const visiData = has('vd') ? await measureVisiData(csv, times) : null;
  say('fzf');
  const fzf = has('fzf') ? measureFzf(csv, 'zenith') : null;
  say('sync from a local server');
  const sync = await measureSync(fixture, large, times);
  const bundle = await measureBundle();
  writeResults({ scale, times, minutes, small: smallCache, large: largeCache, hello, visiData, fzf, sync, bundle });
} finally {
  rmSync(fixture, { recursive: true, force: true });
}

function fillCache(name: string, rows: number): string {
  const home = join(fixture, name);
  say(`a cache of ${rows} rows`);
  execFileSync(process.execPath, [join(import.meta.dirname, 'fill-cache.ts'), home, String(rows)], { stdio: 'ignore' });
  return home;
}

async function measureHello(): Promise<number> {
  const dir = join(fixture, 'hello');
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'hello.ts'),
    platform: 'node',
    external: ['react-devtools-core'],
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  });
  // In chunks like Subdeck itself: Ink's development-only imports are not loaded.
  await bundle.write({ dir, format: 'esm' });
  const starts: number[] = [];
  for (let run = 0; run < 5; run++) {
    const one = watch(process.execPath, [join(dir, 'hello.js')]);
    starts.push(await one.sees(/hello from Ink/));
    one.kill();
  }
  return quantile(starts, 0.5);
}

function say(what: string): void {
  process.stderr.write(`measuring ${what}\n`);
}
