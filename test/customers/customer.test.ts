import { expect, test } from 'vitest';
import type { NodeFact } from '../../src/api/contract.ts';
import { domainName } from '../../src/api/domain-name.ts';
import { safeText } from '../../src/api/text.ts';
import {
  type Customer,
  customerAt,
  everyLinked,
  everySuggestion,
  findCustomer,
  type Suggestion,
} from '../../src/customers/customer.ts';
import { organizationAt, referenceOf } from '../../src/customers/organization.ts';
import { fill, named, row } from '../store/rows.ts';
import { openToday } from '../today/fixture.ts';

const accounts = { nordic: 'cloudmore https://n', bss: 'interworks https://b', again: 'interworks https://b' };
const vendors = { nordic: 'cloudmore', bss: 'interworks', again: 'interworks' } as const;
type Name = keyof typeof accounts;

/** A cache with organizations (connection, id, name, domain), one subscription in each, and an empty journal. */
function openCustomers(...organizations: readonly (readonly [Name, string, string, string?])[]) {
  const { cache, journal, clock } = openToday();
  const names = Object.keys(accounts) as readonly Name[];
  cache.declareConnections(
    names.map((name) => ({ name, title: name, vendor: vendors[name], impliedLevels: [], account: accounts[name] })),
  );
  for (const name of names) {
    const own = organizations.filter(([connection]) => connection === name);
    const rows = own.map(([, id, title]) =>
      row({ id: `sub-${id}`, connection: name, vendor: vendors[name], organization: named(id, title) }),
    );
    const nodes = own.map(
      ([, id, title, domain = null]): NodeFact => ({
        ...{ ...named(id, title), level: 'organization', parents: [] },
        domain: domain === null ? null : domainName(safeText(domain)),
      }),
    );
    if (rows.length > 0) fill(cache, rows, { nodes }, name);
  }
  const deps = { cache, journal, connections: names.map((name) => ({ name, account: accounts[name] })) };
  const at = (connection: Name, id: string) => {
    const found = organizationAt(deps, connection, id);
    if (found === null) throw new Error(`${connection}/${id}`);
    return found;
  };
  const say = (action: 'link' | 'unlink', customer: string, ...places: readonly (readonly [Name, string])[]) =>
    journal.link({
      ...{ action, customer, by: 'anna', at: new Date(clock.now()).toISOString() },
      organizations: places.map(([connection, id]) => at(connection, id)),
    });
  return { deps, at, say };
}

const placesOf = ({ organizations }: Pick<Customer | Suggestion, 'organizations'>) => organizations.map(referenceOf);

function found(deps: Parameters<typeof findCustomer>[0], name: string) {
  const answer = findCustomer(deps, name);
  if (answer.kind !== 'found') throw new Error(`${name}: ${answer.kind}`);
  return answer.customer;
}

test('suggests organizations of several accounts with exactly the same name', () => {
  const { deps, at } = openCustomers(
    ['nordic', '1', 'Acme Oy'],
    ['nordic', '2', 'Acme'],
    ['nordic', '3', 'Zed'],
    ['nordic', '4', 'Zed'],
    ['bss', '7', ' ACME oy'],
    ['bss', '8', 'Kohler'],
    ['nordic', '5', 'Köhler'],
    ['nordic', '6', '6'],
    ['bss', '6', '6'],
    ['nordic', '9', '-'],
    ['bss', '9', '-'],
  );
  expect(everySuggestion(deps).map((each) => [each.customer, placesOf(each)])).toEqual([
    ['Acme Oy', ['nordic/1', 'bss/7']],
  ]);
  const single = customerAt(deps, at('bss', '7'));
  expect([single.isLinked, placesOf(single)]).toEqual([false, ['bss/7']]);
  expect(single.suggestion && placesOf(single.suggestion).toSorted()).toEqual(['bss/7', 'nordic/1']);
  for (const id of ['2', '3', '5', '6'])
    expect([id, customerAt(deps, at('nordic', id)).suggestion]).toEqual([id, null]);
});

test('finds a customer by its own name, else by a name that only one has', async () => {
  const { deps, say } = openCustomers(
    ['nordic', '1', 'Acme Oy'],
    ['bss', '7', 'ACME OY'],
    ['bss', '8', 'Zed'],
    ['nordic', '2', 'Omega'],
  );
  expect(placesOf(found(deps, 'zed '))).toEqual(['bss/8']);
  expect(findCustomer(deps, 'Acm')).toEqual({ kind: 'none' });
  const several = findCustomer(deps, 'acme oy');
  expect(several.kind === 'several' && several.customers.map(placesOf)).toEqual([['nordic/1'], ['bss/7']]);
  await say('link', 'Acme Group', ['nordic', '1'], ['bss', '8']);
  expect(placesOf(found(deps, 'ACME group'))).toEqual(['nordic/1', 'bss/8']);
  expect(found(deps, 'Zed').name).toBe('Acme Group');
  // One belongs to the customer, the other to nobody.
  expect(findCustomer(deps, 'Acme Oy').kind).toBe('several');
  await say('link', 'Acme Group', ['bss', '7']);
  expect(found(deps, 'Acme Oy').organizations).toHaveLength(3);
});

