import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { patches } from '../../build/bundle.ts';

const dist = join(import.meta.dirname, '../../dist');

test('the tested and shipped bundle has both patches applied', () => {
  const code = readdirSync(dist).map((name) => readFileSync(join(dist, name), 'utf8'));
  const defines = (name: string) =>
    code.some((text) => new RegExp(`\\b(?:class|function|var|const) ${name}\\b`).test(text));
  expect(defines('FrameLines')).toBe(true);
  expect(defines('inkTextWidth')).toBe(true);
  // Ink is in the bundle, its frame buffer is not.
  expect(defines('Ink')).toBe(true);
  expect(defines('OutputCaches')).toBe(false);
});

test('Ink is the only patched dependency, in two places', () => {
  expect(patches.map(({ name }) => name)).toEqual(['ink-frame-buffer', 'ink-text-width']);
});

test.each(patches)('the build fails if the patch $name does not apply', async (patch) => {
  const build = await rolldown({
    input: 'no-ink',
    plugins: [{ name: 'no-ink', resolveId: (id) => id, load: () => 'export default 1;' }, patch],
  });
  await expect(build.generate()).rejects.toThrow(`The patch ${patch.name} was not applied`);
});
