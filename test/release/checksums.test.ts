import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checksums } from '../../build/release/checksums.ts';
import { shellBlocksIn } from '../docs/guide-blocks.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/releases.md'), 'utf8');
const check = shellBlocksIn(guide).blocks.find(({ commands }) => commands.startsWith('sha256sum'))?.commands ?? '';

test('the check of the guide accepts the files that were loaded, and no changed one', () => {
  const directory = mkdtempSync(join(tmpdir(), 'checksums-'));
  const run = () => spawnSync('bash', ['-c', check], { cwd: directory, encoding: 'utf8' });
  try {
    for (const name of ['one.tgz', 'two.deb']) writeFileSync(join(directory, name), name);
    writeFileSync(join(directory, 'SHA256SUMS'), checksums(directory, ['one.tgz', 'two.deb']));
    rmSync(join(directory, 'two.deb'));
    expect(run()).toMatchObject({ status: 0, stdout: 'one.tgz: OK\n' });
    writeFileSync(join(directory, 'one.tgz'), 'changed');
    expect(run()).toMatchObject({ status: 1, stdout: 'one.tgz: FAILED\n' });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
