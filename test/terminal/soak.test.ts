import { afterEach, expect, test } from 'vitest';
import { tryShare } from '../torture/share.ts';
import { soak } from '../torture/targets/soak.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

test('[fault 98] random keys, resizes and faults neither end the console nor leak files', async () => {
  expect(await tryShare(soak)).toEqual([]);
});
