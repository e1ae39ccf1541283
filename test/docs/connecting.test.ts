import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vendors } from '../../src/api/registry.ts';
import { sharedSettings } from '../../src/api/shared-settings.ts';
import { askingSentences } from '../../src/model/setting-source.ts';
import type { SettingDeclaration } from '../../src/model/settings.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/connect-a-vendor.md'), 'utf8');
const shared = new Set<string>(sharedSettings.map(({ name }) => name));

function kindOf({ secret, when, default: value }: SettingDeclaration): string {
  if (secret) return 'secret';
  return `setting${when ? `, ${when.setting} \`${when.is}\`` : ''}${value === undefined ? '' : ' with a default'}`;
}

test.each([...vendors.values()].map((vendor) => [vendor.title, vendor.settings] as const))(
  'the guide names the settings and secrets of %s as they are declared',
  (title, settings) => {
    const section = guide.split('\n## ').find((text) => text.startsWith(`${title}\n`)) ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const own = settings.filter(({ name }) => !shared.has(name) && !name.startsWith('assume.'));
    expect(rows.map((row) => row.split('`')[1]).toSorted()).toEqual(own.map(({ name }) => name).toSorted());
    for (const declared of own) {
      const row = rows.find((line) => line.startsWith(`| \`${declared.name}\` | ${kindOf(declared)} |`));
      expect(row, `${declared.name}: ${kindOf(declared)}`).toContain(askingSentences({ ...declared, help: '' }).trim());
    }
  },
);
