import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { patches } from '../../build/bundle.ts';
import own from '../../package.json' with { type: 'json' };

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

test('the dependencies are what the bundle imports and does not contain', () => {
  const imports = readdirSync(dist).flatMap((name) => [
    ...readFileSync(join(dist, name), 'utf8').matchAll(
      /^(?:import|export) [^"\n]*?"([^".][^"\n]*)";$|\bimport\("([^".][^"\n]*)"\)/gm,
    ),
  ]);
  const packages = imports.map(([, fixed, lazy]) => fixed ?? lazy ?? '').filter((name) => !isBuiltin(name));
  expect(new Set(packages)).toEqual(new Set(Object.keys(own.dependencies)));
});

test('the licenses of the bundled packages are beside the bundle', () => {
  const parts = readFileSync(join(dist, 'THIRD-PARTY-LICENSES'), 'utf8')
    .split(`\n${'='.repeat(80)}\n\n`)
    .slice(1);
  for (const text of parts)
    expect(text).toMatch(/^(?:\S+ \d+\.\d+\.\d+ \([\w.-]+\)\n)+\n[\s\S]*(?:copyright|licen[cs]e)/i);
  const licensed = parts.flatMap((text) => (text.split('\n\n')[0] ?? '').split('\n').map((line) => line.split(' ')[0]));
  const bundled = readdirSync(dist).flatMap((name) => [
    ...readFileSync(join(dist, name), 'utf8').matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm),
  ]);
  expect(bundled.length).toBeGreaterThan(100);
  expect(licensed).toEqual(expect.arrayContaining(bundled.map(([, name]) => name)));
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
