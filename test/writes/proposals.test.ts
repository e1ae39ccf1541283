import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FaultError } from '../../src/model/fault.ts';
import { type BulkPlan, newPlanId } from '../../src/writes/bulk/plan-file.ts';
import { createProposals } from '../../src/writes/bulk/proposals.ts';
import { scratch } from '../store/rows.ts';

function planOf(more: Partial<BulkPlan> = {}): BulkPlan {
  return {
    ...{ format: 'subdeck-plan', version: 1, id: newPlanId(), createdAt: '2026-11-21T12:00:00.000Z' },
    ...{ by: 'tester', proposedBy: 'Helper 3', source: 'an assistant', rows: [], unknownRows: [] },
    ...more,
  };
}

/** Proposals in a directory of their own, and a journal that counts how often it is asked. */
function openProposals() {
  const directory = join(scratch(), 'proposals');
  const run = new Set<string>();
  const journal = { asked: 0, at: 0 };
  const proposals = createProposals(directory, () => ({
    revision: () => journal.at,
    knownParts: (plan) => {
      journal.asked += 1;
      return run.has(plan) ? new Map([[1, {} as never]]) : new Map();
    },
  }));
  return { directory, proposals, run, journal };
}

const kindOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof FaultError ? error.fault.kind : String(error);
  }
};

test('a proposal is open until its plan is run; the journal is asked once a change', async () => {
  const { proposals, run, journal } = openProposals();
  await proposals.refresh();
  expect(proposals.open()).toEqual([]);
  const first = proposals.save(planOf());
  const later = proposals.save(planOf({ createdAt: '2026-11-22T12:00:00.000Z' }));
  await proposals.refresh();
  await proposals.refresh();
  expect(proposals.open().map(({ name }) => name)).toEqual([later.name, first.name]);
  expect([proposals.revision(), journal.asked]).toEqual([1, 2]);
  run.add(first.id);
  journal.at += 1;
  await proposals.refresh();
  expect(proposals.open()).toMatchObject([{ name: later.name, proposedBy: 'Helper 3' }]);
  expect(proposals.read(first.name).id).toBe(first.id);
});

test('files are private; what another user could change, or is no plan, is not used', async () => {
  const { directory, proposals } = openProposals();
  const { name, path } = proposals.save(planOf());
  expect([statSync(path).mode & 0o777, statSync(directory).mode & 0o777]).toEqual([0o600, 0o700]);
  writeFileSync(join(directory, 'broken.plan'), '{');
  mkdirSync(join(directory, 'a-directory.plan'));
  await proposals.refresh();
  expect(proposals.open()).toHaveLength(1);
  for (const other of ['../settings.json', '/etc/passwd', 'none.plan', `${name}/`, '', '.plan', 'x\u0000.plan']) {
    expect([other, kindOf(() => proposals.read(other))]).toEqual([other, 'missing']);
  }
  chmodSync(directory, 0o777);
  expect(kindOf(() => proposals.read(name))).toBe('denied');
  expect(kindOf(() => proposals.save(planOf()))).toBe('denied');
  const { proposals: again } = {
    proposals: createProposals(directory, () => ({ revision: () => 0, knownParts: () => new Map() })),
  };
  await again.refresh();
  expect(again.open()).toEqual([]);
  chmodSync(directory, 0o700);
});

test('more than 200 proposals are refused, until a person deletes some', () => {
  const { directory, proposals } = openProposals();
  for (let count = 0; count < 200; count += 1) proposals.save(planOf());
  expect(kindOf(() => proposals.save(planOf()))).toBe('refused');
  expect(readdirSync(directory)).toHaveLength(200);
});
