import { afterEach, expect, test } from 'vitest';
import { pictureOf } from './picture.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

afterEach(closeTerminals);

const echo = `
process.stdin.setRawMode(true);
process.stdout.write('\\x1b[1mready\\x1b[0m <tag>\\r\\n');
process.stdin.on('data', (data) => {
  if (data.includes('q')) process.exit(7);
  process.stdout.write(JSON.stringify(data.toString()) + '\\r\\n');
});`;

test('a pressed key reaches the program, and its output is on the screen', async () => {
  const terminal = openTerminal({ args: ['-e', echo], columns: 40, rows: 6 });
  await terminal.see('ready');
  terminal.press('down');
  await terminal.see('"\\u001b[B"');
  terminal.press('q');
  expect(await terminal.exited).toMatchObject({ code: 7 });
});

test('waiting for missing text fails with the screen in the message', async () => {
  const terminal = openTerminal({ args: ['-e', echo], columns: 40, rows: 6 });
  await terminal.see('ready');
  await expect(terminal.see('never written', 50)).rejects.toThrow(/never written.*ready <tag>/s);
});

test('a program that ends during a wait fails it at once', async () => {
  const terminal = openTerminal({ args: ['-e', 'process.stdout.write("bye")'], columns: 40, rows: 6 });
  await expect(terminal.see('never written')).rejects.toThrow(/ended before.*bye/s);
});

test('a picture contains the escaped words of the screen and their weight', async () => {
  const terminal = openTerminal({ args: ['-e', echo], columns: 40, rows: 6 });
  await terminal.see('<tag>');
  const picture = pictureOf(terminal.emulator, 'echo');
  expect(picture).toContain('font-weight="bold">ready<');
  expect(picture).toContain('&#60;tag&#62;');
});
