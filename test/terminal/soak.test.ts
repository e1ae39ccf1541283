import { afterEach, expect, test } from 'vitest';
import { fiftieth } from '../torture/fiftieth.ts';
import { soak } from '../torture/targets/soak.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

test('[fault 98] random keys, resizing and refreshes with faults on neither end the console nor use up its descriptors', async () => {
  expect(await fiftieth(soak)).toEqual([]);
});
