import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { keyBursts } from '../torture/targets/key-bursts.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

/** A fiftieth; the rest, and the mutant it must notice, run with `npm run torture`. */
const share = 50;

test(keyBursts.promise, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bursts-'));
  const { faults } = await keyBursts.run({ n: keyBursts.full / share, seed: 1, directory });
  rmSync(directory, { recursive: true, force: true });
  expect(faults).toEqual([]);
}, 120_000);
