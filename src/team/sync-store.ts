import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { AccountFact } from '../model/account.ts';
import type { Database, Patience } from '../postgres/database.ts';
import type { Hints } from '../postgres/hints.ts';
import type { PublishedChange } from '../sync/published-batch.ts';
import { inTurn } from './in-turn.ts';

/** What the store has of an account through one view. */
export interface ScopeState {
  readonly id: number;
  /** The server, the line of its history, and the scope itself: numbers of another one say nothing of this one. */
  readonly line: string;
  readonly last: number;
  readonly forgotten: number;
  /** Milliseconds ago; null: never. */
  readonly endedAge: number | null;
  readonly readAge: number | null;
  /** Tells one end from another. */
  readonly ended: string | null;
  readonly endedBy: string | null;
  readonly isComplete: boolean;
}

export interface Publication {
  readonly kind: 'row' | 'node';
  readonly id: Buffer;
  readonly body: Buffer | null;
  /** Milliseconds ago. */
  readonly age: number;
  /** See `likenessOf`; null: a node, or what is gone. */
  readonly likeness: string | null;
}

const milliseconds = v.nullable(v.number());
const stateRow = v.object({
  ...{ nth: v.number(), id: v.number(), line: v.nullable(v.string()), last: v.number(), forgotten: v.number() },
  ...{ ended_age: milliseconds, read_age: milliseconds, ended: v.nullable(v.string()) },
  ...{ ended_by: v.nullable(v.string()), complete: v.nullable(v.boolean()) },
});
const changeRow = v.object({
  ...{
    number: v.number(),
    kind: v.picklist(['row', 'node']),
    id: v.string(),
    body: v.nullable(v.string()),
    gone: v.boolean(),
  },
  ...{ mine: v.boolean(), age: v.number(), missing_age: milliseconds },
});
const taken = v.object({ scope: v.number(), what: v.picklist(['taken', 'held', 'fresh']) });
const flag = v.object({ value: v.nullable(v.boolean()) });

const ageOf = (time: string) => `pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - ${time}) * 1000`;

