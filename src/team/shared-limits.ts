import * as v from 'valibot';
import type { AccountKey } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { FaultError } from '../model/fault.ts';
import type { CallTurn, SharedLimits } from '../model/shared-limits.ts';
import type { Database } from '../postgres/database.ts';
import { lacksRight } from '../postgres/lacks-right.ts';

interface SharedLimitsDeps {
  readonly database: Pick<Database, 'query'>;
  /** The id of this process in the store. */
  readonly process: () => Promise<string>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** A read does not wait longer for the store, in milliseconds. */
const within = 1_000;
/** After a failure the store is not asked again for so long. */
const awayFor = 5_000;
/** Where a vendor declares no limit, only a pause could stop a call: so long one answer is believed. */
const calmFor = 1_000;
const countMembersEvery = 60_000;
/** Until the store said how many members there are: calls are paced as if there were so many. */
const membersUnknown = 10;

const taken = v.object({ pause_ms: v.number(), wait_ms: v.number(), used: v.number() });
const counted = v.object({ members: v.number() });

/** The limits of each account as a team shares them. */
export function sharedLimitsOf({ database, process, clock }: SharedLimitsDeps): (account: AccountKey) => SharedLimits {
  const calmUntil = new Map<AccountKey, number>();
  const used = new Map<string, number>();
  let awayUntil = Number.NEGATIVE_INFINITY;
  let members = membersUnknown;
  let countedAt = Number.NEGATIVE_INFINITY;
  /** Whoever may only read the store is told of pauses; its calls are not counted there, so it uses a share as large as a member's. */
  let isViewer = false;

  const isAway = () => clock.monotonic() < awayUntil;

  async function asked<Row>(work: () => Promise<Row>): Promise<Row | null> {
    if (isAway()) return null;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FaultError) && !(error instanceof v.ValiError)) throw error;
      if (lacksRight(error)) isViewer = true;
      else awayUntil = clock.monotonic() + awayFor;
      return null;
    }
  }

  async function query<Schema extends v.GenericSchema>(text: string, values: readonly unknown[], schema: Schema) {
    const { rows } = await database.query(text, values, { within });
    return v.parse(v.array(schema), rows)[0] ?? null;
  }

  async function countMembers(): Promise<void> {
    if (clock.monotonic() < countedAt + countMembersEvery) return;
    countedAt = clock.monotonic();
    const text = `SELECT count(DISTINCT member)::int AS members FROM subdeck.processes WHERE lease_until > pg_catalog.clock_timestamp() - interval '5 minutes'`;
    const found = await asked(() => query(text, [], counted));
    if (found !== null) members = Math.max(1, found.members);
  }

  const pauseOf = (account: AccountKey) =>
    query(
      `SELECT pg_catalog.date_part('epoch', p.until - pg_catalog.clock_timestamp()) * 1000 AS pause_ms, 0 AS wait_ms, 0 AS used
       FROM subdeck.pauses p WHERE p.account = $1 AND p.until > pg_catalog.clock_timestamp()`,
      [account],
      taken,
    );

  return (account) => ({
    share: () => (isViewer ? 1 / (members + 1) : isAway() ? 1 / members : 1),
    async take({ operation, allowed, limit }): Promise<CallTurn> {
      if (allowed === null && clock.monotonic() < (calmUntil.get(account) ?? Number.NEGATIVE_INFINITY))
        return { mayBegin: true };
      const found = await asked(async () => {
        if (isViewer) return pauseOf(account);
        const values = [await process(), account, operation, allowed, limit?.calls ?? 0, limit?.seconds ?? 1];
        return query('SELECT pause_ms, wait_ms, used FROM subdeck.take_call($1, $2, $3, $4, $5, $6)', values, taken);
      });
      void countMembers();
      if (found === null) return { mayBegin: true };
      used.set(JSON.stringify([account, operation]), found.used);
      if (found.pause_ms > 0) return { mayBegin: false, milliseconds: Math.ceil(found.pause_ms), why: 'throttled' };
      if (found.wait_ms > 0) return { mayBegin: false, milliseconds: Math.ceil(found.wait_ms), why: 'limit' };
      if (allowed === null) calmUntil.set(account, clock.monotonic() + calmFor);
      return { mayBegin: true };
    },
    pause(milliseconds) {
      calmUntil.delete(account);
      if (isViewer) return;
      void asked(async () =>
        database.query('SELECT subdeck.pause_calls($1, $2, $3)', [await process(), account, milliseconds], { within }),
      );
    },
    heard({ operation, limit }, said) {
      const key = JSON.stringify([account, operation]);
      // The store counted these calls itself, unless another program made some.
      if (isViewer || limit === null || said.used <= (used.get(key) ?? 0)) return;
      used.set(key, said.used);
      void asked(async () => {
        const values = [await process(), account, operation, said.used, limit.calls, said.endsIn];
        return database.query('SELECT subdeck.calls_used($1, $2, $3, $4, $5, $6)', values, { within });
      });
    },
  });
}
