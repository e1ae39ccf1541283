import { describe, expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { tryShare } from './share.ts';
import { targets } from './targets.ts';

describe.each(targets.filter(({ needsProgram }) => needsProgram !== true))('$name', (target) => {
  test.runIf(target.needs === undefined || needs(target.needs))(target.promise, async () => {
    expect(await tryShare(target)).toEqual([]);
  });
});
