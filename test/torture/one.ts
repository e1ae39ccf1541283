import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileTargets } from './hostile-targets.ts';
import { targets } from './targets.ts';
import { teamTargets } from './team-targets.ts';

/** One target in its own process: `node one.ts NAME N SEED`. Prints its outcome as JSON. */
const [name = '', n = '', seed = '1'] = process.argv.slice(2);
const target = [...targets, ...teamTargets, ...hostileTargets].find((each) => each.name === name);
if (target === undefined) throw new Error(`There is no target "${name}".`);
const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'torture-'));
// Hundreds of processes are started: the compile cache of the first one serves the others.
process.env.NODE_COMPILE_CACHE ??= join(directory, 'compiled');
try {
  const outcome = await target.run({ n: Number(n), seed: Number(seed), directory });
  // Written completely, however long: exiting would drop what the pipe has not taken yet.
  await new Promise<void>((resolve) => process.stdout.write(JSON.stringify(outcome), () => resolve()));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit(0);
