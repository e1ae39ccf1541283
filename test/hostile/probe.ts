import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';

/**
 * Loaded into the program by a test (`--import`): on SIGUSR2 it collects garbage and writes the heap's strings to
 * `PROBE_FILE`.
 */
let asked = 0;
const file = process.env.PROBE_FILE ?? '';
process.on('SIGUSR2', () => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  asked += 1;
  const descriptors = readdirSync('/proc/self/fd').length;
  const spaces = getHeapSpaceStatistics();
  const used = (of: typeof spaces) => of.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
  const [heap, code] = [used(spaces), used(spaces.filter(({ space_name }) => /code|trusted/.test(space_name)))];
  writeFileSync(`${file}.new`, JSON.stringify({ asked, heap, code, resident: process.memoryUsage.rss(), descriptors }));
  renameSync(`${file}.new`, file);
});
