import { describe, expect, test } from 'vitest';
import { can } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { actionsOn } from '../../src/commands/keys/effects/actions.ts';
import { actionMenu, bulkMenu } from '../../src/commands/keys/effects/bulk-menu.ts';
import { foldEntries } from '../../src/commands/keys/effects/fold-entries.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import { markedActions } from '../../src/operations/marked-actions.ts';
import { operations } from '../../src/operations/registry.ts';
import { menuContent } from '../../src/screens/overlays/choice-content.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { overlayText } from '../../src/screens/screen-reader/overlay-text.ts';
import type { Menu } from '../../src/state/overlay.ts';
import { turnFold } from '../../src/state/updates/fold.ts';
import { makeConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { connections, subscription } from '../state/rows.ts';
import { standingClock } from '../store/rows.ts';

const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });
const readOnly = 'Read-only: nothing is sent.';
const kinds = await Promise.all(
  [...vendors.values()].flatMap((kind) =>
    kind.variants.map(async (variant) => {
      const needed = kind.settings.filter((setting) => setting.required && !('default' in setting));
      const placeholders = Object.fromEntries(needed.map(({ name }) => [name, 'https://localhost']));
      const settings = withDefaults({ ...placeholders, ...variant.settings }, kind.settings);
      const none = { secrets: () => Promise.resolve({}), secretsIn: 'keychain' as const, clock: standingClock() };
      const vendor = await kind.create({ name: 'c', title: 'C', settings, ...none, allowWrites: () => null });
      return { name: `${kind.id} ${variant.title}`, vendor };
    }),
  ),
);

const titles = Object.assign({}, ...operations.map(({ abilities }) => abilities));

/** The state of a console with this menu, its folded line opened. */
function unfolded(menu: Menu) {
  const console = makeConsole(makeFixture([]));
  console.store.update((state) => turnFold({ ...state, overlay: menu }, 'cannot'));
  console.stop();
  return console.state();
}

/** Each sentence that any of its lines gives as a reason, with the number of its lines. */
function reasonsSaid(menu: Menu, text: string): readonly (readonly [string, number])[] {
  const { overlay } = unfolded(menu);
  const entries = overlay?.kind === 'menu' ? overlay.entries : [];
  const reasons = new Set([menu.notice, ...entries.map(({ unavailable }) => unavailable)].filter((each) => !!each));
  return [...reasons].map((reason) => [reason ?? '', text.split(reason ?? '').length - 1]);
}

function linesOf(menu: Menu, room: number): readonly string[] {
  return menuContent(menu, room, 24, theme).lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

function drawn(menu: Menu): string {
  return linesOf({ ...menu, cursor: null }, 2000).join('\n');
}

describe.each(kinds)('$name', ({ vendor }) => {
  test.each([null, readOnly])('the action menu says each reason once and leaves nothing out (%s)', (denied) => {
    const row = subscription({ id: 'sub-1' });
    const folded = foldEntries(actionsOn(row, vendor), denied, vendor.charging.vendor);
    const menu = actionMenu('actions', row.name, folded, row);
    const { overlay } = unfolded(menu);
    if (overlay?.kind !== 'menu') throw new Error('There is no menu.');
    for (const text of [drawn(menu), drawn(overlay)]) {
      for (const [reason, times] of reasonsSaid(menu, text)) expect([reason, times <= 1]).toEqual([reason, true]);
    }
    const text = drawn(overlay);
    for (const [reason, times] of reasonsSaid(menu, text)) expect([reason, times]).toEqual([reason, 1]);
    for (const operation of operations) {
      if (operation.menu === null) continue;
      const label = operation.menu.label(row, vendor);
      const isPossible = operation.needs.some((name) => can(vendor.abilities[name]));
      const names = isPossible ? [label] : Object.values<string>(operation.abilities);
      if (menu.entries.length === 0) continue;
      for (const name of names) expect(drawn(menu)).toContain(name);
      for (const name of names) expect(text.toLowerCase()).toContain(name.toLowerCase());
    }
    const lines = overlayText(overlay, unfolded(menu), theme).join('\n');
    for (const [reason, times] of reasonsSaid(menu, lines)) expect([reason, times]).toEqual([reason, 1]);
  });

  test('possible actions come first; a menu without any says why on top', () => {
    const row = subscription({ id: 'sub-1' });
    const { notice, entries } = foldEntries(actionsOn(row, vendor), null, vendor.charging.vendor);
    const isAny = operations.some(
      ({ menu, needs }) => menu !== null && needs.some((name) => can(vendor.abilities[name])),
    );
    // With one reason for all, there is nothing to list below it.
    expect([notice === null, entries[0]?.id ?? 'cannot']).toEqual([isAny, isAny ? entries[0]?.id : 'cannot']);
    if (isAny) expect(entries[0]?.unavailable).toBe(null);
  });
});

test('the menu of rows of all vendors says each reason once and leaves nothing out', async () => {
  const [usual] = connections;
  if (usual === undefined) throw new Error('There is no connection.');
  const rows = kinds.map((_, at) => subscription({ id: 's', connection: `c${at}` }));
  const fixture = makeFixture(
    rows,
    kinds.map((_, at) => ({ ...usual, name: `c${at}` })),
  );
  const vendor = async (name: string) => kinds[Number(name.slice(1))]?.vendor;
  const context = { ...fixture.context, connections: { ...fixture.context.connections, declared: vendor } } as never;
  for (const marked of [rows, ...rows.map((row) => [row])]) {
    for (const denied of [null, readOnly]) {
      const menu = await bulkMenu(context, marked, '5 marked', denied);
      const { overlay } = unfolded(menu);
      const text = drawn(overlay?.kind === 'menu' ? overlay : menu);
      for (const [reason, times] of reasonsSaid(menu, text)) expect([reason, times]).toEqual([reason, 1]);
      for (const { marked, operation } of markedActions) {
        const names = operation.needs.map(
          (name) => Object.entries<string>(titles).find(([id]) => id === name)?.[1] ?? '',
        );
        if (menu.entries.length === 0) continue;
        const said = drawn(menu).toLowerCase();
        expect(said.includes(marked.label.toLowerCase()) || names.every((name) => name && said.includes(name))).toBe(
          true,
        );
      }
    }
  }
});

test('a narrow menu shows in full what is cut of the line under its cursor', () => {
  const found = kinds.find(({ name }) => name === 'cloudcockpit any role');
  if (found === undefined) throw new Error('There is no CloudCockpit.');
  const row = subscription({ id: 'sub-1' });
  const menu = actionMenu('actions', row.name, foldEntries(actionsOn(row, found.vendor), null, 'CloudCockpit'), row);
  const at = (cursor: string) => linesOf({ ...menu, cursor }, 72);
  const label = menu.entries.find(({ id }) => id === 'cannot')?.label ?? '';
  expect(label.length).toBeGreaterThan(72);
  expect(at('set-quantity').join(' ')).not.toContain(label.slice(-20));
  const lines = at('cannot');
  const blank = lines.findLastIndex((line) => line.trim() === '');
  expect(lines.slice(blank + 1).join(' ')).toBe(`${label} Enter shows or hides the reasons.`);
  expect(lines.every((line) => line.length <= 72)).toBe(true);
});
