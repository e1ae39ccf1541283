import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { keyboard } from '../stories/keyboard.ts';
import { program } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

afterEach(closeTerminals);

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/quick-start.md'), 'utf8');

/** What the numbered steps of a section tell to press or to type; what is in parentheses is said beside. */
function keysOf(heading: string): readonly (readonly string[])[] {
  const section = guide.split('\n## ').find((text) => text.includes(heading)) ?? '';
  const [, ...lines] = section.replaceAll(/\n {3}/g, ' ').split('\n');
  return lines
    .filter((line) => /^\d+\. /.test(line))
    .map((line) => [...line.replaceAll(/\([^)]*\)/g, '').matchAll(/\b(?:press|type|then) `([^`]+)`/gi)])
    .map((told) => told.map(([, keys = '']) => keys))
    .filter((keys) => keys.length > 0);
}

const named: Readonly<Record<string, string>> = { Enter: 'enter', Esc: 'escape', Tab: 'tab' };

test('the keys of the quick start lead from the first screen to the receipt', async () => {
  const terminal = openTerminal({ args: [program, 'demo'], columns: 120, rows: 40 });
  const person = keyboard(terminal);
  /** A plan takes no key until it was visible for a moment. */
  const tabUntil = async (wanted: string | RegExp): Promise<void> => {
    person.press('tab');
    const isHeard = await person.see(wanted, 500).then(
      () => true,
      () => false,
    );
    if (!isHeard) await tabUntil(wanted);
  };
  /** `seen`: what is on screen after each key, step by step. */
  const follow = async (heading: string, seen: readonly (readonly (string | RegExp)[])[]) => {
    const steps = keysOf(heading);
    expect(steps.map((keys) => keys.length)).toEqual(seen.map((screens) => screens.length));
    for (const [at, keys] of steps.entries()) {
      for (const [nth, key] of keys.entries()) {
        if (key === 'y') await person.agree();
        else if (key === 'Tab') await tabUntil(seen[at]?.[nth] ?? '');
        else if (key.length === 1 || key in named) person.press(named[key] ?? key);
        else person.type(key);
        await person.see(seen[at]?.[nth] ?? '');
      }
    }
  };

  await person.see(/7\/7/);
  await follow('Find your way', [['Anything'], [/▌ Archive Files/, '[Overview]'], [/^ Sellers 7/m]]);
  await follow('Filter a list', [
    ['Anything', /▌ subs/, /^ Subscriptions [\d,]+/m],
    ['Enter keep', /\/ status:active ends<30d .* shown/],
    [/filter: status:active ends<30d.* shown/],
    ['Sort by'],
  ]);
  await person.escape('Sort by');
  await follow('Change something', [
    ['Anything', /▌ Archive Files/, '[Overview]'],
    ['Change the quantity'],
    ['New quantity', /New quantity +18/, 'to send, Esc'],
    ['Enter to keep it', 'T-4711', 'to send, Esc'],
    ['Enter closes'],
    [/20 → 18 +⟳ running/],
    ['what was sent', 'The receipt (Markdown)', 'copied to'],
  ]);
  person.press('q');
  expect(await terminal.exited).toMatchObject({ code: 0 });
  // The sandbox ended with the console: no later command finds the request.
  expect(terminal.output()).not.toContain('on at the vendor');
});
