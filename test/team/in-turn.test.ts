import { expect, test } from 'vitest';
import { fault } from '../../src/model/fault.ts';
import { PostgresError } from '../../src/postgres/postgres-error.ts';
import { inTurn } from '../../src/team/in-turn.ts';

/** A store that answers when it is told to. */
function heldStore() {
  const asked: string[] = [];
  const waiting: PromiseWithResolvers<{ rows: never[]; warnings: never[]; process: null }>[] = [];
  const query = (text: string) => {
    asked.push(text);
    const answer = Promise.withResolvers<{ rows: never[]; warnings: never[]; process: null }>();
    waiting.push(answer);
    return answer.promise;
  };
  const answer = () => waiting.shift()?.resolve({ rows: [], warnings: [], process: null });
  const fail = (kind: 'unreachable' | 'refused') =>
    waiting
      .shift()
      ?.reject(new PostgresError(fault(kind, 'It failed.', 'Wait.').fault, { state: null, outcome: 'unknown' }));
  return { asked, database: { query }, answer, fail };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('one large statement is under way at a time, in their order', async () => {
  const { asked, database, answer, fail } = heldStore();
  const large = inTurn(database);
  const all = ['a', 'b', 'c'].map((text) =>
    large.query(text).then(
      () => text,
      (error: Error) => error.message,
    ),
  );
  await settle();
  expect(asked).toEqual(['a']);
  fail('refused');
  await settle();
  expect(asked).toEqual(['a', 'b']);
  answer();
  await settle();
  answer();
  expect(await Promise.all(all)).toEqual(['It failed.', 'b', 'c']);
});

test('what waits for a store that is away fails with it; what comes later asks', async () => {
  const { asked, database, answer, fail } = heldStore();
  const large = inTurn(database);
  const all = Promise.allSettled([large.query('a'), large.query('b'), large.query('c')]);
  await settle();
  fail('unreachable');
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toEqual(['a']);
  const later = large.query('d');
  await settle();
  answer();
  await later;
  expect(asked).toEqual(['a', 'd']);
});
