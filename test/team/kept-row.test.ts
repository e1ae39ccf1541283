import { expect, test } from 'vitest';
import { fault } from '../../src/model/fault.ts';
import { PostgresError } from '../../src/postgres/postgres-error.ts';
import { teamSync } from '../../src/team/shared-sync.ts';
import { fastClock } from '../fault-server/clocks.ts';

const state = {
  ...{ nth: 1, id: 7, line: 'server/generation', last: 3, forgotten: 0, ended_age: null, read_age: null },
  ...{ ended: null, ended_by: null, complete: null },
};
const unused = () => {
  throw new Error('Nothing is taken over.');
};
const place = {
  connection: 'nordic',
  title: 'Nordic',
  vendor: 'acme',
  account: 'acme 1',
  view: 'v',
  impliedLevels: [],
};

test.each([
  ['unreachable', 2, 3],
  ['unreachable', 9, 3],
  ['denied', 9, 1],
] as const)(
  'a row read by itself is published again while the store is slow: %s, %i times',
  async (kind, failing, asked) => {
    let publications = 0;
    const query = async (text: string) => {
      if (text.includes('FROM ROWS')) return { rows: [state], warnings: [], process: null };
      publications += 1;
      if (publications > failing) return { rows: [], warnings: [], process: null };
      throw new PostgresError(fault(kind, 'It failed.', 'Wait.').fault, { state: null, outcome: 'unknown' });
    };
    const process = async () => 'process';
    const team = teamSync({
      database: { query },
      process,
      clock: fastClock(),
      ...{ cache: unused, writer: unused },
      places: () => [place],
    });
    await team.kept('nordic', 's1', null);
    expect(publications).toBe(asked);
  },
);
