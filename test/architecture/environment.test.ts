import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { variables } from '../../src/model/environment.ts';

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)))
  .filter((file) => file !== 'model/environment.ts')
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

/** Reads of a variable by its name, on `process.env` or on an `env` that was handed on. */
function readsIn(text: string): readonly string[] {
  return [...text.matchAll(/\benv\??\.([A-Za-z]*[A-Z_]\w*)/g)].map(([, name = '']) => name);
}

test('every variable that the code reads is declared, for help and docs', () => {
  const declared = new Set<string>(['NODE_ENV', ...Object.keys(variables)]);
  const reads = files.flatMap(({ file, text }) => readsIn(text).map((name) => ({ file, name })));
  expect(reads.length).toBeGreaterThan(25);
  expect(reads.filter(({ name }) => !declared.has(name) && !declared.has(name.toUpperCase()))).toEqual([]);
});

test('a name that is put together is read only where it is declared or refused', () => {
  const known = [
    // Names typed as `keyof Environment`.
    ...['app/debug-output.ts', 'commands/words/doctor.ts'],
    // The variables of libpq, which are refused; those that begin as a connection's secrets do; those that a child needs.
    ...['postgres/environment.ts', 'secrets/from-environment.ts', 'secrets/keychain.ts'],
  ];
  const indexed = files.filter(({ text }) => /\benv\??\.?\[/.test(text)).map(({ file }) => file);
  expect(indexed.toSorted()).toEqual(known.toSorted());
});

test('every variable that is declared is read', () => {
  const all = files.map(({ text }) => text).join('\n');
  const unread = Object.entries(variables).filter(
    ([name, variable]) =>
      !('readBy' in variable) && !/[^A-Z0-9_]/.test(name) && !all.includes(name) && name !== 'SUBDECK_TEAM_PASSWORD',
  );
  expect(unread.map(([name]) => name)).toEqual([]);
});
