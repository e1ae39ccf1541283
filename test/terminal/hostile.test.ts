import { afterEach, expect, test } from 'vitest';
import { fiftieth } from '../torture/fiftieth.ts';
import { hostileTerminal } from '../torture/targets/hostile-terminal.ts';
import { secretHunt } from '../torture/targets/secret-hunt.ts';
import { soak } from '../torture/targets/soak.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);
const long = { timeout: 180_000 };

test(
  '[fault 27, 28, 29, 30, 31, 32, 37] hostile rows reach no terminal through any sink, and columns stay put',
  long,
  async () => {
    expect(await fiftieth(hostileTerminal)).toEqual([]);
  },
);

test('[fault 8, 9, 10, 14] secrets of a session full of faults are nowhere, in five notations', long, async () => {
  expect(await fiftieth(secretHunt)).toEqual([]);
});

test(
  '[fault 98] random keys, resizing and refreshes with faults on neither end the console nor use up its descriptors',
  long,
  async () => {
    expect(await fiftieth(soak)).toEqual([]);
  },
);
