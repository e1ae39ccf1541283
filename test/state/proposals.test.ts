import { setImmediate as soon } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { watchProposals } from '../../src/commands/keys/effects/proposals.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { unmarked } from '../../src/model/today-mark.ts';
import { proposedPlans } from '../../src/today/proposal-items.ts';
import { accountsIn, basesIn, itemsOf } from '../../src/today/today.ts';
import { makeConsole } from './console.ts';
import { makeFixture } from './fixture.ts';

const proposal: Proposal = {
  ...{ name: '2026-11-21-abc.plan', path: '/p/2026-11-21-abc.plan', id: 'abc', createdAt: '2026-11-21T11:00:00.000Z' },
  ...{ proposedBy: 'An assistant', reason: null, connections: ['nordic'], changes: '1 change' },
};

async function told(isDone: boolean): Promise<string | null> {
  const fixture = makeFixture([]);
  const { context } = fixture;
  const { list } = context.connections;
  const deps = { journal: context.journal, accountOf: accountsIn(list), basisOf: basesIn(list) };
  const items = itemsOf(proposedPlans([proposal], ['nordic']).items, deps);
  const done = { ...unmarked, done: { by: 'ada', at: '2026-11-21T11:30:00.000Z', reason: null } };
  Object.assign(context.journal, { marks: () => new Map(isDone ? items.map(({ key }) => [key, done]) : []) });
  Object.assign(context, { proposals: { ...context.proposals, open: () => [proposal] } });
  const console = makeConsole(fixture);
  const stop = watchProposals(console.store, console.deps);
  await soon();
  const { status } = console.state();
  stop();
  console.stop();
  return status?.text ?? null;
}

it('a proposed plan is told once the console starts, unless a person set it aside', async () => {
  expect(await told(false)).toBe('1 plan proposed by An assistant: 1 change. T shows Today.');
  expect(await told(true)).toBeNull();
});
