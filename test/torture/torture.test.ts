import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { shareOf } from './share.ts';
import type { Outcome } from './target.ts';
import { targets } from './targets.ts';

describe.each(targets.filter(({ needsProgram }) => needsProgram !== true))('$name', (target) => {
  test.runIf(target.needs === undefined || needs(target.needs))(
    target.promise,
    () => {
      const args = [join(import.meta.dirname, 'one.ts'), target.name, String(shareOf(target)), '1'];
      const { faults }: Outcome = JSON.parse(execFileSync(process.execPath, args, { maxBuffer: 1 << 28 }).toString());
      expect(faults).toEqual([]);
    },
    120_000,
  );
});
