import { expect, test } from 'vitest';
import { topicPage } from '../../docs/pages/topic.ts';
import { vendors } from '../../src/api/registry.ts';
import { systemClock } from '../../src/app/clock.ts';
import { connectionsOf } from '../../src/app/connections.ts';
import { type AbilityMatrix, abilityMatrix, reasonsOf } from '../../src/commands/ability-matrix.ts';
import { vendorsTopic } from '../../src/commands/reference/vendors.ts';

const { abilityMatrix: kinds } = connectionsOf({
  vendors,
  settings: () => {
    throw new Error('The matrix asks for no settings.');
  },
  secretsOf: () => Promise.reject(new Error('The matrix asks for no secrets.')),
  secretsIn: () => 'keychain',
  offline: () => null,
  writesDenied: () => null,
  clock: systemClock,
  listeners: {},
});
const matrix: AbilityMatrix = abilityMatrix(await kinds());

const said = (title: string) => matrix.rows.find((row) => row.title === title)?.cells.map((cell) => cell.said);

test('every vendor answers for every ability: yes, a restriction, or a reason', () => {
  for (const { cells } of matrix.rows) {
    expect(cells.map(({ vendor }) => vendor)).toEqual([...vendors.keys()]);
    for (const { said: word, reasons } of cells) expect(reasons.length > 0).toBe(word !== 'yes');
  }
});

test.each([
  ['cancel', ['yes', 'Standard edition only', 'no', 'no', 'yes']],
  ['history', ['reseller only', 'no', 'no', 'no', 'no']],
  ['delete', ['seller only', 'no', 'no', 'not yet', 'no']],
  ['set the renewal', ['no', 'no', 'no', 'scope partner only', 'no']],
  ['create', ['reseller only', 'not yet', 'no', 'not yet', 'not yet']],
] as const)('shows who can %s', (title, words) => {
  expect(said(title)).toEqual(words);
});

test.each(['upgrade to another offer', 'start paid service immediately', 'order ahead'])(
  'has a row for a documented ability not implemented so far: %s',
  (title) => {
    expect(said(title)?.filter((word) => word === 'not yet')).toHaveLength(1);
    expect(said(title)).not.toContain('yes');
  },
);

test('gives each reason once, with all abilities it applies to', () => {
  const [onlyReads] = reasonsOf(matrix, 'vmware').filter(({ reason }) => reason === "VMware's API is read-only.");
  expect(onlyReads?.titles).toEqual(expect.arrayContaining(['cancel', 'suspend', 'set the renewal']));
});

test('lists every reason on the vendors page too', async () => {
  const page = await topicPage(vendorsTopic);
  for (const id of vendors.keys())
    for (const { reason } of reasonsOf(matrix, id)) expect(page).toContain(`| ${reason} |`);
});
