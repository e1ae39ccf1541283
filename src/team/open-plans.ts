import * as v from 'valibot';
import { FaultError } from '../model/fault.ts';
import { type OpenPlans, type PlannedSubject, planKey } from '../model/open-plans.ts';
import type { Database } from '../postgres/database.ts';
import type { Hints } from '../postgres/hints.ts';
import { lacksRight } from '../postgres/lacks-right.ts';
import { planSeconds } from './schema/plans.ts';

interface OpenPlansDeps {
  readonly database: Pick<Database, 'query'>;
  /** Absent: changes are polled. */
  readonly hints?: Hints | null;
  readonly process: () => Promise<string>;
  readonly onChanged: () => void;
}

export interface TeamPlans extends OpenPlans {
  /** Asks what the others have on screen; whether that changed. */
  refresh(): Promise<boolean>;
  stop(): void;
}

const signEvery = (planSeconds * 1000) / 3;
const mostTold = 2_000;
/** A member's name; the store demands it, and others' words are not trusted. */
const told = v.object({ subject: v.string(), member: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,62}$/)) });

export function teamPlans({ database, hints = null, process, onChanged }: OpenPlansDeps): TeamPlans {
  let others: ReadonlyMap<string, string> = new Map();
  let revision = 0;
  let mine: readonly PlannedSubject[] = [];
  let signs: NodeJS.Timeout | null = null;
  /** One statement after the other: the last one says how it stands. */
  let telling: Promise<void> = Promise.resolve();

  function tell(): void {
    telling = telling.then(async () => {
      try {
        await database.query('SELECT subdeck.show_plan($1, $2)', [await process(), mine.map(planKey)]);
        hints?.give();
      } catch (error) {
        // A hint that does not come through is none.
        if (!(error instanceof FaultError)) throw error;
      }
    });
  }

  /** Null: somebody who may only read the store, and has no plan there. */
  async function own(): Promise<string | null> {
    try {
      return await process();
    } catch (error) {
      if (lacksRight(error)) return null;
      throw error;
    }
  }

  function pause(): void {
    if (signs !== null) clearInterval(signs);
    signs = null;
  }

  return {
    others: () => others,
    revision: () => revision,
    show(subjects) {
      if (JSON.stringify(subjects) === JSON.stringify(mine)) return;
      mine = subjects;
      pause();
      if (mine.length > 0) signs = setInterval(tell, signEvery).unref();
      tell();
    },
    async refresh() {
      const { rows } = await database.query(
        `SELECT p.subject, min(p.member) AS member FROM subdeck.open_plans p
         WHERE p.until > pg_catalog.clock_timestamp() AND p.process IS DISTINCT FROM $1::uuid GROUP BY p.subject ORDER BY p.subject LIMIT ${mostTold}`,
        [await own()],
      );
      const found = new Map(
        rows.flatMap((row) => {
          const parsed = v.safeParse(told, row);
          return parsed.success ? [[parsed.output.subject, parsed.output.member] as const] : [];
        }),
      );
      if (JSON.stringify([...found]) === JSON.stringify([...others])) return false;
      others = found;
      revision += 1;
      onChanged();
      return true;
    },
    stop: pause,
  };
}
