import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Abilities, Draft, Vendor } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import { fault } from '../../src/model/fault.ts';
import { usualGuard } from '../../src/model/guard.ts';
import { isSecret } from '../../src/operations/input.ts';
import { type Operation, operations } from '../../src/operations/registry.ts';
import { requestOf } from '../../src/operations/requests.ts';
import { requestsOfCsv } from '../../src/writes/bulk/csv-requests.ts';
import { confirmablePlan, confirmation } from '../../src/writes/confirmation.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';
import { exampleOf, givenTo } from './examples.ts';

const ref = 'nordic/s1';
const given = givenTo;
const requested = (operation: Operation) => exampleOf(operation, ref);

/** A vendor with every write ability; its calls are counted, and no answer arrives. */
async function openLossyVendor() {
  const sent: string[] = [];
  const draft = (): Draft => ({
    ...{
      sentence: 'Change it.',
      irreversible: false,
      rule: '',
      before: {},
      after: { flavour: 'mint' },
      newQuantity: null,
    },
    steps: [
      {
        ...{ name: 'change', method: 'POST', path: '/change' },
        async send() {
          sent.push('change');
          return { outcome: 'unknown', fault: fault('unknown', 'No answer came.', '').fault };
        },
      },
    ],
  });
  const writes = operations.flatMap(({ abilities }) => Object.keys(abilities).map((name) => [name, draft]));
  const products = async () => [{ id: 'product-1', name: safeText('Backup'), code: null, price: null }];
  const fixture = await openWriteFixture({
    vendor: (vendor): Vendor => ({
      ...vendor,
      abilities: { ...vendor.abilities, ...(Object.fromEntries(writes) as Partial<Abilities>), products },
    }),
  });
  // In a state in which it can be suspended, reactivated and cancelled.
  fixture.shop.add('s1', { status: 'Strange', addons: [{ id: 'a1', ends: false }] });
  return { ...fixture, sent };
}

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  test('builds a request that its schema accepts unchanged', () => {
    const request = requested(operation);
    expect(v.parse(operation.schema, request)).toEqual(request);
  });

  test('can be requested from a table, unless it takes a secret', () => {
    const columns = [
      'verb',
      ...(operation.kind === 'change' ? ['ref'] : []),
      ...operation.inputs.map(({ name }) => name),
    ];
    const cells: Readonly<Record<string, string>> = { verb: id, ref, ...given(operation) };
    const asked = () => requestsOfCsv(`${columns.join()}\n${columns.map((name) => cells[name]).join()}\n`, null);
    if (operation.inputs.some(isSecret)) expect(asked).toThrow();
    else {
      const writeRequests = [{ line: 2, writeRequest: requested(operation) }];
      expect(asked()).toMatchObject({ faults: [], unused: [], writeRequests });
    }
  });

  test('reports a missing value and an unknown one', () => {
    for (const { name, isRequired } of operation.inputs) {
      const { [name]: _, ...others } = given(operation);
      if (isRequired) expect(() => requestOf(operation, ref, others)).toThrow(name);
    }
    if (operation.otherInputs === 'refused') {
      expect(() => requestOf(operation, ref, { ...given(operation), stranger: 'x' })).toThrow('stranger');
    }
  });

  test('sends nothing in read-only mode', async () => {
    const { mode, plan, writes, sent } = await openLossyVendor();
    const ready = await plan(requested(operation));
    mode.readOnly = true;
    const result = await writes.apply(ready, { reason: null });
    expect(result).toMatchObject({ outcome: 'unsent', fault: { kind: 'denied' } });
    expect(sent).toEqual([]);
  });

  test('is sent once when its answer is lost, and is unknown until proved', async () => {
    const { plan, writes, sent, journal } = await openLossyVendor();
    const result = await writes.apply(await plan(requested(operation)), { reason: null });
    expect(result.outcome).toBe('unknown');
    expect(journal.entry(result.journalId ?? '')).toMatchObject({ verb: id, state: 'unknown' });
    expect(await writes.plan(requested(operation), null)).toMatchObject({ kind: 'fault', fault: { kind: 'refused' } });
    expect(sent).toEqual(['change']);
  });

  test('needs a typed confirmation at every vendor if it is irreversible', async () => {
    const { plan } = await openLossyVendor();
    const ready = await plan(requested(operation));
    const isFinal = operation.irreversible(requested(operation), ready.draft);
    expect(ready.irreversible).toBe(isFinal);
    const asked = confirmation(confirmablePlan(ready, usualGuard), { by: 'keys', openedBy: null });
    expect(asked.kind).toBe(isFinal ? 'typed' : 'key');
  });
});

test('these operations remove something for good', () => {
  const draft = { irreversible: false } as Draft;
  const final = operations.filter((operation) => operation.irreversible(requested(operation), draft));
  expect(final.map(({ id }) => id)).toEqual(['set-license', 'addon-cancel', 'cancel', 'delete']);
});
