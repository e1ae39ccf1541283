import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './target.ts';

/** What CI tries of a target: a fiftieth, `least` where that is more, without mutants. Gives the faults. */
export async function fiftieth(target: Target, { seed = 1, least = 1 } = {}): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'fiftieth-'));
  try {
    return (await target.run({ n: Math.max(least, Math.ceil(target.full / 50)), seed, directory })).faults;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
