import { afterEach, expect, test } from 'vitest';
import { program } from '../cli/run-program.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

afterEach(closeTerminals);

function help(words: readonly string[], pager: string, rows = 10) {
  return openTerminal({ args: [program, ...words], env: { PAGER: pager }, columns: 80, rows });
}

test.each([
  ['help', ['help', 'filter']],
  ['--help', ['subscription', 'list', '--help']],
])('what %s says goes through PAGER where it is longer than the terminal', async (_, words) => {
  const terminal = help(words, "sed 's/^/paged: /' | tail -3");
  await terminal.see(/paged: /);
  expect(await terminal.exited).toMatchObject({ code: 0 });
});

test('short help does not, and a pager that does not exist loses nothing', async () => {
  const short = help(['help', 'doctor'], "sed 's/^/paged: /'", 40);
  await short.exited;
  expect(short.lines().join('\n')).toContain('check this installation');
  expect(short.lines().join('\n')).not.toContain('paged: ');
  const lost = help(['help'], 'no-such-pager');
  await lost.see('what may go wrong');
  expect(await lost.exited).toMatchObject({ code: 0 });
});
