import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './target.ts';

/** How often `npm test` tries a target: a two-hundredth of what `npm run torture` does, `least` where that is more. */
function shareOf({ full }: Target, least = 1): number {
  return Math.max(least, Math.ceil(full / 200));
}

/** Tries a target that often, without its mutants. Gives the faults. */
export async function tryShare(target: Target, { seed = 1, least = 1 } = {}): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'share-'));
  try {
    return (await target.run({ n: shareOf(target, least), seed, directory })).faults;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
