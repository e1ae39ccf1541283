import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { vendors } from '../../src/api/registry.ts';

/**
 * A vendor is named in its two folders only, not in code, texts or comments of other files. Other code gets what it
 * needs from the vendor's declarations. So does `npm run docs`, which writes what it found as JSON.
 */
const root = join(import.meta.dirname, '../../src');
const registries = ['api/registry.ts', 'sandbox/vendors.ts'];
const folders = [...vendors.keys()].flatMap((id) => [`api/${id}/`, `sandbox/${id}/`]);
const names = [...vendors.values()].flatMap(({ id, title }) => [id, title].map((name) => name.toLowerCase()));

/** Lines that name a vendor where none may be named. */
function namedIn(file: string, content: string): readonly string[] {
  if (registries.includes(file) || folders.some((folder) => file.startsWith(folder))) return [];
  return content.split('\n').flatMap((line, at) => {
    const found = names.find((name) => line.toLowerCase().includes(name));
    return found === undefined ? [] : [`${file}:${at + 1}: ${found}`];
  });
}

test('only a vendor’s two folders and the registries name a vendor', () => {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  expect(files.length).toBeGreaterThan(400);
  expect(files.flatMap((file) => namedIn(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test.each([...vendors.values()])('finds $title by its id and its title, except in its own folders', (vendor) => {
  const comment = `// As ${vendor.title} does it.`;
  for (const planted of [comment, `if (row.vendor === '${vendor.id}') return 1;`, `vendors.get('${vendor.id}')`]) {
    for (const file of ['today/planted.ts', 'api/planted.ts', 'api/http/planted.ts', 'sandbox/planted.ts', 'main.ts'])
      expect(namedIn(file, planted)).toHaveLength(1);
    for (const file of [`api/${vendor.id}/planted.ts`, `sandbox/${vendor.id}/planted.ts`, ...registries])
      expect(namedIn(file, planted)).toEqual([]);
  }
});

test.each(registries)('the registry %s names each vendor in two lines', (file) => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  for (const id of vendors.keys()) expect(lines.filter((line) => line.includes(id))).toHaveLength(2);
});
