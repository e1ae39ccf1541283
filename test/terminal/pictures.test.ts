import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../cli/run-program.ts';

const script = join(import.meta.dirname, '../../docs/pictures/take.ts');

// Drives two consoles, so on a busy machine something may be drawn late: what differs twice is different.
test('the pictures show what the console shows; `npm run pictures` takes them', async () => {
  const check = () => runProcess(process.execPath, [script, '--check'], process.env);
  const first = await check();
  const { code, stderr } = first.code === 0 ? first : await check();
  expect(code, stderr).toBe(0);
}, 360_000);
