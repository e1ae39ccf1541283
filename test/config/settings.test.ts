import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { described } from '../../docs/pages/topic.ts';
import { vendors } from '../../src/api/registry.ts';
import { sharedSettings } from '../../src/api/shared-settings.ts';
import { declarationsOf } from '../../src/app/connection-setup.ts';
import { settingsTopic } from '../../src/commands/reference/settings.ts';
import { type Declarations, isSwitchedOn, readSettings, writeConnection } from '../../src/config/settings-file.ts';
import { FaultError } from '../../src/model/fault.ts';
import type { SettingDeclaration } from '../../src/model/settings.ts';

const declared = { help: '', foundAt: null, secret: false, required: true, kind: 'text' } as const;
const title = { ...declared, name: 'title', required: false } as const;
const cloudmore = [
  { ...declared, name: 'baseUrl', required: false, kind: 'url', default: 'https://api.cloudmore.com' },
  { ...declared, name: 'level', choices: ['seller', 'reseller'] },
  { ...declared, name: 'password', secret: true },
  title,
  ...sharedSettings.filter(({ name }) => name === 'concurrency'),
] as const;
const declarations: Declarations = new Map<string, readonly SettingDeclaration[]>([
  ['cloudmore', cloudmore],
  ['vmware', [title]],
]);

let home = '';
let path = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-settings-'));
  path = join(home, 'settings.json');
});
afterEach(() => rmSync(home, { recursive: true }));

const connection = (settings: string) => `{"connections":{"a":{"vendor":"cloudmore","settings":${settings}}}}`;

test('refuses a settings file that is not UTF-8 and keeps it unchanged', () => {
  const bytes = Buffer.from(
    '{"connections": {"a": {"vendor": "vmware", "settings": {"title": "K\u00f6ln"}}}}',
    'latin1',
  );
  writeFileSync(path, bytes);
  expect(() => readSettings(path, declarations)).toThrow('line 1 is not UTF-8; it looks like Windows-1252');
  expect(() => writeConnection(path, declarations, 'b', { vendor: 'vmware', values: {} })).toThrow('is not UTF-8');
  expect(readFileSync(path)).toEqual(bytes);
});

