import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { keys } from './console.ts';
import { cacheReading } from './made-up-rows.ts';
import { type Frame, quantile, series, watch } from './terminal.ts';

/** The same rows as the cache, as a CSV for VisiData and fzf. */
export async function writeCsv(path: string, scale: number, today: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('name,organization,reseller,service,product,status,qty,ends,cancel,id,connection\n');
  for (let index = 0; index < scale; index++) {
    const { subscription: row } = cacheReading(index, scale, today);
    const fields = [
      row.name,
      row.organization?.name,
      row.reseller?.name,
      row.services[0]?.name,
      row.product?.name,
      row.status,
      row.quantity,
      row.endsAt,
      row.cancellableUntil,
      row.id,
      row.connection,
    ];
    const line = fields.map((field) => `"${String(field ?? '').replaceAll('"', '""')}"`).join(',');
    if (!file.write(`${line}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

export interface VisiDataFigures {
  readonly firstRow: number;
  readonly scroll: readonly Frame[];
  readonly page: readonly Frame[];
  readonly sort: number;
  readonly memory: number;
}

export async function measureVisiData(csv: string, times: number): Promise<VisiDataFigures> {
  const starts: number[] = [];
  for (let run = 0; run < 3; run++) {
    const one = watch('vd', [csv]);
    starts.push(await one.sees(firstCsvRow));
    one.kill();
  }
  const vd = watch('vd', [csv]);
  await vd.sees(firstCsvRow);
  await vd.press('j', 8000);
  await series(vd, 'j', 40);
  const scroll = await series(vd, 'j', times);
  const page = await series(vd, keys.pageDown, times);
  const { milliseconds: sort } = await vd.press('[', 6000);
  const memory = vd.memory();
  vd.kill();
  return { firstRow: quantile(starts, 0.5), scroll, page, sort, memory };
}

/** The status is the last column that is always fully visible: later ones may be off the screen. */
const firstCsvRow = /active|cancelled|pending|suspended|expired/;

/** Complete runs of `fzf --exact --filter` over the same lines, in milliseconds: the median of five. */
export function measureFzf(csv: string, search: string): number {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    execFileSync('sh', ['-c', 'fzf --exact --filter "$1" < "$2" | head -40 > /dev/null', 'sh', search, csv]);
    times.push(performance.now() - started);
  }
  return quantile(times, 0.5);
}

export function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
