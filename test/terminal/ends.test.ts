import { expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { tryShare } from '../torture/share.ts';
import { terminalEnds } from '../torture/targets/terminal-ends.ts';

test.runIf(needs('tmux'))(
  '[fault 93, 94, 95, 96, 97] tmux gets its terminal back however the console ends',
  async () => {
    expect(await tryShare(terminalEnds, { least: terminalEnds.full / 10 })).toEqual([]);
  },
);
