import { expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { tryShare } from '../torture/share.ts';
import { terminalEnds } from '../torture/targets/terminal-ends.ts';

test.runIf(needs('tmux'))(
  '[fault 93, 94, 95, 96, 97] however the console ends, in tmux the shell has its terminal as it was',
  async () => {
    expect(await tryShare(terminalEnds, { least: terminalEnds.full / 10 })).toEqual([]);
  },
);
