import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { excelLines } from '../../src/commands/csv.ts';
import { localeSeparator } from '../../src/model/csv-separator.ts';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import { readCsv } from '../../src/writes/bulk/csv.ts';
import { type Home, openHome } from './home.ts';

let home: Home;
let folder = '';
let csv = '';
let target: CachedSubscription;
const at = ['--connection', 'cloudmore-reseller'];
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 300 } });
  folder = mkdtempSync(join(tmpdir(), 'spreadsheets-'));
  const rows = (await home.words('subscription', 'list', '--json', ...at)).json<readonly CachedSubscription[]>();
  const found = rows.find(({ status, quantity, isAddon }) => status === 'active' && !isAddon && (quantity ?? 0) > 5);
  if (found === undefined) throw new Error('No subscription matches.');
  target = found;
  csv = (await home.words('subscription', 'list', '--csv', ...at)).stdout;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await home.close();
});

function setSeparator(separator: string): void {
  const file = join(home.path, 'settings.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), csv: { separator } }));
}

/** The list with one changed quantity, as cells. */
function edited(): readonly (readonly string[])[] {
  const { header, records } = readCsv(csv);
  return [
    header,
    ...records.map(({ cells }) =>
      header.map((name) => {
        const isChanged = name === 'quantity' && cells.ref === target.ref;
        return isChanged ? String((target.quantity ?? 0) - 1) : (cells[name] ?? '');
      }),
    ),
  ];
}

/** As a spreadsheet saves it. */
function saved(separator: string, rows = edited()): string {
  const quoted = (cell: string) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(quoted).join(separator)}\r\n`).join('');
}

describe('[fault 136] a list exported and edited in a spreadsheet', () => {
  const withEmptyEnd = () =>
    saved(
      ';',
      edited().map((row) => [...row, '', '']),
    );
  it.each<[string, () => string | Uint8Array]>([
    ['commas', () => saved(',')],
    ['semicolons', () => saved(';')],
    ['tabs', () => saved('\t')],
    ['a byte order mark', () => `\ufeff${saved(';')}`],
    ['sep=', () => `\ufeffsep=;\r\n${saved(';')}`],
    ['empty columns at the end', withEmptyEnd],
    ['UTF-16', () => Buffer.from(`\ufeff${saved('\t')}`, 'utf16le')],
  ])('with %s becomes a plan of the one changed row', async (name, text) => {
    const file = join(folder, `${name}.csv`);
    writeFileSync(file, text());
    const plan = join(folder, `${name}.plan`);
    const { code, stdout, stderr } = await home.words('plan', 'create', plan, '--from', file);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Changes +set-quantity 1\b/);
    expect(stderr).toContain('Not used: ');
    expect(stderr).toContain('vendorstatus');
    expect(stderr).toMatch(/Left out: \d+ rows without a change\./);
    const { rows } = (await home.words('plan', 'show', plan, '--json')).json<{ rows: readonly { ref: string }[] }>();
    expect(rows.map(({ ref }) => ref)).toEqual([target.ref]);
  });

  it('has one value per column', () => {
    const { header, records } = readCsv(csv);
    expect(header).not.toContain('prices');
    for (const kind of ['list', 'revenue', 'erp', 'unit']) {
      expect(header).toContain(`${kind}price`);
      expect(header).toContain(`${kind}currency`);
    }
    const [price] = target.prices;
    const cells = records.find((record) => record.cells.ref === target.ref)?.cells;
    expect([cells?.[`${price?.kind}price`], cells?.[`${price?.kind}currency`]]).toEqual([
      price?.amount,
      price?.currency,
    ]);
  });

  it('loses only the apostrophes that protect against formulas', () => {
    const { records } = readCsv("ref,name\r\na/1,'=1+1\r\na/2,'s Hertogenbosch\r\na/3,'-5\r\n");
    expect(records.map(({ cells }) => cells.name)).toEqual(['=1+1', "'s Hertogenbosch", '-5']);
  });

  it('in another encoding is refused with the name of the encoding', async () => {
    const file = join(folder, 'latin1.csv');
    writeFileSync(file, Buffer.from('ref,verb,name\r\na/1,update,Köln\r\n', 'latin1'));
    const { code, stderr } = await home.words('plan', 'create', join(folder, 'x.plan'), '--from', file);
    expect(code).toBe(2);
    expect(stderr).toContain('Windows-1252');
  });
});

describe('[fault 136] a list exported for a spreadsheet', () => {
  it('has a byte order mark and the configured separator, and reads back unchanged', async () => {
    for (const separator of [',', ';', '\t']) {
      setSeparator(separator);
      const { stdout } = await home.words('subscription', 'list', '--excel', ...at);
      expect(stdout.startsWith('\ufeff')).toBe(true);
      expect(stdout.slice(1).split('\r\n')[0]?.split(separator)).toContain('listPrice');
      expect(readCsv(stdout).records.map(({ cells }) => cells.quantity)).toEqual(
        readCsv(csv).records.map(({ cells }) => cells.quantity),
      );
    }
    setSeparator('|');
    expect((await home.words('subscription', 'list', '--excel', ...at)).stderr).toContain('csv.separator must be');
    setSeparator(',');
  });

  it('starts no formula with any separator', () => {
    const texts = ['=1+1', 'a;=1+1', 'a,"=1+1', 'a\t+1', ';@x', '-5', "a; '=x", '＝1', 'plain; text'];
    const columns = [
      { id: 'a', title: 'a', align: 'left' as const },
      { id: 'b', title: 'b', align: 'left' as const },
    ];
    for (const separator of [',', ';', '\t'] as const) {
      const lines = [
        ...excelLines({ columns, rows: texts.map((text) => ({ json: {}, cells: [text, 'b'] })) }, separator),
      ];
      const pieces = lines.join('').split(/[,;\t\r\n]/);
      expect(pieces.filter((piece) => /^[\s"]*[=+\-@＝＋－＠]/.test(piece))).toEqual([]);
    }
  });

  it.each([
    ['de-DE', ';'],
    ['sv-SE', ';'],
    ['en-US', ','],
    ['ja-JP', ','],
  ])('uses for %s the separator %s', (locale, separator) => {
    expect(localeSeparator(locale)).toBe(separator);
  });
});
