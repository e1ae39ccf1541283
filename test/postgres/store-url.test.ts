import { expect, test } from 'vitest';
import { FaultError } from '../../src/model/fault.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';

test('verify-full is the default, except on this machine', () => {
  const modes = [
    'db.example',
    '10.0.0.1',
    '[2001:db8::1]',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '%2Frun%2Fpostgresql',
  ].map((host) => parseStoreUrl(`postgres://anna@${host}/subdeck`).sslmode);
  expect(modes).toEqual([...Array(3).fill('verify-full'), ...Array(4).fill('disable')]);
});

test('a socket directory, an address and names are read to the letter', () => {
  expect(parseStoreUrl('postgres://anna%40work@%2Fvar%2Frun%2Fpostgresql:5433/sub%20deck')).toMatchObject({
    user: 'anna@work',
    host: '/var/run/postgresql',
    isSocket: true,
    port: 5433,
    database: 'sub deck',
    text: 'postgres://anna%40work@%2Fvar%2Frun%2Fpostgresql:5433/sub%20deck?sslmode=disable',
  });
  expect(parseStoreUrl('postgresql://anna@DB.Example/subdeck?sslmode=require')).toMatchObject({
    host: 'db.example',
    port: 5432,
    text: 'postgres://anna@db.example:5432/subdeck?sslmode=require',
  });
  for (const url of ['postgres://anna@[2001:db8::1]:5433/subdeck', 'postgres://a@%2Frun/b']) {
    const { text } = parseStoreUrl(url);
    expect(parseStoreUrl(text).text).toBe(text);
  }
});

test.each([
  'db.example/subdeck',
  'https://anna@db.example/subdeck',
  'postgres://db.example/subdeck',
  'postgres://anna@db.example',
  'postgres://anna@db.example/',
  'postgres://anna@a.example,b.example/subdeck',
  'postgres://anna:hunter2@db.example/subdeck',
  'postgres://anna:@db.example/subdeck',
  'postgres://anna@db.example/subdeck#x',
  'postgres://anna@db.example/subdeck?sslmode=',
  'postgres://anna@db.example/subdeck?sslmode=no-verify',
  'postgres://anna@db.example/subdeck?host=/tmp',
  'postgres://anna@%2Frun%2Fpostgresql/subdeck?sslmode=require',
  'postgres://anna%0A@db.example/subdeck',
  'postgres://anna@db.example/subdeck/more',
])('%s is refused', (url) => {
  const read = () => parseStoreUrl(url);
  expect(read).toThrow(FaultError);
  expect(read).not.toThrow(/hunter2/);
});
