import type { Database } from '../postgres/database.ts';
import { isAway } from '../postgres/is-away.ts';

/**
 * Large statements, one at a time: a process has two connections, and what a person waits for must not queue behind pages of rows. What
 * waits for a statement that finds the store away fails with it, instead of finding out one by one.
 */
export function inTurn(database: Pick<Database, 'query'>): Pick<Database, 'query'> {
  let before: Promise<unknown> = Promise.resolve();
  return {
    query(...statement) {
      const answer = before.then(() => database.query(...statement));
      const turn = answer.catch((error: unknown) => {
        if (isAway(error)) throw error;
      });
      before = turn;
      turn.catch(() => {
        if (before === turn) before = Promise.resolve();
      });
      return answer;
    },
  };
}