/** The statements of a shared sync; all times are the server's. */
export function syncStore(database: Pick<Database, 'query'>, hints: Hints | null) {
  const large = inTurn(database);

  async function rows<Schema extends v.GenericSchema>(
    text: string,
    values: readonly unknown[],
    schema: Schema,
    { by = database, patience = {} }: { readonly by?: Pick<Database, 'query'>; readonly patience?: Patience } = {},
  ) {
    const answer = await by.query(text, values, patience);
    return v.parse(v.array(schema), answer.rows);
  }

  return {
    /** In the order of the places; null: the store has nothing of it. */
    async states(places: readonly AccountFact[]): Promise<readonly (ScopeState | null)[]> {
      const found = await rows(
        `SELECT g.nth::int, s.id, subdeck.server_epoch() || '/' || s.generation AS line, s.last::double precision, s.forgotten::double precision,
           ${ageOf('l.ended_at')} AS ended_age, ${ageOf('l.read_at')} AS read_age, l.ended_at::text AS ended, l.ended_by::text, l.complete
         FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::bytea[])) WITH ORDINALITY AS g (account, view, nth)
         JOIN subdeck.scopes s ON s.account = g.account AND s.view_digest = g.view
         LEFT JOIN subdeck.sync_leases l ON l.scope = s.id AND l.branch = ''`,
        [places.map(({ account }) => account), places.map(viewDigest)],
        stateRow,
      );
      return places.map((_, index) => {
        const state = found.find(({ nth }) => nth === index + 1);
        // A standby says nothing of what the primary has by now.
        if (state === undefined || state.line === null) return null;
        const { id, line, last, forgotten, ended, complete } = state;
        const ages = { endedAge: state.ended_age, readAge: state.read_age };
        return { id, line, last, forgotten, ...ages, ended, endedBy: state.ended_by, isComplete: complete === true };
      });
    },
    /** Rows that a copy from this number on brings. */
    async rowsAfter(scope: number, after: number): Promise<number> {
      const [found] = await rows(
        `SELECT pg_catalog.count(*)::int AS value FROM subdeck.published p
         WHERE p.scope = $1 AND p.number > $2 AND p.kind = 'row' AND p.body IS NOT NULL`,
        [scope, after],
        v.object({ value: v.number() }),
      );
      return found?.value ?? 0;
    },
    async changes(
      scope: number,
      {
        after,
        upTo,
        process,
        atMost,
      }: { readonly after: number; readonly upTo: number; readonly process: string | null; readonly atMost: number },
      patience: Patience = {},
    ): Promise<readonly PublishedChange[]> {
      const found = await rows(
        `SELECT p.number::double precision, p.kind, pg_catalog.encode(p.id, 'base64') AS id,
           CASE WHEN p.process IS DISTINCT FROM $4::uuid THEN pg_catalog.encode(p.body, 'base64') END AS body, p.body IS NULL AS gone,
           p.process IS NOT DISTINCT FROM $4::uuid AS mine, ${ageOf('p.read_at')} AS age, ${ageOf('p.missing_since')} AS missing_age
         FROM subdeck.published p WHERE p.scope = $1 AND p.number > $2 AND p.number <= $3 ORDER BY p.number LIMIT $5`,
        [scope, after, upTo, process, atMost],
        changeRow,
        { by: large, patience },
      );
      return found.map(({ gone, mine, missing_age, ...change }) => ({
        ...change,
        isGone: gone,
        isMine: mine,
        missingAge: missing_age,
      }));
    },
    async take(
      process: string,
      place: AccountFact,
      { branch, freshFor, anyway }: { readonly branch: string; readonly freshFor: number; readonly anyway: boolean },
    ) {
      const values = [process, place.account, viewDigest(place), branch, freshFor, anyway];
      const [found] = await rows('SELECT scope, what FROM subdeck.take_sync($1, $2, $3, $4, $5, $6)', values, taken);
      return found ?? null;
    },
    async keep(process: string, scope: number, branch: string): Promise<boolean> {
      const [kept] = await rows('SELECT subdeck.keep_sync($1, $2, $3) AS value', [process, scope, branch], flag);
      return kept?.value === true;
    },
    async end(
      process: string,
      scope: number,
      branch: string,
      { ended, complete }: { readonly ended: boolean; readonly complete: boolean },
    ): Promise<void> {
      await database.query('SELECT subdeck.end_sync($1, $2, $3, $4, $5)', [process, scope, branch, ended, complete]);
      hints?.give();
    },
    async publish(
      process: string,
      scope: number,
      news: readonly Publication[],
      patience: Patience = {},
    ): Promise<void> {
      const values = [
        ...[news.map(({ kind }) => kind), news.map(({ id }) => id), news.map(({ body }) => body)],
        ...[news.map(() => false), news.map(({ age }) => age), news.map(({ likeness }) => likeness)],
      ];
      const all = [process, scope, ...values];
      await large.query('SELECT subdeck.publish($1, $2, $3, $4, $5, $6, $7, $8)', all, patience);
      hints?.give();
    },
    async publishMissing(process: string, scope: number, ids: readonly Buffer[]): Promise<void> {
      await large.query('SELECT subdeck.publish_missing($1, $2, $3)', [process, scope, ids]);
      hints?.give();
    },
    async retireNodes(process: string, scope: number, listed: readonly Buffer[]): Promise<void> {
      await large.query('SELECT subdeck.retire_nodes($1, $2, $3)', [process, scope, listed]);
    },
  };
}

export type SyncStore = ReturnType<typeof syncStore>;

/** What a connection sees of its account is compared, and not told: it may name a user. */
function viewDigest({ account, view }: AccountFact): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([account, view]))
    .digest();
}
