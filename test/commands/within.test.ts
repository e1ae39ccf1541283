import { expect, test } from 'vitest';
import type { Input } from '../../src/commands/command.ts';
import { requestedScope } from '../../src/commands/find.ts';
import { FaultError } from '../../src/model/fault.ts';
import { makeFixture } from '../state/fixture.ts';
import { safe, subscription } from '../state/rows.ts';

const guid = '3F2A77C0-1B7E-4C55-9D1E-AA10B3C4D5E6';
const below = (id: string, connection: string, organization: string) =>
  subscription({ id, connection, organization: { id: organization, name: safe(organization) } });
const { context } = makeFixture([
  below('s1', 'nordic', guid.toLowerCase()),
  below('s2', 'nordic', 'twice'),
  below('s3', 'bss', 'twice'),
  below('s4', 'bss', 'a/b'),
]);

const within = (text: string, connection?: string) => {
  const flags = connection === undefined ? { within: text } : { within: text, connection };
  return requestedScope(context, { flags } as unknown as Input).within;
};

test.each([
  ['organization=nordic/twice', 'nordic', 'twice'],
  [`organization=${guid.toLowerCase()}`, 'nordic', guid.toLowerCase()],
  [`organization={${guid.toLowerCase()}}`, 'nordic', guid.toLowerCase()],
  ['organization=a/b', 'bss', 'a/b'],
])('--within %s is the branch of an id, with its connection or without', (text, connection, id) => {
  expect(within(text)).toEqual({ level: 'organization', connection, id });
});

test('--within names the connections that have an id, and --connection chooses', () => {
  expect(() => within('organization=twice')).toThrow(FaultError);
  expect(() => within('organization=twice')).toThrow(/organization=nordic\/twice, organization=bss\/twice/);
  expect(within('organization=twice', 'bss')).toMatchObject({ connection: 'bss' });
  expect(() => within('organization=nobody')).toThrow(/No organization in the cache has the id "nobody"/);
  expect(() => within('nonsense')).toThrow(/LEVEL=ID/);
});
