import { afterEach, expect, test } from 'vitest';
import { tryShare } from '../torture/share.ts';
import { attacks, keyBursts } from '../torture/targets/key-bursts.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

test('no burst of keys, paste or resize confirms a plan', async () => {
  expect(await tryShare(keyBursts, { least: attacks.length })).toEqual([]);
});
