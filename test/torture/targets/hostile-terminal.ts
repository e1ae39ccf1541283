import stringWidth from 'string-width';
import { type HostileFixture, openHostileFixture } from '../../hostile/fixture.ts';
import type { HostileRow } from '../../hostile/hostile-vendor.ts';
import { forbiddenIn, hostileText, payloads } from '../../hostile/payloads.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type SeededRandom, seededRandom, type Target } from '../target.ts';

const fields = ['id', 'name', 'account', 'product'] as const;
const rowsAtOnce = 60;
const size = { columns: 140, rows: 80 } as const;

/** Commands whose output contains rows, a vendor error, a plan, a write, or a log; each runs in the same home. */
const commands = [
  ['sync', '--verbose'],
  ['subscription', 'list'],
  ['subscription', 'list', '--json'],
  ['subscription', 'list', '--csv'],
  ['subscription', 'list', '--ndjson'],
  ['organization', 'list'],
  ['subscription', 'show', 'REF', '--raw'],
  ['subscription', 'show', 'REF', '--json', '--raw', '--verbose'],
  ['subscription', 'details', 'REF', '--verbose'],
  ['subscription', 'history', 'REF', '--json'],
  ['subscription', 'set-quantity', 'REF', '7', '--dry-run'],
  ['subscription', 'show', 'nordic/\u001b]52;c;eA==\u0007'],
  ['subscription', 'list', '--filter', 'name:"\u009b31m'],
  ['product', 'list', '--connection', 'nordic'],
  [
    'subscription',
    'set-quantity',
    'LAST',
    '0',
    '--yes',
    '--confirm=0',
    '--verbose',
    '--reason',
    'why\u001b]0;t\u0007\u202e',
  ],
  ['subscription', 'set-quantity', 'LAST', '0', '--yes', '--confirm=0', '--verbose', '--reason', 'why'],
  ['journal', 'list'],
  ['journal', 'list', '--json'],
  ['request', 'list'],
  ['today'],
  ['handover'],
] as const;

