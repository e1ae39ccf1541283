import { expect, test } from 'vitest';
import { storeCalls } from '../../src/journal/postgres/store-calls.ts';
import { fault } from '../../src/model/fault.ts';
import { PostgresError } from '../../src/postgres/postgres-error.ts';
import { storeWaits } from '../../src/postgres/store-waits.ts';
import { fastClock } from '../fault-server/clocks.ts';

test('a part of the journal that was late is asked for with fewer lines the next time', async () => {
  const asked: unknown[] = [];
  const late = new PostgresError(fault('unreachable', 'Late.', 'Wait.').fault, { state: null, outcome: 'unknown' });
  const value = { epoch: 'a', open: 'a', now: 0, last: '0', token: null, lines: [], looks: [] };
  const query = async (_: string, [, lines]: readonly unknown[] = []) => {
    asked.push(lines);
    if (Number(lines) > 10) throw late;
    return { rows: [{ value }], warnings: [], process: null };
  };
  const clock = fastClock();
  const calls = storeCalls({ query }, clock, null, storeWaits(clock));
  // Nobody waits longer for it: the next look asks again.
  for (let nth = 0; nth < 2; nth += 1) await expect(calls.since(0)).rejects.toMatchObject({ fault: late.fault });
  await expect(calls.since(0)).resolves.toMatchObject({ last: 0 });
  expect(asked).toEqual([100, 20, 4]);
});
