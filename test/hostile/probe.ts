import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';

/** Loaded into the program by a test (`--import`): on SIGUSR2 it collects garbage and writes what is left to `PROBE_FILE`. */
let asked = 0;
const file = process.env.PROBE_FILE ?? '';
process.on('SIGUSR2', () => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  asked += 1;
  const descriptors = readdirSync('/proc/self/fd').length;
  const spaces = getHeapSpaceStatistics();
  const used = (isCode: boolean) =>
    spaces.reduce(
      (sum, space) => (/code|trusted/.test(space.space_name) === isCode ? sum + space.space_used_size : sum),
      0,
    );
  writeFileSync(`${file}.new`, JSON.stringify({ asked, heap: used(false), code: used(true), descriptors }));
  renameSync(`${file}.new`, file);
});
