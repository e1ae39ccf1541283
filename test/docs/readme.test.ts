import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import own from '../../package.json' with { type: 'json' };
import { shellBlocksIn } from './guide-blocks.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('CI runs the two commands that README begins with', () => {
  const [first] = shellBlocksIn(readme).blocks;
  const commands = (first?.commands ?? '').split('\n').map((line) => line.replace(/ *#.*/, ''));
  const read = execFileSync(join(root, '.ci/readme-commands'), { encoding: 'utf8' });
  expect(read.trimEnd().split('\n')).toEqual(commands);
  expect(commands).toHaveLength(2);
  // The first one in a terminal, by .ci/first-start, which reads it there; the second one with all other checks.
  const ci = readFileSync(join(root, '.ci/run'), 'utf8');
  expect(ci).toContain('\n.ci/first-start\nnpm run verify\n');
  expect(own.scripts.verify.split(' && ')).toContain(commands[1]);
});
