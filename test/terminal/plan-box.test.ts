import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { type HostileFixture, openHostileFixture } from '../hostile/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { closeTerminals } from './terminal.ts';

let fixture: HostileFixture | null = null;
afterEach(async () => {
  await closeTerminals();
  await fixture?.close();
  fixture = null;
});

/** 200 characters without a repeated substring. */
const id = Array.from({ length: 4 }, (_, at) => createHash('sha256').update(`${at}`).digest('hex'))
  .join('')
  .slice(0, 200);
const wide = '安全なメール保護'.repeat(32).slice(0, 255);
const rightToLeft = 'חשבונית ענן מאובטחת '.repeat(13).slice(0, 255).trim();
const emoji = '🚀👩‍💻☁️'.repeat(60).slice(0, 255);

/** The only row of a vendor, and the writes sent to it. */
async function openWith(name: string): Promise<{ readonly fixture: HostileFixture; readonly sent: string[] }> {
  const sent: string[] = [];
  fixture = await openHostileFixture();
  const row = { id, name, account: `Org ${name}`, product: `Product ${name}`, status: 'Active' };
  fixture.vendor.rows = [row];
  const { vendor } = fixture;
  vendor.spoil = ({ method, url }) => {
    if (method === 'GET' || /token$/.test(url)) return false;
    sent.push(`${method} ${url}`);
    vendor.rows = [{ ...row, status: 'Cancelled' }];
    return false;
  };
  return { fixture, sent };
}

/** The content of the box, line by line. */
const inside = (screen: string) => screen.split('\n').flatMap((line) => /│(.*)│/u.exec(line)?.[1]?.trim() ?? []);

async function planAt(columns: number, rows: number, name: string) {
  const { fixture: home, sent } = await openWith(name);
  const person = keyboard(home.terminal([], { columns, rows }));
  await person.see(/1\/1 (?:connections )?ok/);
  person.press('S');
  await person.see('active');
  person.press('a');
  await person.see('Cancel');
  await person.standOn(/^Cancel(?! an add-on)/);
  person.press('enter');
  // With the border behind it: the line is drawn to its end.
  const screen = await person.see(/This cannot be undone\..*│/);
  return { person, screen, sent };
}

test.each([
  [60, 16, 'wide letters', wide],
  [80, 24, 'right to left', rightToLeft],
  [120, 40, 'emoji', emoji],
] as const)('at %i×%i a plan with names in %s shows its complete reference', async (columns, rows, _, name) => {
  const { screen } = await planAt(columns, rows, name);
  const lines = inside(screen);
  expect(lines.join('')).toContain(`nordic/${id}`);
  expect(lines.join(' ')).toContain('This cannot be undone.');
  expect(screen).not.toContain('does not fit');
});

test('at 60×16 a plan is confirmed by its id, typed in full, and sent once', async () => {
  const { person, sent } = await planAt(60, 16, wide);
  await person.typeOut(id);
  await person.see(/: (?:done|unknown) ─|Enter closes|cancelled/);
  expect(sent).toEqual([`POST /api/subscriptions/${id}/cancel`]);
});
