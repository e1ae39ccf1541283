import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../bin/subdeck.js');
const pretends = "Object.defineProperty(process.versions, 'node', { value: '20.19.0' })";

test('an old Node version is refused in one line with the exit code for wrong usage', () => {
  const options = ['--import', `data:text/javascript,${encodeURIComponent(pretends)}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, program, '--version'], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^subdeck: this is Node 20\.19\.0, and Subdeck needs Node 24 or later\..*\n$/);
});

test('a checkout that is not built says what to run', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'subdeck-unbuilt-'));
  cpSync(join(program, '../../package.json'), join(checkout, 'package.json'));
  cpSync(program, join(checkout, 'bin/subdeck.js'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'bin/subdeck.js')], {
    encoding: 'utf8',
  });
  rmSync(checkout, { recursive: true });
  expect({ status, stdout, stderr }).toEqual({
    ...{ status: 2, stdout: '' },
    stderr: 'subdeck: this checkout is not built yet. Run npm start, or npm run build.\n',
  });
});
