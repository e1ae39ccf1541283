import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, type Terminal } from './terminal.ts';

/** The command as users start it. */
export const program = join(import.meta.dirname, '../../bin/subdeck.js');

export interface DemoOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for Node before the program. */
  readonly node?: readonly string[];
}

/** The console on a small sandbox, its first rows on screen. */
export async function openDemo({ columns = 80, rows = 24, env = {}, node = [] }: DemoOptions = {}): Promise<Terminal> {
  const terminal = openTerminal({ args: [...node, program, 'demo', '--scale', '60'], columns, rows, env });
  await terminal.see('Sellers 7');
  return terminal;
}

/** The console on one connection that never answers: it opens at once and does nothing by itself. */
export async function openQuiet(
  home: string,
  { columns = 80, rows = 24, env = {}, node = [] }: DemoOptions = {},
): Promise<Terminal> {
  const terminal = openTerminal({
    args: [...node, program],
    columns,
    rows,
    env: { ...quietEnvironment(home), ...env },
  });
  await terminal.see('Sellers');
  return terminal;
}

/** Settings with one connection that never answers, and the environment for them. */
export function quietEnvironment(home: string): Readonly<Record<string, string>> {
  const values = { baseUrl: 'http://127.0.0.1:9', level: 'seller', sellerId: 's', username: 'u' };
  const settings = { offline: true, connections: { nordic: { vendor: 'cloudmore', settings: values } } };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings));
  return { SUBDECK_HOME: home, SUBDECK_SECRETS_NORDIC: JSON.stringify({ accessToken: 'token' }) };
}

/** Waits until everything has been read, so that nothing changes by itself any more. */
export async function settled(terminal: Terminal): Promise<Terminal> {
  await terminal.see((screen) => /now \(T\).*7\/7/.test(screen) && !screen.includes('reading'));
  return terminal;
}

/** The last state of each mode that the program switched. */
export function modesOf(output: string): Readonly<Record<string, boolean>> {
  const modes: Record<string, boolean> = {};
  for (const [, mode = '', way] of output.matchAll(/\u001b\[\?(\d+)([hl])/g)) modes[mode] = way === 'h';
  return modes;
}

/** The modes of a terminal before any program changed them. */
export const givenBack = { '25': true, '1000': false, '1006': false, '1049': false, '2004': false, '2026': false };

/** Alternate screen, hidden cursor, mouse and bracketed paste: all modes that the console switches on. */
export function isTakenOver(output: string): boolean {
  const modes = modesOf(output);
  return modes['1049'] === true && modes['25'] === false && modes['1000'] === true && modes['2004'] === true;
}
