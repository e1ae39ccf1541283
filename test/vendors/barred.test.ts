import { describe, expect, test } from 'vitest';
import { connectionDeadlines } from '../../src/api/connection-deadlines.ts';
import { type AbilityName, can, type NextAbout } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import { renewalModes } from '../../src/model/subscription.ts';
import { operations } from '../../src/operations/registry.ts';
import { nextOf } from '../../src/today/next-step.ts';
import { row, standingClock } from '../store/rows.ts';

const kinds = await Promise.all(
  [...vendors.values()].flatMap((kind) =>
    kind.variants.map(async (variant) => {
      const needed = kind.settings.filter((setting) => setting.required && !('default' in setting));
      const placeholders = Object.fromEntries(needed.map(({ name }) => [name, 'https://localhost']));
      const settings = withDefaults({ ...placeholders, ...variant.settings }, kind.settings);
      const none = {
        ...{ secrets: () => Promise.resolve({}), secretsIn: 'keychain' as const },
        ...{ clock: standingClock(), allowWrites: () => null },
      };
      const { abilities } = await kind.create({ name: 'c', title: 'C', settings, ...none });
      return { name: `${kind.id} ${variant.title}`, kind, settings, abilities };
    }),
  ),
);

const abouts: readonly NextAbout[] = ['cancellation', 'trial', 'renewal', 'suspended', 'draft'];
const rows = renewalModes.flatMap((mode) =>
  (['active', 'suspended'] as const).flatMap((status) =>
    [true, false].map((isTrial) =>
      row({ id: 's', status, isTrial, renewal: { mode, quantity: null, productId: null, plan: null } }),
    ),
  ),
);

describe.each(kinds)('$name', ({ kind, settings, abilities }) => {
  const barred = kind.barred(settings);

  test('declares the abilities its settings rule out before it is opened', () => {
    const lacking = Object.entries(abilities).flatMap(([name, ability]) =>
      typeof ability === 'object' && ability.because === 'connection' ? [[name, ability] as const] : [],
    );
    expect(barred).toEqual(Object.fromEntries(lacking));
  });

  test('offers only next steps that it can take and its menu has', () => {
    const rules = connectionDeadlines(kind.deadlines, barred);
    for (const about of abouts) {
      for (const each of rows) {
        const step = rules.next(about, each);
        if (step.kind === 'write') expect([step.ability, can(abilities[step.ability])]).toEqual([step.ability, true]);
        const { next } = nextOf(rules, about, each, null);
        const offered = operations.find(({ command }) => command && next?.words.startsWith(`subdeck ${command} `));
        for (const name of Object.keys(barred) as AbilityName[]) expect(offered?.needs ?? []).not.toEqual([name]);
        expect(next?.key).toBe(offered && (offered.menu === null ? ':' : 'a'));
      }
    }
  });
});

test('the short name of a menu entry is the start of its label', async () => {
  for (const { abilities, kind, settings } of kinds) {
    const vendor = await kind.create({
      ...{ name: 'c', title: 'C', settings, secrets: () => Promise.resolve({}) },
      ...{ secretsIn: 'keychain', clock: standingClock(), allowWrites: () => null },
    });
    for (const { menu, needs } of operations) {
      if (menu === null || !needs.some((name) => can(abilities[name]))) continue;
      expect(
        menu
          .label(row({ id: 's' }), vendor)
          .toLowerCase()
          .startsWith(menu.short),
      ).toBe(true);
    }
  }
});
