import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './target.ts';

/** How many tries of a target `npm test` runs: a share of those of `npm run torture`, but at least `least`. */
function shareOf({ full, inTests = 200 }: Target, least = 1): number {
  return inTests === 'none' ? 0 : Math.max(least, Math.ceil(full / inTests));
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