test('a link holds through every connection of the account, whatever it is called', async () => {
  const { deps, at, say } = openCustomers(['nordic', '1', 'Acme'], ['bss', '7', 'Acme'], ['again', '7', 'Acme']);
  expect(at('bss', '7')).toEqual(at('again', '7'));
  await say('link', 'Acme', ['nordic', '1'], ['again', '7']);
  const customer = found(deps, 'Acme');
  expect(placesOf(customer)).toEqual(['nordic/1', 'bss/7']);
  expect(customer.organizations[1]?.pins.map(({ connection }) => connection)).toEqual(['bss', 'again']);
  const renamed = { ...deps, connections: [{ name: 'nordic', account: accounts.bss }] };
  const [organization] = found(renamed, 'Acme').organizations.filter(({ id }) => id === '7');
  expect(organization).toMatchObject({ name: 'Acme', pins: [], link: { by: 'anna' } });
});

test('suggests what is not linked yet, and never what a person took out', async () => {
  const { deps, at, say } = openCustomers(['nordic', '1', 'Acme'], ['bss', '7', 'Acme'], ['bss', '8', 'Acme']);
  await say('link', 'Acme', ['nordic', '1'], ['bss', '7']);
  const suggested = { customer: 'Acme', members: [{ id: '1' }, { id: '7' }] };
  for (const customer of [found(deps, 'Acme'), customerAt(deps, at('bss', '8'))]) {
    expect(customer.suggestion).toMatchObject({ ...suggested, organizations: [{ id: '8' }] });
  }
  await say('unlink', 'Acme', ['bss', '8']);
  expect([found(deps, 'Acme').suggestion, customerAt(deps, at('bss', '8')).suggestion]).toEqual([null, null]);
  expect([everySuggestion(deps), everyLinked(deps).map(placesOf)]).toEqual([[], [['nordic/1', 'bss/7']]]);
});

test('suggests nothing where the name belongs to two customers', async () => {
  const { deps, at, say } = openCustomers(
    ['nordic', '1', 'Acme'],
    ['bss', '7', 'Acme'],
    ['bss', '8', 'Acme'],
    ['bss', '9', 'Zed'],
  );
  await say('link', 'Acme North', ['nordic', '1'], ['bss', '9']);
  await say('link', 'Acme South', ['bss', '7']);
  expect([customerAt(deps, at('bss', '8')).suggestion, everySuggestion(deps)]).toEqual([null, []]);
  expect(findCustomer(deps, 'Acme').kind).toBe('several');
});

test('suggests organizations with the same domain, or named after it', async () => {
  const { deps, at, say } = openCustomers(
    ['nordic', '1', 'Lindholm Rederi AS', 'Lindholm.example.'],
    ['nordic', '2', 'Zed', 'zed.example'],
    ['nordic', '3', 'Omega', 'omega.example'],
    ['nordic', '4', 'Köhler', 'köhler.example'],
    ['nordic', '5', '5', 'five.example'],
    ['nordic', '6', 'Six', 'twice.example'],
    ['nordic', '7', 'Seven', 'twice.example'],
    ['bss', '1', 'Lindholm Shipping', 'LINDHOLM.EXAMPLE'],
    ['bss', '2', 'ZED.example'],
    ['bss', '3', 'Omega Mail', 'mail.omega.example'],
    ['bss', '4', 'Kohler', 'kohler.example'],
    ['bss', '5', '5', 'five.example'],
  );
  const listed = everySuggestion(deps).map((each) => [each.customer, each.domain, placesOf(each)]);
  expect(listed.toSorted()).toEqual([
    ['5', 'five.example', ['nordic/5', 'bss/5']],
    ['Lindholm Rederi AS', 'lindholm.example', ['nordic/1', 'bss/1']],
    ['Zed', null, ['nordic/2', 'bss/2']],
  ]);
  for (const id of ['3', '4', '6', '7']) expect(customerAt(deps, at('nordic', id)).suggestion).toBeNull();
  const shipping = customerAt(deps, at('bss', '1'));
  expect(shipping.suggestion).toMatchObject({ customer: 'Lindholm Shipping', domain: 'lindholm.example' });
  expect(findCustomer(deps, 'Lindholm.Example').kind).toBe('several');
  await say('link', 'Lindholm', ['nordic', '1'], ['bss', '1']);
  expect(found(deps, 'lindholm.example').name).toBe('Lindholm');
});

test('suggests the second account of the same vendor by the domain', async () => {
  const { deps, at, say } = openCustomers(
    ['bss', '7', 'Acme', 'acme.example'],
    ['again', '7', 'Acme', 'acme.example'],
    ['nordic', '1', 'Acme Oy', 'acme.example'],
  );
  const second = { ...deps, connections: [...deps.connections] };
  second.connections[2] = { name: 'again', account: 'interworks https://other' };
  expect(placesOf(everySuggestion(second)[0] ?? { organizations: [] })).toEqual(['nordic/1', 'bss/7', 'again/7']);
  await say('link', 'Acme', ['bss', '7']);
  await say('unlink', 'Acme', ['nordic', '1']);
  // The same account through two connections is one organization, and nothing to suggest.
  expect([customerAt(deps, at('bss', '7')).suggestion, everySuggestion(deps)]).toEqual([null, []]);
  expect(customerAt(second, at('bss', '7')).suggestion).toMatchObject({ customer: 'Acme', domain: null });
});
