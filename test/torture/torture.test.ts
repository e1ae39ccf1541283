import { describe, expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { tryShare } from './share.ts';
import { targets } from './targets.ts';

const tried = targets.filter(({ needsProgram, inTests }) => needsProgram !== true && inTests !== 'none');

describe.each(tried)('$name', (target) => {
  test.runIf(target.needs === undefined || needs(target.needs))(target.promise, async () => {
    expect(await tryShare(target)).toEqual([]);
  });
});
