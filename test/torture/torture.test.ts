import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import type { Outcome } from './target.ts';
import { targets } from './targets.ts';

/** A fiftieth of each target; the mutants and the rest run with `npm run torture`. */
const share = 50;

describe.each(targets.filter(({ needsProgram }) => needsProgram !== true))('$name', (target) => {
  test.runIf(target.needs === undefined || needs(target.needs))(
    target.promise,
    () => {
      const n = Math.ceil(target.full / share);
      const args = [join(import.meta.dirname, 'one.ts'), target.name, String(n), '1'];
      const { faults }: Outcome = JSON.parse(execFileSync(process.execPath, args, { maxBuffer: 1 << 28 }).toString());
      expect(faults).toEqual([]);
    },
    120_000,
  );
});
