import type { Journal } from '../../src/journal/journal.ts';
import type { SendPermit } from '../../src/model/send-permit.ts';
import type { Database } from '../../src/postgres/database.ts';

/** Where a process under test ends or stops itself: at which passing of a named point, counted from the command to send on. */
export interface Halt extends Point {
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

export interface Point {
  readonly at: string;
  readonly nth: number;
}

/**
 * The named points of a write, all of them: before and after each call of the journal, before, during and after each statement to a
 * team's store, around the fetch of the token, around the last check of the lease, and once the bytes are out. The program has no
 * switch for them: what it is given is wrapped.
 */
export interface Points {
  /** Counting begins anew; the process halts at this point, if at any. */
  start(halt: Halt | null): void;
  stop(): void;
  /** What was passed since, in order: `change_entry` in all its turns, and so on. */
  passed(): readonly Point[];
  journal(journal: Journal): Journal;
  database<Given extends Pick<Database, 'query'>>(database: Given): Given;
  token(): Promise<void>;
}

/** The last check was made, and not a byte is out yet: the one place where a stop lets bytes leave after the lease. */
export const gap = 'after the last check';

export function createPoints(): Points {
  const times = new Map<string, number>();
  let passed: Point[] = [];
  let halt: Halt | null = null;
  let isCounting = false;

  function at(point: string): void {
    if (!isCounting) return;
    const nth = (times.get(point) ?? 0) + 1;
    times.set(point, nth);
    passed.push({ at: point, nth });
    if (halt?.at === point && halt.nth === nth) process.kill(process.pid, halt.signal);
  }

  function around<Given extends unknown[], Result>(name: string, work: (...given: Given) => Promise<Result>) {
    return async (...given: Given): Promise<Result> => {
      at(`before ${name}`);
      const result = await work(...given);
      at(`after ${name}`);
      return result;
    };
  }

  function checked(permit: SendPermit): SendPermit {
    return {
      ended() {
        at('before the last check');
        const why = permit.ended();
        if (why !== null) return why;
        at(gap);
        setImmediate(() => at('during the call'));
        return null;
      },
    };
  }

  return {
    passed: () => passed,
    start(next) {
      times.clear();
      [passed, halt, isCounting] = [[], next, true];
    },
    stop() {
      isCounting = false;
    },
    journal(journal) {
      const sending = around('sending', journal.sending);
      return {
        ...journal,
        intend: around('intend', journal.intend),
        sending: async (...given) => checked(await sending(...given)),
        answered: around('answered', journal.answered),
        accepted: around('accepted', journal.accepted),
        close: around('close', journal.close),
      };
    },
    database: (database) => ({
      ...database,
      async query(...given: Parameters<Database['query']>) {
        const name = /subdeck\.(\w+)/.exec(given[0])?.[1] ?? 'statement';
        at(`before ${name}`);
        const asked = database.query(...given);
        asked.catch(() => undefined);
        setImmediate(() => at(`during ${name}`));
        const answer = await asked;
        at(`after ${name}`);
        return answer;
      },
    }),
    token: around('the token', async () => undefined),
  };
}
