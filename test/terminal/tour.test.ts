import { afterEach, expect, test } from 'vitest';
import { keyboard } from '../stories/keyboard.ts';
import { program } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

afterEach(closeTerminals);

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
] as const;

test('subdeck demo --tour leads through nine steps at both sizes', async () => {
  const [small] = sizes;
  const terminal = openTerminal({ args: [program, 'demo', '--tour', '--scale', '60'], env: {}, ...small });
  const person = keyboard(terminal);
  /** The step at both sizes; the terminal keeps the second. */
  const step = async (number: number, shown: string) => {
    const [now, next] = terminal.lines().length === small.rows ? sizes : sizes.toReversed();
    for (const size of [now ?? small, next ?? small]) {
      terminal.resize(size.columns, size.rows);
      await person.see((screen) => {
        const lines = screen.split('\n');
        const [heading = '', ...text] = lines.slice(-3);
        const isWhole =
          heading.startsWith(` Tour · step ${number} of 9 ─`) && heading.endsWith('Ctrl-T leaves the tour');
        return lines.length === size.rows && isWhole && !text.join('').includes('…') && screen.includes(shown);
      });
    }
  };
  await step(1, 'Sellers 7');
  person.press(':');
  await step(2, '4 lines pasted');
  person.press('enter');
  await step(3, '[Overview]');
  person.press('3');
  await step(4, 'Created');
  person.press('a');
  await step(5, 'Change the quantity');
  person.press('enter');
  await step(5, 'New quantity');
  const asked = /type (\d+) and press Enter/;
  const lastLines = (screen: string) => screen.split('\n').slice(-2).join(' ');
  const [, wanted = ''] = asked.exec(lastLines(await person.see((screen) => asked.test(lastLines(screen))))) ?? [];
  person.type(wanted);
  person.press('enter');
  await step(6, 'to send, Esc');
  await person.agree();
  await step(7, 'Lower the quantity: ');
  person.press('R');
  await step(8, '✓ done');
  person.press('J');
  await step(8, 'Change the quantity');
  person.press('c');
  await step(9, 'The receipt (Markdown)');
  person.press('enter');
  await step(9, 'copied to');
  expect(terminal.output()).toContain('\u001b]52;c;');
  person.press('ctrl+t');
  await person.see((screen) => !screen.includes('Tour') && screen.split('\n').at(-1)?.includes('help') === true);
  person.press('q');
  expect(await terminal.exited).toMatchObject({ code: 0 });
});
