import type { Reading } from '../api/contract.ts';
import type { Clock } from '../model/clock.ts';
import { FaultError } from '../model/fault.ts';
import { batchPace } from '../postgres/batch-pace.ts';
import type { Database } from '../postgres/database.ts';
import type { Hints } from '../postgres/hints.ts';
import { isAway } from '../postgres/is-away.ts';
import { lacksRight } from '../postgres/lacks-right.ts';
import { lookRegularly } from '../postgres/look-regularly.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { PublishedWriter } from '../sync/page-writer.ts';
import type { SharedScope, SharedSync, SharedTurn } from '../sync/shared-sync.ts';
import { type Followed, followAccount, type SharedPlace } from './follow-account.ts';
import { gonePublication, publicationOf, publishingWriter } from './publishing-writer.ts';
import { syncLeaseSeconds } from './schema/pages.ts';
import { type ScopeState, syncStore } from './sync-store.ts';

interface SharedSyncDeps {
  readonly database: Pick<Database, 'query'>;
  /** Absent: changes are polled. */
  readonly hints?: Hints | null;
  /** The id of this process in the store. Throws where it is no member's. */
  readonly process: () => Promise<string>;
  readonly clock: Clock;
  readonly cache: () => Pick<CacheWriter, 'takeOver'> & { refreshSnapshot(): void };
  readonly writer: () => PublishedWriter;
  /** The connections that this member has. */
  readonly places: () => readonly SharedPlace[];
}

export interface TeamSync extends Pick<SharedSync, 'turn'> {
  /** Publishes a row that was read by itself; null: the vendor has none. Needs not be waited for. */
  kept(connection: string, id: string, reading: Reading | null): Promise<void>;
  /** Takes over what others publish, as long as it is not stopped. `onChanged`: something came. */
  follow(onChanged: () => void): { stop(): void };
}

/** How often others' changes are asked for: a console shows them within two seconds. */
const pollEvery = 1_000;
/** The same where the store did not answer. */
const pollWhileAway = 5_000;
/** A store that does not answer so many times is away, and is asked once only for the next while. */
const tries = 3;
const awayFor = 30_000;
/** Changes that are asked for at once. */
const changesAtOnce = 500;
/** Rows that are published at once; one has some kilobytes. */
const publishedAtOnce = 100;
const signEvery = (syncLeaseSeconds * 1000) / 3;