describe('reports a bad settings file by key and position and keeps it unchanged', () => {
  test.each([
    ['{\n  "freshFor": "soon"\n}', ':2:3: freshFor must be a number of seconds, 0 or more.'],
    ['{"freshFor": 5,\n "refresh": "sometimes"}', ':2:2: refresh must be "auto" or "off".'],
    ['{"refresh": true}', ':1:2: refresh must be "auto" or "off".'],
    ['{"guard": 3}', ':1:2: guard must be an object with factor and seats.'],
    ['{"guard": {"factor": 0.5}}', ':1:12: guard.factor must be a number, 1 or more.'],
    ['{"guard": {"factor": "3"}}', ':1:12: guard.factor must be a number, 1 or more.'],
    ['{"guard": {"factor": 2,\n "seats": 1.5}}', ':2:2: guard.seats must be a whole number, 0 or more.'],
    ['{"guard": {"seats": -1}}', ':1:12: guard.seats must be a whole number, 0 or more.'],
    ['{"guard": {"seat": 5}}', ':1:12: guard.seat is not known: use factor and seats.'],
    ['{"readOnly": 1}', ':1:2: readOnly must be true or false.'],
    ['{"a": 1,}', ':1:9: is not valid JSON: expected a key in double quotes.'],
    ['{"a": 1, "a": 2}', ':1:10: is not valid JSON: the key "a" appears twice.'],
    ['{"a": 01}', ':1:8: is not valid JSON: expected }.'],
    ['[]', ':1:1: must be an object in braces.'],
    ['', ':1:1: is not valid JSON: the file ends unexpectedly.'],
    ['{"connections": {"Nordic": {"vendor": "cloudmore"}}}', ':1:18: connections.Nordic: a name is'],
    ['{"connections": {"a": {}}}', ':1:18: connections.a.vendor is missing.'],
    ['{"connections": {"a": {"vendor": "acme"}}}', ':1:24: connections.a.vendor must be one of cloudmore,'],
    [connection('{"levle": "seller"}'), ':1:55: connections.a.settings.levle is not a setting of this vendor'],
    [connection('{"level": "boss"}'), 'settings.level must be one of seller, reseller.'],
    [connection('{"baseUrl": "http://example.com"}'), 'settings.baseUrl must begin with https://'],
    [
      connection('{"baseUrl": "https://me:pw@example.com"}'),
      'settings.baseUrl must not contain a user name or password.',
    ],
    ...['"0"', '"17"', '"1.5"', '"many"', '""', '0', '17', '-1'].map((value): [string, string] => [
      connection(`{"concurrency": ${value}}`),
      ':1:55: connections.a.settings.concurrency must be a whole number from 1 to 16.',
    ]),
    [
      connection('{"concurrency": 1.5}'),
      ':1:55: connections.a.settings.concurrency must be text in double quotes, or a',
    ],
    [connection('{"password": "x"}'), 'settings.password is a secret'],
    [
      '{"connections": {"a-b": {"vendor": "vmware"}, "a_b": {"vendor": "vmware"}}}',
      'connections.a-b would share its secrets variable with a_b.',
    ],
  ])('%s', (text, message) => {
    writeFileSync(path, text);
    for (const attempt of [
      () => readSettings(path, declarations),
      () => writeConnection(path, declarations, 'new', { vendor: 'vmware', values: {} }),
    ]) {
      expect(attempt).toThrow(FaultError);
      expect(attempt).toThrow(message);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

test('without a file every setting has its default, and no file is created', () => {
  expect(readSettings(path, declarations)).toMatchObject({
    freshFor: 300,
    refresh: 'auto',
    readOnly: false,
    guard: { factor: 3, seats: 10 },
    connections: {},
  });
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
});

test('a guard may set one of its two values and keeps the default of the other', () => {
  writeFileSync(path, '{"guard": {"seats": 100}}');
  expect(readSettings(path, declarations).guard).toEqual({ factor: 3, seats: 100 });
});

test('concurrency may be written as text or as a number', () => {
  for (const value of ['"16"', '16']) {
    writeFileSync(path, connection(`{"concurrency": ${value}}`));
    expect(readSettings(path, declarations).connections.a?.values.concurrency).toBe('16');
  }
});

test('loopback addresses may use plain http', () => {
  for (const host of ['127.0.0.1:8080', 'localhost:1', '[::1]:9']) {
    writeFileSync(path, connection(`{"baseUrl": "http://${host}"}`));
    expect(readSettings(path, declarations).connections.a?.values.baseUrl).toBe(`http://${host}`);
  }
});

test('[fault 88] writing a connection keeps unknown keys, and the file is private', () => {
  writeFileSync(
    path,
    '{"mine": [1, {"deep": true}], "freshFor": 5, "connections": {"b": {"vendor": "vmware", "note": 1}}}',
  );
  writeConnection(path, declarations, 'a', { vendor: 'cloudmore', values: { level: 'seller' } });
  writeConnection(path, declarations, 'b', { vendor: 'vmware', values: { title: 'B' } });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    $schema: './settings.schema.json',
    mine: [1, { deep: true }],
    freshFor: 5,
    connections: {
      a: { vendor: 'cloudmore', settings: { level: 'seller' } },
      b: { vendor: 'vmware', note: 1, settings: { title: 'B' } },
    },
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('`$schema` names the schema of the reference, which accepts what help shows', async () => {
  const [{ example = [] } = {}] = await settingsTopic.parts(described);
  writeFileSync(path, example.join('\n'));
  const own = declarationsOf(vendors);
  writeConnection(path, own, 'b', { vendor: 'vmware', values: { title: 'B', concurrency: '2' } });
  const saved = JSON.parse(readFileSync(path, 'utf8'));
  const text = readFileSync(join(home, saved.$schema), 'utf8');
  const reference = readFileSync(join(import.meta.dirname, '../../docs/reference/settings.schema.json'), 'utf8');
  expect(JSON.parse(text)).toEqual(JSON.parse(reference));
  const isValid = new AjvJsonSchemaValidator().getValidator(JSON.parse(text));
  expect(isValid(saved)).toMatchObject({ valid: true });
  for (const wrong of [
    { freshFor: -1 },
    { armMinutes: true },
    { guard: { seat: 1 } },
    { connections: { a: { vendor: 'vmware', settings: { orgID: '1' } } } },
    { connections: { A: saved.connections.b } },
  ]) {
    expect(isValid(wrong), JSON.stringify(wrong)).toMatchObject({ valid: false });
  }
});

test('removing a connection keeps the others', () => {
  writeFileSync(path, '{"connections": {"a": {"vendor": "vmware"}, "b": {"vendor": "vmware"}}}');
  writeConnection(path, declarations, 'a', null);
  expect(Object.keys(readSettings(path, declarations).connections)).toEqual(['b']);
});

test('keeps a symbolic link to the settings', () => {
  const real = join(home, 'real.json');
  writeFileSync(real, '{}');
  symlinkSync(real, path);
  writeConnection(path, declarations, 'a', { vendor: 'vmware', values: {} });
  expect(readFileSync(real, 'utf8')).toContain('"vmware"');
});

test('a switch in the environment is on unless empty, 0 or false', () => {
  expect([undefined, '', '0', 'false', '1', 'yes'].map(isSwitchedOn)).toEqual([false, false, false, false, true, true]);
});

test('[fault 116] a dangling link is an error, not a missing file with defaults', () => {
  symlinkSync(join(home, 'gone.json'), path);
  expect(() => readSettings(path, declarations)).toThrow(`it is a broken link (to ${join(home, 'gone.json')})`);
});
