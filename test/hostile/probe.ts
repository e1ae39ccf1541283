import { readdirSync, renameSync, writeFileSync } from 'node:fs';

/** Loaded into the program by a test (`--import`): on SIGUSR2 it collects garbage and writes what is left to `PROBE_FILE`. */
let asked = 0;
const file = process.env.PROBE_FILE ?? '';
process.on('SIGUSR2', () => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  asked += 1;
  const descriptors = readdirSync('/proc/self/fd').length;
  writeFileSync(`${file}.new`, JSON.stringify({ asked, heap: process.memoryUsage().heapUsed, descriptors }));
  renameSync(`${file}.new`, file);
});
