import { afterEach, describe, expect, it } from 'vitest';
import { openDemo, settled } from './demo.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

describe('resizing', () => {
  it('leaves no stale row or cell, growing and shrinking in steps', async () => {
    const terminal = await openDemo();
    terminal.press('S');
    await terminal.see(/Subscriptions \d/);
    await settled(terminal);
    for (const [columns, rows] of [
      [80, 40],
      [80, 23],
      [120, 23],
      [61, 30],
      [200, 50],
      [60, 16],
      [90, 17],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.see((screen) => isFrame(screen, columns, rows));
      const before = terminal.output().length;
      const shown = terminal.lines();
      terminal.press('ctrl+l');
      await terminal.see(() => terminal.output().slice(before).includes('read-write'));
      expect(shown.map(withoutClock)).toEqual(terminal.lines().map(withoutClock));
    }
  });

  it('shows one sentence if there is too little room, and recovers', async () => {
    const terminal = await openDemo();
    terminal.resize(59, 16);
    await terminal.see('too small');
    expect(terminal.lines().join(' ').replace(/\s+/g, ' ').trim()).toBe(
      'This terminal is too small: Subdeck needs 60×16, it has 59×16.',
    );
    terminal.resize(80, 24);
    await terminal.see('Sellers 7');
    expect(terminal.lines().join('\n')).not.toContain('too small');
  });

  it('[fault 42] survives absurd sizes in between', async () => {
    const terminal = await openDemo();
    for (const [columns, rows] of [
      [1, 1],
      [2, 1],
      [500, 1],
      [1, 200],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
    }
    await terminal.see('Sellers 7');
    terminal.press('q');
    expect(await terminal.exited).toMatchObject({ code: 0 });
  });
});

/** A complete frame for this size: the breadcrumb at the top, the keys at the bottom, each once. */
function isFrame(screen: string, columns: number, rows: number): boolean {
  const lines = screen.split('\n');
  const count = (what: string) => lines.filter((line) => line.includes(what)).length;
  return (
    lines.length === rows &&
    (lines[0] ?? '').startsWith(' subdeck') &&
    (lines.at(-1) ?? '').endsWith('read-write') &&
    (lines.at(-1) ?? '').length === columns - 1 &&
    count('read-write') === 1 &&
    count(' subdeck') === 1
  );
}

/** Ages grow while a test runs, and background activity comes and goes. */
function withoutClock(line: string): string {
  return line
    .replace(/\d+ (?:s|min) ago/, 'ago')
    .replace(/^.*(demo · \d)/, '$1')
    .replace(/ +/g, ' ');
}
