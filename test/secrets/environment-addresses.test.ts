import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeFile } from '../../src/app/change-file.ts';
import { systemClock } from '../../src/app/clock.ts';
import { environmentAddresses } from '../../src/secrets/environment-addresses.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';

const [good, login, evil] = ['https://api.example', 'https://login.example', 'https://evil.example'];
const secrets = { password: 'p4ss' };

function opened(path = join(temporaryDirectory(), 'environment.json')) {
  return { path, addresses: environmentAddresses(path, (file, how) => changeFile(file, how, systemClock)) };
}

test('[fault 25] environment secrets stay with the addresses of their first use', () => {
  const { path, addresses } = opened();
  expect(addresses.demand('nordic', secrets, [good, login])).toEqual(secrets);
  const next = opened(path).addresses;
  expect(next.demand('nordic', secrets, [login])).toEqual(secrets);
  expect(() => next.demand('nordic', secrets, [good, evil])).toThrow(
    `in SUBDECK_SECRETS_NORDIC were given for ${good} and ${login}, but its settings would send them to ${evil}`,
  );
  expect(next.demand('other', secrets, [evil])).toEqual(secrets);
  expect(readFileSync(path, 'utf8')).not.toContain('p4ss');
});

test('[fault 25] saving a connection with its variable set allows the new addresses', () => {
  const { addresses } = opened();
  addresses.demand('nordic', secrets, [good]);
  addresses.record('nordic', [evil]);
  expect(addresses.demand('nordic', secrets, [evil])).toEqual(secrets);
  expect(() => addresses.demand('nordic', secrets, [good])).toThrow('given for');
  addresses.record('nordic', null);
  expect(addresses.demand('nordic', secrets, [good])).toEqual(secrets);
});

test('[fault 25] a variable can name its own addresses', () => {
  const { addresses } = opened();
  const bound = { ...secrets, '@givenFor': `${good} ${login}` };
  expect(addresses.demand('nordic', bound, [good])).toEqual(secrets);
  expect(() => addresses.demand('nordic', bound, [evil])).toThrow(`given for ${good} and ${login}`);
});
