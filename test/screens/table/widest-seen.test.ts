import { afterEach, expect, it } from 'vitest';
import { makeConsole, type TestConsole } from '../../state/console.ts';
import { makeFixture } from '../../state/fixture.ts';
import { noon, safe, subscription } from '../../state/rows.ts';
import { frameOf } from '../frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const organization = 'Association of Bakers and Confectioners';

/** Sixty rows; the last one has by far the longest name. */
function start(columns: number): TestConsole {
  const long = 'Backup of everything, for the headquarters and both branches';
  const rows = Array.from({ length: 60 }, (_, index) =>
    subscription({
      id: `${index}`,
      name: safe(index === 59 ? `z ${long}` : `Backup ${String(index).padStart(2, '0')}`),
      organization: { id: 'o1', name: safe(organization) },
      services: [{ id: 'v1', name: safe('Mail') }],
    }),
  );
  open = makeConsole(makeFixture(rows), { columns, rows: 24 });
  open.type('S');
  return open;
}

const head = (console: TestConsole) => frameOf(console)[2] ?? '';

it.each([100, 120, 150])('%i columns do not cut a value while others stand beside blanks', (columns) => {
  const lines = frameOf(start(columns));
  expect(lines[3]).toContain(organization);
  expect(lines.join('\n')).not.toContain('…');
});

it('columns stay where they are while a person scrolls, and return after a filter', () => {
  const console = start(100);
  const before = head(console);
  console.type('<pagedown>');
  expect(head(console)).toBe(before);
  console.type('G');
  const grown = head(console);
  expect(grown).not.toBe(before);
  for (const way of ['g', '<pagedown>', '/backup<enter>', '<escape>', '<enter>', '<escape>']) {
    console.type(way);
    const isWhole = console.screen().kind === 'subscriptions' && way !== '/backup<enter>';
    if (isWhole) expect(head(console), way).toBe(grown);
    // The long name is out of sight: the filtered rows do not give way to it.
    if (way === '/backup<enter>') expect(frameOf(console)[3]).toContain(organization);
  }
});

it.each([80, 100, 120])('in %i cells columns stay while a filter is typed, and fit it once it is kept', (columns) => {
  const console = start(columns);
  console.type('G');
  const before = head(console);
  const typed = ['/', ...'backup cancel<30d'].map((letter) => {
    console.type(letter === ' ' ? '<space>' : letter);
    return head(console);
  });
  const withRows = typed.filter((line) => line.includes('NAME'));
  expect(withRows.length).toBeGreaterThan(5);
  expect(new Set(withRows)).toEqual(new Set([before]));
  console.type('<escape>');
  expect(head(console)).toBe(before);
  console.type('g/backup<enter>');
  expect(head(console)).not.toBe(before);
});

it('while a filter is typed a column still grows for a value that would be cut', () => {
  const console = start(100);
  const before = head(console);
  console.type('/z');
  expect(head(console).indexOf('ORGANIZATION')).toBeGreaterThan(before.indexOf('ORGANIZATION'));
});

it('a column that tells rows apart stays while others are in view', () => {
  const rows = Array.from({ length: 60 }, (_, index) =>
    subscription({
      id: `${index}`,
      connection: index === 1 ? 'bss' : 'nordic',
      name: safe(index < 2 ? 'Backup' : `Mail ${String(index).padStart(2, '0')}`),
      organization: null,
    }),
  );
  open = makeConsole(makeFixture(rows), { columns: 80, rows: 24 });
  open.type(':subscriptions<enter>');
  expect(head(open)).toContain('CONNECTION');
  open.type('G');
  expect(frameOf(open)[3]).not.toContain('Backup');
  expect(head(open)).toContain('CONNECTION');
});

it('a deadline that the filter asks for keeps its date beside a long name', () => {
  const name = safe('Backup of everything, for the headquarters and both branches');
  const cancellableUntil = new Date(noon + 9 * 86_400_000).toISOString();
  open = makeConsole(makeFixture([subscription({ id: 'a', name, cancellableUntil })]), { columns: 120, rows: 24 });
  open.type('S/');
  open.paste('cancel<30d');
  open.type('<enter>');
  expect(frameOf(open)[3]).toMatch(/9 d 0 h · 30 Nov/);
});
