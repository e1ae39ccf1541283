import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Suggestion } from '../../src/commands/keys/effects/suggestions.ts';
import { formContent, menuContent, paletteContent } from '../../src/screens/overlays/choice-content.ts';
import { overlayRoom } from '../../src/screens/overlays/overlay-box.tsx';
import { overlayWidth } from '../../src/screens/overlays/overlay-view.tsx';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { cells } from '../../src/screens/text/cells.ts';
import type { Form, FormField } from '../../src/state/form.ts';
import type { Menu, PaletteLine } from '../../src/state/overlay.ts';
import { textLine } from '../../src/state/text-line.ts';
import { subscription } from '../state/rows.ts';

const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });
const word = (least: number, most: number) => fc.stringMatching(new RegExp(`^[a-z]{${least},${most}}$`));
const row = fc.record({ label: word(1, 90), note: fc.option(word(1, 90)) });
const rows = fc.array(row, { minLength: 1, maxLength: 8 });
const columns = fc.constantFrom(80, 120, 170, 200);

/** The texts of the lines, as far as the box has room. */
const drawn = (lines: readonly (readonly { readonly text: string }[])[], room: number) =>
  lines.map((line) =>
    [...cells(line.map(({ text }) => text).join(''))]
      .slice(0, room)
      .map(({ text }) => text)
      .join(''),
  );

test('a menu cuts nothing while the screen has room for it', () => {
  fc.assert(
    fc.property(rows, columns, fc.constantFrom('actions', 'columns', 'sort'), (found, width, purpose) => {
      const entries = found.map(({ label, note }, at) => ({ id: `${at}`, label, note, unavailable: null }));
      const menu = { kind: 'menu', purpose, title: 'T', entries, cursor: null, subject: null } as Menu;
      const room = overlayRoom(overlayWidth(menu, width, theme));
      const lines = drawn(menuContent(menu, room, 40, theme).lines, room);
      const noted = found.filter(({ note }) => note !== null);
      const needed =
        Math.max(...noted.map(({ label }) => label.length)) + Math.max(...noted.map(({ note }) => note?.length ?? 0));
      if (needed + 5 > width - 8 || Math.max(...found.map(({ label }) => label.length)) + 2 > width - 8) return;
      for (const { label, note } of found) {
        expect(lines.some((line) => line.includes(label) && line.includes(note ?? ''))).toBe(true);
      }
    }),
  );
});

test('a line of a menu without a note ends with its label, at the edge of the box too', () => {
  for (const unavailable of [null, 'Read-only: nothing is sent.']) {
    const entries = [{ id: 'a', label: 'Cancel', unavailable }];
    const shown = { kind: 'menu', purpose: 'actions', title: 'T', entries, cursor: null, subject: null };
    const menu = unavailable === null ? shown : { ...shown, notice: unavailable };
    for (const room of [40, 74, 114]) {
      const lines = menuContent(menu as unknown as Menu, room, 40, theme).lines.map((line) =>
        line.map(({ text }) => text).join(''),
      );
      expect(lines.at(-1)?.trim()).toBe('Cancel');
      expect(lines.at(-1)?.length).toBeLessThanOrEqual(room);
    }
  }
});

test('the palette cuts nothing while its lines have room', () => {
  fc.assert(
    fc.property(rows, columns, (found, width) => {
      const offered = found.map(
        ({ label, note }): Suggestion => ({ text: label, summary: note ?? '', unavailable: null, does: 'run' }),
      );
      const palette: PaletteLine = {
        kind: 'palette',
        line: textLine(''),
        hits: [],
        picked: 0,
        asked: null,
        searching: null,
        ticket: null,
        unable: {},
      };
      const room = overlayRoom(overlayWidth(palette, width, theme));
      const lines = drawn(paletteContent(palette, offered, room, 40, theme).lines, room);
      for (const { text, summary } of offered) {
        if (text.length + summary.length + 3 > room) continue;
        expect(lines.some((line) => line.includes(text))).toBe(true);
      }
      const widest = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
      if (widest(offered.map(({ text }) => text)) + widest(offered.map(({ summary }) => summary)) + 3 > room) return;
      for (const { text, summary } of offered) {
        expect(lines.some((line) => line.includes(text) && line.includes(summary))).toBe(true);
      }
    }),
  );
});

test('a form shows the whole help of a field where the screen has room', () => {
  fc.assert(
    fc.property(word(1, 140), columns, fc.constantFrom('text', 'choice'), (help, width, kind) => {
      const choices = kind === 'choice' ? [{ id: 'a', label: 'A' }] : [];
      const field = {
        name: 'a',
        label: 'A',
        kind,
        help,
        choices,
        picked: null,
        line: textLine(''),
      } as unknown as FormField;
      const form = {
        subject: subscription({ id: 'one' }),
        title: 'F',
        fields: [field],
        focus: 0,
        problem: null,
      } as unknown as Form;
      const room = overlayRoom(overlayWidth({ kind: 'form', form }, width, theme));
      const text = drawn(formContent(form, room, theme).lines, room).join('\n');
      if (help.length + 2 + 19 + 43 <= width - 8) expect(text).toContain(help);
    }),
  );
});
