import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileTargets } from './hostile-targets.ts';
import { targets } from './targets.ts';
import { teamTargets } from './team-targets.ts';

const checkout = join(import.meta.dirname, '../..');

test('every mutant of every target is still found', () => {
  const patches = [...targets, ...teamTargets, ...hostileTargets].flatMap(({ mutants }) =>
    mutants.flatMap((mutant) => mutant.patches),
  );
  expect(patches.length).toBeGreaterThan(50);
  const stale = patches.filter(({ file, find, replace }) => {
    const text = readFileSync(join(checkout, file), 'utf8');
    return text.replace(find, replace) === text;
  });
  expect(stale).toEqual([]);
});
