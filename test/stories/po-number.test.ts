import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, openFrontends, succeeded } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['cloudcockpit'], sandbox: ['--speed=200'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

test('sets a purchase order number by keys and by words, as a bare JSON string', async () => {
  const [row] = await launchModes.find('cloudcockpit', 'status:active qty>2');
  if (row === undefined) throw new Error('No subscription matches.');
  const { journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Set the purchase order number');
      await person.fill('PO 4711/ä');
      await person.agree();
      await person.ends('done');
    },
    async byWords(fixture) {
      await succeeded(fixture.words('subscription', 'set-po-number', row.ref, 'PO 4711/ä', '--yes'));
    },
  });
  expect(journal).toMatchObject([{ state: 'done', verb: 'set-po-number', after: { poNumber: 'PO 4711/ä' } }]);
  expect(sent).toHaveLength(1);
});

test('sets it by a table and a plan file; the current number sends nothing', async () => {
  const fixture = launchModes.words;
  const [first, second] = await launchModes.find('cloudcockpit', 'status:active qty>2');
  if (first === undefined || second === undefined) throw new Error('Two rows are needed.');
  const table = join(fixture.home, 'numbers.csv');
  const plan = join(fixture.home, 'numbers.plan');
  writeFileSync(table, `ref,verb,poNumber\n${first.ref},set-po-number,PO 4711/ä\n${second.ref},set-po-number,PO-2\n`);
  const made = await fixture.words('plan', 'create', plan, '--from', table, '--json');
  expect(made.code, made.stderr).toBe(0);
  expect(made.json()).toMatchObject({ rows: 1, leftOut: 1 });
  const { digest } = made.json<{ readonly digest: string }>();
  expect(readFileSync(plan, 'utf8')).toContain('"poNumber": "PO-2"');
  const run = await fixture.words('plan', 'run', plan, '--yes', '--confirm', digest, '--json');
  expect(run.code, run.stderr).toBe(0);
  expect(run.json()).toMatchObject([{ ref: second.ref, verb: 'set-po-number', outcome: 'done' }]);
  const again = await fixture.words('subscription', 'set-po-number', second.ref, 'PO-2', '--yes');
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toContain('already');
});

test('refuses one of more than 255 characters', async () => {
  const fixture = launchModes.words;
  const [row] = await launchModes.find('cloudcockpit', 'status:active qty>2');
  const long = await fixture.words('subscription', 'set-po-number', row?.ref ?? '', 'x'.repeat(256), '--yes');
  expect(long.code).toBe(2);
  expect(long.stderr).toContain('at most 255 characters');
});
