import { describe, expect, test } from 'vitest';
import { hasPostgres } from '../postgres/server.ts';
import { tryShare } from './share.ts';
import { teamTargets } from './team-targets.ts';

describe.runIf(hasPostgres()).each(teamTargets.filter(({ inTests }) => inTests !== 'none'))('$name', (target) => {
  test(target.promise, async () => {
    expect(await tryShare(target)).toEqual([]);
  });
});
