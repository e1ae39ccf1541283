import { afterEach, expect, test } from 'vitest';
import { tryShare } from '../torture/share.ts';
import { secretHunt } from '../torture/targets/secret-hunt.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

test('[fault 8, 9, 10, 14] secrets of a session full of faults appear nowhere, in five encodings', async () => {
  expect(await tryShare(secretHunt)).toEqual([]);
});
