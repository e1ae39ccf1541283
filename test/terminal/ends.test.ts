import { expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { tryShare } from '../torture/share.ts';
import { terminalEnds } from '../torture/targets/terminal-ends.ts';

test.runIf(needs('tmux'))(
  '[fault 93, 94, 95, 96, 97] restores the terminal in tmux, however the console ends',
  async () => {
    expect(await tryShare(terminalEnds, { least: terminalEnds.full / 10 })).toEqual([]);
  },
);