/** What a team reads of its accounts, through its store. */
export function teamSync({ database, hints = null, process, clock, cache, writer, places }: SharedSyncDeps): TeamSync {
  const store = syncStore(database, hints);
  const [pace, publishingPace] = [batchPace(changesAtOnce, clock), batchPace(publishedAtOnce, clock)];
  /** One at a time for each connection. */
  const following = new Map<string, Promise<unknown>>();

  let awayUntil = Number.NEGATIVE_INFINITY;

  const placeOf = (connection: string) => places().find((place) => place.connection === connection) ?? null;
  const processOrNull = () => process().catch(onlyFault);

  async function follow(
    place: SharedPlace,
    state: ScopeState,
    more: Pick<Partial<SharedScope>, 'signal' | 'onProgress'> = {},
  ): Promise<Followed> {
    const [before, stateAt] = [following.get(place.connection) ?? Promise.resolve(), clock.now()];
    const mine = before
      .catch(() => undefined)
      .then(async () => {
        const deps = {
          store,
          cache: cache(),
          writer: writer(),
          pace,
          clock,
          stateAt,
          process: await processOrNull(),
          ...more,
        };
        const followed = await followAccount(place, state, deps);
        if (followed.hasChanged) cache().refreshSnapshot();
        return followed;
      });
    following.set(place.connection, mine);
    return mine;
  }

  async function stateOf(place: SharedPlace): Promise<ScopeState | null> {
    const [state] = await store.states([place]);
    return state ?? null;
  }

  async function takeOver(place: SharedPlace, of: SharedScope): Promise<SharedTurn> {
    const state = await stateOf(place);
    if (state === null) return { kind: 'alone' };
    const { rows, note } = await follow(place, state, of);
    return { kind: 'taken-over', rows, notes: note === null ? [] : [note] };
  }

  async function reading(place: SharedPlace, scope: number, branch: string): Promise<SharedTurn> {
    const id = await process();
    let isLost = false;
    const signs = setInterval(() => {
      store.keep(id, scope, branch).then(
        (kept) => {
          isLost ||= !kept;
        },
        () => undefined,
      );
    }, signEvery).unref();
    let writer: ReturnType<typeof publishingWriter> | null = null;
    return {
      kind: 'read',
      publishing: (inner) => {
        writer = publishingWriter(inner, {
          ...{ store, process: id, scope, branch, place, clock, pace: publishingPace },
          isLost: () => isLost,
        });
        return writer;
      },
      async end() {
        clearInterval(signs);
        if (writer?.isEnded() === true) return;
        await store.end(id, scope, branch, { ended: false, complete: false }).catch(onlyFault);
      },
    };
  }

  /** Somebody who may only read the store takes over what is fresh, and asks the vendor for the rest. */
  async function withoutRight(place: SharedPlace, of: SharedScope): Promise<SharedTurn> {
    const state = await stateOf(place);
    const isFresh = state !== null && state.endedAge !== null && state.endedAge < of.freshFor;
    return isFresh && !of.anyway ? takeOver(place, of) : { kind: 'alone' };
  }

  async function turn(place: SharedPlace, of: SharedScope): Promise<SharedTurn> {
    const { within, anyway, freshFor, signal } = of;
    const branch = within === undefined ? '' : JSON.stringify([within.level, within.id]);
    for (;;) {
      signal.throwIfAborted();
      const asked = await store.take(await process(), place, { branch, freshFor, anyway });
      if (asked === null) return { kind: 'alone' };
      if (asked.what === 'taken') return reading(place, asked.scope, branch);
      if (asked.what === 'fresh') return takeOver(place, of);
      const state = await stateOf(place);
      if (state !== null) await follow(place, state, of);
      await clock.wait(pollEvery, signal);
    }
  }

  /** Everybody would read by itself where the store is slow for a moment. */
  async function patiently(place: SharedPlace, of: SharedScope): Promise<SharedTurn> {
    for (let nth = 1; ; nth += 1) {
      try {
        const found = await turn(place, of);
        awayUntil = Number.NEGATIVE_INFINITY;
        return found;
      } catch (error) {
        if (of.signal.aborted || !isAway(error)) throw error;
        if (nth >= tries || clock.monotonic() < awayUntil) {
          awayUntil = clock.monotonic() + awayFor;
          throw error;
        }
        await clock.wait(pollEvery, of.signal);
      }
    }
  }

  /** `age`: how long it has been kept here, in milliseconds. */
  async function publishRow(place: SharedPlace, id: string, read: Reading | null, age: number): Promise<void> {
    const state = await stateOf(place);
    if (state === null) return;
    const news = read === null ? { ...gonePublication(id), age } : publicationOf(read, place, clock.now());
    await store.publish(await process(), state.id, [news]);
  }

  return {
    async turn(connection, of) {
      const place = placeOf(connection);
      if (place === null) return { kind: 'alone' };
      try {
        return await patiently(place, of);
      } catch (error) {
        if (of.signal.aborted || !(error instanceof FaultError)) throw error;
        if (!lacksRight(error)) return { kind: 'alone' };
        return withoutRight(place, of).catch((other) => {
          if (other instanceof FaultError) return { kind: 'alone' };
          throw other;
        });
      }
    },
    async kept(connection, id, read) {
      const place = placeOf(connection);
      if (place === null) return;
      const since = clock.monotonic();
      for (let nth = 1; ; nth += 1) {
        try {
          return await publishRow(place, id, read, clock.monotonic() - since);
        } catch (error) {
          onlyFault(error);
          // Who waits for the next sync of the account instead sees the old row until then.
          if (nth >= tries || !isAway(error)) return;
          await clock.wait(pollEvery);
        }
      }
    },
    follow(onChanged) {
      const stop = new AbortController();
      const once = async () => {
        const all = places();
        const states = await store.states(all);
        let hasChanged = false;
        for (const [nth, place] of all.entries()) {
          const state = states[nth] ?? null;
          if (state === null || stop.signal.aborted) continue;
          hasChanged = (await follow(place, state, { signal: stop.signal })).hasChanged || hasChanged;
        }
        if (hasChanged) onChanged();
        return hasChanged;
      };
      const looking = lookRegularly(hints, once, { first: 0, every: pollEvery, whileAway: pollWhileAway });
      return {
        stop: () => {
          looking.stop();
          stop.abort();
        },
      };
    },
  };
}

function onlyFault(error: unknown): null {
  if (error instanceof FaultError) return null;
  throw error;
}
