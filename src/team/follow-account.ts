import type { AccountFact } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { type Fault, fault } from '../model/fault.ts';
import { grouped } from '../model/numbers.ts';
import type { BatchPace } from '../postgres/batch-pace.ts';
import { isAway } from '../postgres/is-away.ts';
import type { CacheWriter, Published } from '../store/cache-writer.ts';
import type { PublishedWriter } from '../sync/page-writer.ts';
import type { OwnPlace } from '../sync/published-row.ts';
import type { ScopeState, SyncStore } from './sync-store.ts';

/** A connection of this member to an account that the team shares. */
export type SharedPlace = OwnPlace & AccountFact;

interface FollowDeps {
  readonly store: Pick<SyncStore, 'changes' | 'rowsAfter'>;
  readonly cache: Pick<CacheWriter, 'takeOver'>;
  readonly writer: PublishedWriter;
  readonly pace: BatchPace;
  readonly clock: Pick<Clock, 'now'>;
  /** When the state came. */
  readonly stateAt: number;
  /** What this process published is in its cache already; null: it publishes nothing. */
  readonly process: string | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (taken: { readonly rows: number; readonly total: number | null }) => void;
}

export interface Followed {
  /** Rows that were taken over. */
  readonly rows: number;
  /** What cannot be read, as a sentence; null: nothing. */
  readonly note: string | null;
  readonly hasChanged: boolean;
}

/**
 * Takes over what others published of an account since last time, or all of it where the cache knows nothing of it, or was away for so long
 * that what is gone may be forgotten. A copy of all of it that was stopped goes on where it was.
 */
export async function followAccount(place: SharedPlace, state: ScopeState, deps: FollowDeps): Promise<Followed> {
  const { store, cache, writer, pace, clock, stateAt, process, signal, onProgress } = deps;
  const into = cache.takeOver(place.connection);
  const { upTo: known, copied } = into;
  const isKnown = (position: { readonly line: string; readonly number: number } | null) =>
    position !== null && position.line === state.line && position.number >= state.forgotten;
  const isCopy = !isKnown(known);
  const begun = isCopy ? (isKnown(copied) ? (copied?.number ?? 0) : 0) : (known?.number ?? 0);
  // More was taken over since the state was asked for.
  const isBehind = begun > state.last;
  if (isBehind || (!isCopy && begun === state.last && known?.ended === state.ended)) {
    return { rows: 0, note: null, hasChanged: false };
  }
  const ask = (after: number) => {
    const asked = pace.run(async (atMost, patience) => {
      const changes = await store.changes(state.id, { after, upTo: state.last, process, atMost }, patience);
      return { changes, isLast: changes.length < atMost, now: clock.now() };
    }, signal);
    // It may fail while what came before is still being taken over.
    asked.catch(() => undefined);
    return asked;
  };
  const endedBefore = known?.ended ?? null;
  const total = isCopy ? await store.rowsAfter(state.id, begun).catch(unknownWhileAway) : state.last - begun;
  let [rows, odd, isFirst, coming] = [0, 0, begun === 0, ask(begun)];
  for (;;) {
    signal?.throwIfAborted();
    const { changes, isLast, now } = await coming;
    const last = changes.at(-1)?.number ?? state.last;
    if (!isLast) coming = ask(last);
    const isNewEnd = isCopy || endedBefore !== state.ended;
    const taken = await writer.takeOver(into, {
      ...{ place, changes, now, endedBefore },
      position: { line: state.line, number: isLast ? state.last : last, ended: isLast ? state.ended : endedBefore },
      ended: isLast && isNewEnd ? endOf(place, state, { stateAt, process }) : null,
      copy: isCopy ? { isFirst, isLast } : null,
    });
    [rows, odd, isFirst] = [rows + taken.rows, odd + taken.odd, false];
    onProgress?.({ rows, total: total === null ? null : Math.max(rows, total) });
    if (isLast || !taken.isTaken) return { rows, note: odd === 0 ? null : notRead(odd), hasChanged: true };
  }
}

/** Nobody waits for a count. */
function unknownWhileAway(error: unknown): null {
  if (isAway(error)) return null;
  throw error;
}

function notRead(odd: number): string {
  const what =
    odd === 1 ? '1 row that another member published has' : `${grouped(odd)} rows that other members published have`;
  return `${what} another shape, of another version or damaged: left out.`;
}

/** What the last run of another member says of the whole connection. */
function endOf(
  { connection }: OwnPlace,
  { readAge, ended, endedBy, isComplete }: ScopeState,
  { stateAt, process }: Pick<FollowDeps, 'stateAt' | 'process'>,
): Published['ended'] {
  if (ended === null || (endedBy !== null && endedBy === process)) return null;
  const readAt = readAge === null ? null : Math.floor(stateAt - Math.max(0, readAge));
  return { readAt, fault: isComplete ? null : notComplete(connection) };
}

function notComplete(connection: string): Fault {
  const message = `The last sync of ${connection}, by another member of the team, did not get everything.`;
  return fault('partial', message, 'It is read again by itself; subdeck sync reads it now.', { connection }).fault;
}
