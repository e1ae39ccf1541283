import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { can, type Vendor } from '../../src/api/contract.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { requestsOfCsv } from '../../src/writes/bulk/csv-requests.ts';
import { makeBulkPlan } from '../../src/writes/bulk/make-plan.ts';
import { readPlanFile, writePlanFile } from '../../src/writes/bulk/plan-file.ts';
import { openWriteFixture, temporaryDirectory } from '../fault-server/write-fixture.ts';

const ref = 'nordic/s1';

/** Every write request that contains a text from a person. */
const writeRequestsWith = (text: string): readonly WriteRequest[] => [
  { verb: 'update', ref, changes: { name: text } },
  { verb: 'update', ref, changes: { quantity: '3', billing: text } },
  { verb: 'renewal-set', ref, changes: { type: 'change', plan: text } },
  { verb: 'renewal-set', ref, changes: { type: 'change', product: text } },
  { verb: 'reservation-create', ref, changes: { type: text } },
  { verb: 'reservation-create', ref, changes: { type: 'cancel', date: text } },
  { verb: 'set-license', ref, licenseKey: text },
  {
    ...{ verb: 'create', connection: 'nordic', organizationId: 'acme', serviceId: 's', productId: 'p' },
    ...{ quantity: 1, name: text },
  },
];

/** Drafts any request, so that only the text can be refused. */
function takesAll(vendor: Vendor): Vendor {
  const { update, setLicense } = vendor.abilities;
  if (!can(update) || !can(setLicense)) throw new Error('The shop cannot update.');
  const abilities = { ...vendor.abilities, setRenewal: update, createReservation: update };
  return { ...vendor, abilities };
}

test.each([
  ['a tab', 'A\tB', 'contains a tab (U+0009)'],
  ['a line break', 'A\nB', 'contains a line break (U+000A)'],
  ['a C1 control character', 'A\u009bB', 'contains a control character (U+009B)'],
  ['DEL', 'A\u007fB', 'contains a control character (U+007F)'],
  ['a direction override', 'A\u202eB', 'changes the direction of text (U+202E)'],
  ['an isolate', 'A\u2067B', 'changes the direction of text (U+2067)'],
  ['a direction mark', 'A\u200eB', 'changes the direction of text (U+200E)'],
  ['bytes that did not decode', 'K\ufffdln', 'has a wrong encoding'],
  ['half a character', 'A\ud83dB', 'has a wrong encoding'],
  ['blanks alone', '\u3000\u00a0', 'contains only spaces'],
  ['joiners alone', '\u200d\u200c', 'contains only spaces'],
  ['nothing', '', 'is empty'],
])('refuses %s in any text of a write request before any call', async (_what, text, why) => {
  const { shop, writes } = await openWriteFixture({ vendor: takesAll });
  shop.add('s1');
  for (const writeRequest of writeRequestsWith(text)) {
    const planned = await writes.plan(writeRequest, null);
    expect(planned).toMatchObject({ kind: 'fault', fault: { kind: 'usage', sent: false } });
    expect(JSON.stringify(planned)).toContain(why);
  }
  expect(shop.calls).toEqual([]);
});

test.each(['می\u200cخواهم', '👩\u200d💻', 'soft\u00adware', 'Ko\u0308ln', ' A  B '])(
  'sends %j exactly as given',
  async (name) => {
    const { shop, send } = await openWriteFixture();
    const row = shop.add('s1');
    expect(await send({ verb: 'update', ref, changes: { name } })).toMatchObject({ outcome: 'done' });
    expect(row.name).toBe(name);
  },
);

test('does not send the placeholder that Subdeck shows for a character', async () => {
  const { shop, writes } = await openWriteFixture({ vendor: takesAll });
  shop.add('s1', { name: 'A\u200dB' });
  for (const writeRequest of writeRequestsWith('A⟨200D⟩B 2').slice(0, -1)) {
    const planned = await writes.plan(writeRequest, null);
    expect(planned).toMatchObject({
      kind: 'fault',
      fault: { kind: 'usage', message: expect.stringContaining('⟨200D⟩') },
    });
  }
  expect(shop.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
});

test('a reason that cannot be journalled sends nothing', async () => {
  const { shop, plan, writes, journal, vendor } = await openWriteFixture();
  shop.add('s1');
  const planned = await plan({ verb: 'suspend', ref });
  const result = await writes.apply(planned, { reason: 'A\u202eB' });
  expect(result).toMatchObject({ outcome: 'unsent', fault: { kind: 'usage' } });
  expect(shop.ledger).toEqual([]);
  expect(await journal.openOn({ ref, account: vendor.account })).toBeNull();
  expect(journal.unsettled()).toEqual([]);
});

test.each([
  ['"A\tB"', 'Line 2 of the CSV: the value of name contains a tab (U+0009).'],
  ['"A\nB"', 'Line 2 of the CSV: the value of name contains a line break (U+000A).'],
  ['"\u3000"', 'Line 2 of the CSV: the value of name contains only spaces.'],
  ['K\ufffdln', 'Line 2 of the CSV: the value of name has a wrong encoding'],
  [' Köln', 'Line 2 of the CSV: the name begins or ends with spaces.'],
  ['Köln\u00a0', 'Line 2 of the CSV: the name begins or ends with spaces.'],
])('refuses a table with the name %j', (name, message) => {
  const { writeRequests: writes, faults } = requestsOfCsv(`ref,verb,name\n${ref},update,${name}\n`, null);
  expect(writes).toEqual([]);
  expect(faults).toMatchObject([{ kind: 'usage', message: expect.stringContaining(message) }]);
});

test('a quoted name keeps its spaces and excludes the text after it', () => {
  const { writeRequests: writes } = requestsOfCsv(`ref,verb,name\n ${ref} ,update, " Köln " \n`, null);
  expect(writes.map(({ writeRequest }) => writeRequest)).toEqual([
    { verb: 'update', ref, changes: { name: ' Köln ' } },
  ]);
});

test('refuses a plan file with an unsendable text and names its row', async () => {
  const { shop, writes, clock, connections } = await openWriteFixture();
  shop.add('s1');
  const writeRequest: WriteRequest = { verb: 'update', ref, changes: { name: 'Köln' } };
  const made = await makeBulkPlan({ writes, clock, connections }, [{ writeRequest, seen: null }], {
    by: 'tester',
    reason: null,
    proposedBy: null,
    source: 'test',
  });
  const path = join(temporaryDirectory(), 'names.plan');
  writePlanFile(path, made.plan);
  expect(readPlanFile(path).rows[0]?.writeRequest).toEqual(writeRequest);

  const content = readFileSync(path, 'utf8');
  const withName = (json: string) => Buffer.from(content.replaceAll('Köln', json));
  for (const [bytes, why] of [
    [Buffer.from(content, 'latin1'), 'is not UTF-8; it looks like Windows-1252'],
    [
      withName('K\\u202eln'),
      'row 1: The value of name contains a character that changes the direction of text (U+202E).',
    ],
    [withName('K\ufffdln'), 'row 1: The value of name has a wrong encoding'],
    [withName('K\\tln'), 'row 1: The value of name contains a tab (U+0009).'],
    [withName('\\u200b'), 'row 1: The value of name contains only spaces.'],
  ] as const) {
    writeFileSync(path, bytes);
    expect(() => readPlanFile(path)).toThrow(why);
  }
});
