import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './target.ts';

/** How many tries of a target `npm test` runs: a two-hundredth of `npm run torture`, but at least `least`. */
function shareOf({ full }: Target, least = 1): number {
  return Math.max(least, Math.ceil(full / 200));
}

/** Runs that many tries of a target, without its mutants. Returns the faults. */
export async function tryShare(target: Target, { seed = 1, least = 1 } = {}): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'share-'));
  try {
    return (await target.run({ n: shareOf(target, least), seed, directory })).faults;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