/** Keys, and what is on screen after each: lists, menus, the clipboard, tabs, a plan, and messages about writes. */
const visits: readonly (readonly [string, RegExp])[] = [
  ['f', /╭/],
  ['escape', closed()],
  ['c', /Copy or export/],
  ['enter', /copied to/],
  ['enter', /Overview/],
  ['tab', /\[Add-ons/],
  ['tab', /\[(?!Add-ons)/],
  ['tab', /Overview/],
  ['c', /Copy or export/],
  ['enter', /copied to/],
  ['a', /Change the quantity/],
  ['enter', /New quantity/],
  ['7', /7/],
  ['enter', /Press {2}y {2}to send|arge change/],
  // Back to the form, then out of it.
  ['escape', /New quantity/],
  ['escape', closed()],
  ['J', / Journal/],
  ['enter', /set-quantity|State/i],
  ['L', /connection|call/i],
  ['T', / Today/],
  ['R', / Requests/],
  ['H', /# Handover/],
  ['?', /Keys/],
];

/** No overlay is open any more. */
function closed(): RegExp {
  return /^(?![\s\S]*╭)/;
}

export const hostileTerminal: Target = {
  name: 'hostile rows in a terminal',
  promise: 'No control character of a vendor reaches a terminal through any output, and columns stay aligned.',
  full: 5_000,
  needsProgram: true,
  mutants: [
    {
      name: 'no sanitising of input or on the command line',
      tries: 120,
      patches: [
        {
          file: 'src/api/text.ts',
          find: /export function safeText\(raw: string, maxLength = 4096\): SafeText \{/,
          replace: '$&\n  if (maxLength > 0) return raw as SafeText;',
        },
        {
          file: 'src/model/printable.ts',
          find: 'export function printable(text: string): string {',
          replace: '$&\n  if (text !== null) return text;',
        },
      ],
    },
    {
      name: 'a screen that draws text as it is',
      tries: 120,
      patches: [
        {
          file: 'src/api/text.ts',
          find: /export function safeText\(raw: string, maxLength = 4096\): SafeText \{/,
          replace: '$&\n  if (maxLength > 0) return raw as SafeText;',
        },
        {
          file: 'src/screens/text/cells.ts',
          find: 'function cell(cluster: string): Cell {',
          replace: '$&\n  if (cluster !== standIn) return { text: cluster, width: 1 };',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    let nth = 0;
    let screens = 0;
    while (nth < n) {
      const fixture = await openHostileFixture();
      try {
        const many = Math.min(rowsAtOnce, Math.max(4, Math.ceil((n - nth) / fields.length)));
        fixture.vendor.rows = Array.from({ length: many }, (_, at) => hostileRow(random, nth, at));
        nth += many * fields.length;
        faults.push(...(await wordsOf(fixture)), ...(await columnsOf(fixture)));
        screens += 1;
      } finally {
        await fixture.close();
      }
    }
    return { n: nth, faults, facts: [`${commands.length} commands and the console, ${screens} times`] };
  },
};

/** The first rows contain one payload each, in turn; the others combinations. */
function hostileRow(random: SeededRandom, from: number, at: number): HostileRow {
  const hostile = (field: number) => payloads[from + at * fields.length + field] ?? hostileText(random);
  return {
    id: `${at} ${hostile(0).toWellFormed()}`,
    name: hostile(1),
    account: hostile(2),
    product: hostile(3),
    status: 'Active',
  };
}

async function wordsOf(fixture: HostileFixture): Promise<readonly string[]> {
  const faults: string[] = [];
  const ref = refOf(fixture.vendor.rows[0]);
  const last = refOf(fixture.vendor.rows.at(-1));
  for (const words of commands) {
    const args = words.map((word) => (word === 'REF' ? ref : word === 'LAST' ? last : word));
    const { stdout, stderr } = await fixture.words(...args);
    for (const [stream, said] of [
      ['stdout', stdout],
      ['stderr', stderr],
    ] as const) {
      const found = forbiddenIn(said, words.some((word) => word === '--csv') ? '\u200d\r\n' : '\u200d\n');
      if (found !== null) faults.push(`${words.join(' ')} puts ${found} on ${stream}`);
      if (said.includes('bearer-of-the-fixture')) faults.push(`${words.join(' ')} shows the token on ${stream}`);
    }
  }
  return faults;
}

/** As much of it as an argument can hold. */
function refOf(row: HostileRow | undefined): string {
  return `nordic/${row?.id ?? ''}`.replaceAll('\0', '');
}

/** In a real terminal: apart from text the program sends the same as for harmless rows, and columns start below their headers. */
async function columnsOf(fixture: HostileFixture): Promise<readonly string[]> {
  const faults: string[] = [];
  const hostile = fixture.vendor.rows;
  const seen: ReadonlySet<string>[] = [];
  for (const rows of [
    hostile.map((row, at) => ({ ...row, id: `${at}`, name: 'Mail', account: 'Acme', product: 'Box' })),
    hostile,
  ]) {
    fixture.vendor.rows = rows;
    // Read before the console opens, so that no visited row is about to be removed; all of them have changed by then.
    await fixture.words('sync', 'nordic', '--accept-removals');
    const terminal = fixture.terminal(['--no-color'], size);
    modern(terminal);
    try {
      await terminal.see(/SELLER/i);
      terminal.press('S');
      await terminal.see(new RegExp(`Subscriptions ${rows.length}\\b`));
      await terminal.see(/STATUS[\s\S]*active/i, 10_000);
      for (const key of ['end', 'home'] as const) {
        terminal.press(key);
        await terminal.see(/STATUS/i);
        faults.push(...gaps(terminal));
      }
      for (const [key, wanted] of visits) {
        terminal.press(key);
        await terminal.see(wanted);
      }
      // The unfinished output of a killed program is not a complete sequence.
      terminal.kill('SIGTERM');
      await terminal.exited;
      const output = terminal.output();
      for (const [, copied = ''] of output.matchAll(clipboard)) {
        const found = forbiddenIn(Buffer.from(copied, 'base64').toString());
        if (found !== null) faults.push(`the clipboard gets ${found}`);
      }
      const sequences = new Set(output.match(sequence)?.map(shape));
      const rest = output.replaceAll(sequence, '');
      const found = forbiddenIn(rest, '\r\n');
      if (found !== null) faults.push(`the console sends ${found}: ${JSON.stringify(around(rest))}`);
      seen.push(sequences);
    } catch (error) {
      // A screen that never shows its rows was broken by them.
      faults.push(error instanceof Error ? error.message.slice(0, 80) : String(error));
    } finally {
      terminal.kill('SIGKILL');
      await terminal.exited;
    }
  }
  const [clean, dirty] = seen;
  for (const one of dirty ?? [])
    if (!clean?.has(one) && !plainStyle.test(one)) faults.push(`the console sends ${JSON.stringify(one)}`);
  return faults;
}

/** The text around the first forbidden character. */
function around(text: string): string {
  const at = Array.from(text).findIndex((character) => forbiddenIn(character, '\r\n') !== null);
  return Array.from(text)
    .slice(Math.max(0, at - 8), at + 24)
    .join('');
}

const clipboard = /\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007/g;
const sequence =
  /\u001b(?:\[[0-9;?<>=]*[ -/]*[@-~]|[=>78]|\]11;\?\u0007|\]2;Subdeck[ \w·]*\u0007|\]52;c;[A-Za-z0-9+/=]*\u0007)/g;
/** Bold, dim, inverse, and their ends: the styles of the theme without colours. Only hostile rows may have a hint. */
const plainStyle = /^\u001b\[(?:[127]|2[27])(?:;(?:[127]|2[27]))*m$/;

/** Colours and modes with their parameters; for cursor movement and erasing only the command. */
function shape(one: string): string {
  if (one.startsWith('\u001b]52')) return 'the clipboard';
  return /[mhlcnu]$/.test(one) ? one : one.replaceAll(/\d+/g, 'n').replaceAll(/n(?:;n)*/g, 'n');
}

/** The emulator's own table is of 2010 and draws emoji in one cell; current terminals draw them in two. */
function modern({ emulator }: Terminal): void {
  const wcwidth = (code: number) => Math.min(2, stringWidth(String.fromCodePoint(code))) as 0 | 1 | 2;
  emulator.unicode.register({
    version: 'modern',
    wcwidth,
    charProperties(code, before) {
      const own = wcwidth(code);
      const held = (before >> 1) & 3;
      const joins = own === 0 && before !== 0 && held !== 0;
      return ((joins ? Math.max(held, own) : own) << 1) | (joins ? 1 : 0);
    },
  });
  emulator.unicode.activeVersion = 'modern';
}

/** The two cells before each header are empty in every row of the table. */
function gaps(terminal: Terminal): readonly string[] {
  const { emulator } = terminal;
  const buffer = emulator.buffer.active;
  const lines = terminal.lines();
  const head = lines.findIndex((line) => /\bSTATUS\b/i.test(line));
  const at = lines[head]?.search(/\bSTATUS\b/i) ?? -1;
  if (at < 2) return ['the table has no head'];
  const faults: string[] = [];
  for (let row = head + 1; row < lines.length; row += 1) {
    if (!/\bactive\b/.test(lines[row] ?? '')) continue;
    const line = buffer.getLine(buffer.baseY + row);
    const chars = [at - 2, at - 1].map((column) => line?.getCell(column)?.getChars() ?? '');
    if (chars.some((char) => char.trim() !== '')) faults.push(`a column moved: ${JSON.stringify(lines[row])}`);
  }
  return faults;
}
