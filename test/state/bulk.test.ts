import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { savePlan } from '../../src/commands/keys/effects/bulk.ts';
import { bulkCount, bulkMoney } from '../../src/state/bulk-words.ts';
import { type BulkScreen, bulkScreen } from '../../src/state/today-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { type BulkPlan, readPlanFile } from '../../src/writes/bulk/plan-file.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows, safe } from './rows.ts';

const rest = { basis: 'unit', period: 'month', noPrice: null, charged: null } as const;
let console: TestConsole;
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-bulk-'));
  const rows = manyRows(3).map((target, at): BulkPlan['rows'][number] => {
    const { ref } = target;
    const writeRequest = { verb: 'suspend', ref } as const;
    const facts = { sentence: `Suspend ${ref}.`, rule: '', irreversible: false, before: {}, after: {} };
    const price = { kind: 'list', amount: '42.00', currency: safe('EUR') } as const;
    const money = { ...rest, price, from: '42.00', to: '21.00', change: '-21.00' };
    return { row: at + 1, verb: 'suspend', ref, ...facts, newQuantity: null, money, writeRequest, target };
  });
  const plan: BulkPlan = {
    ...{ format: 'subdeck-plan', version: 1, id: 'plan-of-the-test' },
    ...{ createdAt: '2026-11-21T12:00:00Z', by: 'tester', source: 'console', rows, unknownRows: [] },
  };
  console = makeConsole(makeFixture(manyRows(3)));
  console.store.update((state) => push(state, bulkScreen(plan, { leftOut: [], outside: new Set() })));
});
afterEach(() => {
  console.stop();
  rmSync(home, { recursive: true });
});

function screen(): BulkScreen {
  const top = console.screen();
  if (top.kind !== 'bulk') throw new Error('The plan is not open.');
  return top;
}

it('Space drops a row and puts it back; count and file follow', () => {
  console.type('j<space>');
  expect(console.state().status?.text).toMatch(/^Row 2 \(.+\) is dropped; Space puts it back\.$/);
  expect(bulkCount(screen())).toBe('suspend 2');
  expect(screen().list.rows.map(({ isDropped }) => isDropped)).toEqual([false, true, false]);
  const path = join(home, 'kept.plan');
  expect(savePlan(console.store, path)).toBeNull();
  expect(readPlanFile(path).rows.map(({ row }) => row)).toEqual([1, 3]);
  expect(screen().path).toBe(path);
  console.type('<space>');
  expect(bulkCount(screen())).toBe('suspend 3');
  expect(screen().path).toBeNull();
});

it('the sum of money is that of the rows that are kept', () => {
  const money = () => bulkMoney(screen());
  const sums = [money()];
  console.type('<space>');
  sums.push(money());
  expect(sums).toEqual([expect.stringContaining('−63.00 EUR a month'), expect.stringContaining('−42.00 EUR a month')]);
});

it('a plan whose rows are all dropped is neither saved nor run', () => {
  console.type('<space>j<space>j<space>w');
  expect(console.state().status?.text).toBe('All rows are dropped: Space puts one back.');
  expect(console.overlay()).toBeNull();
});

it('Tab takes one reason for all changes, which is saved with the plan', () => {
  const [path, other] = [join(home, 'one.plan'), join(home, 'other.plan')];
  expect(savePlan(console.store, path)).toBeNull();
  console.type('<tab>');
  console.type('TICKET-9<enter>');
  expect(screen().path).toBeNull();
  expect(savePlan(console.store, other)).toBeNull();
  expect([readPlanFile(path).reason, readPlanFile(other).reason]).toEqual([undefined, 'TICKET-9']);
  console.type('<tab>');
  console.type('<ctrl+u><enter>');
  expect(screen().plan.reason).toBeUndefined();
});

it('u before a run says that there is nothing to take back', () => {
  console.type('u');
  expect(console.state().status?.text).toBe('The plan has not run.');
});
