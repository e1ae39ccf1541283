import { setImmediate as breathe } from 'node:timers/promises';
import type { Reading } from '../api/contract.ts';
import type { AccountFact } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { type Fault, fault } from '../model/fault.ts';
import { grouped } from '../model/numbers.ts';
import { PostgresError } from '../postgres/postgres-error.ts';
import type { CacheWriter, Published } from '../store/cache-writer.ts';
import { idOfBytes, nodeOfKey, type OwnPlace, unpackedNode, unpackedRow } from './published-row.ts';
import { changesAtOnce, type PublishedChange, type ScopeState, type SyncStore } from './sync-store.ts';

/** A connection of this member to an account that the team shares. */
export type SharedPlace = OwnPlace & AccountFact;

interface FollowDeps {
  readonly store: Pick<SyncStore, 'changes'>;
  readonly cache: Pick<CacheWriter, 'takePublished' | 'publishedUpTo'>;
  readonly clock: Pick<Clock, 'now'>;
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

/** Rows in one transaction, so that keys are handled in between. */
const rowsAtOnce = 25;

type Batch = Pick<Published, 'rows' | 'nodes' | 'gone' | 'unlisted'>;

/**
 * Takes over what others published of an account since last time, or all of it where the cache knows nothing of it, or was away for so long
 * that what is gone may be forgotten.
 */
export async function followAccount(place: SharedPlace, state: ScopeState, deps: FollowDeps): Promise<Followed> {
  const { store, cache, clock, process, signal, onProgress } = deps;
  const { connection } = place;
  const known = cache.publishedUpTo(connection);
  const isAnew = known === null || known.line !== state.line || known.number < state.forgotten;
  // More was taken over since the state was asked for.
  const isBehind = !isAnew && known.number > state.last;
  if (isBehind || (!isAnew && known.number === state.last && known.ended === state.ended)) {
    return { rows: 0, note: null, hasChanged: false };
  }
  const only = isAnew ? new Set<string>() : null;
  const begun = isAnew ? 0 : known.number;
  const ask = (from: number) => {
    const asked = repeated(() => store.changes(state.id, { after: from, upTo: state.last, process }), signal);
    // It may fail while what came before is still being taken over.
    asked.catch(() => undefined);
    return asked;
  };
  let [after, rows, odd, coming] = [begun, 0, 0, ask(begun)];
  for (;;) {
    signal?.throwIfAborted();
    const changes = await coming;
    const isLast = changes.length < changesAtOnce;
    if (!isLast) coming = ask(changes.at(-1)?.number ?? after);
    for (let first = 0; first < Math.max(changes.length, 1); first += rowsAtOnce) {
      const part = changes.slice(first, first + rowsAtOnce);
      const isEnd = isLast && first + rowsAtOnce >= changes.length;
      const batch = readBatch(part, { place, now: clock.now(), only });
      const number = isEnd ? state.last : (part.at(-1)?.number ?? after);
      cache.takePublished({
        ...batch.of,
        connection,
        only: isEnd ? only : null,
        ended:
          isEnd && (isAnew || known.ended !== state.ended) ? endOf(place, state, { now: clock.now(), process }) : null,
        position:
          isAnew && !isEnd ? null : { line: state.line, number, ended: isEnd ? state.ended : (known?.ended ?? null) },
      });
      [after, rows, odd] = [number, rows + batch.of.rows.length, odd + batch.odd];
      await breathe();
    }
    onProgress?.({ rows, total: isAnew ? null : Math.max(rows, state.last - begun) });
    if (isLast) return { rows, note: odd === 0 ? null : notRead(odd), hasChanged: true };
  }
}

/**
 * The copy of a whole account keeps its position only at its end, since what is not listed is removed there: it must not start over
 * because one batch of thousands was late.
 */
const triesOfBatch = 3;

async function repeated<Value>(work: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof PostgresError && error.fault.kind === 'unreachable';
      if (!mayPass || tries === triesOfBatch) throw error;
      signal?.throwIfAborted();
    }
  }
}

function notRead(odd: number): string {
  const what =
    odd === 1 ? '1 row that another member published has' : `${grouped(odd)} rows that other members published have`;
  return `${what} another shape, of another version or damaged: left out.`;
}

function readBatch(
  changes: readonly PublishedChange[],
  { place, now, only }: { readonly place: OwnPlace; readonly now: number; readonly only: Set<string> | null },
): { readonly of: Batch; readonly odd: number } {
  const rows: (Reading & { readonly missingSince: string | null })[] = [];
  const nodes: Published['nodes'][number][] = [];
  const gone: Published['gone'][number][] = [];
  const unlisted: Published['unlisted'][number][] = [];
  let odd = 0;
  for (const change of changes) {
    const { kind, id: bytes, body, isGone, isMine, missingAge } = change;
    const at = now - Math.max(0, change.age);
    if (kind === 'node') {
      const key = nodeOfKey(bytes);
      const node = body === null ? null : unpackedNode(body, place);
      if (key === null) odd += 1;
      else if (isMine) continue;
      else if (isGone) unlisted.push(key);
      else if (node === null || node.level !== key.level || node.id !== key.id) odd += 1;
      else nodes.push(node);
      continue;
    }
    const id = idOfBytes(bytes);
    if (id === null) {
      odd += 1;
      continue;
    }
    if (!isGone) only?.add(id);
    if (isMine) continue;
    const reading = body === null ? null : unpackedRow(body, id, at, place);
    const missingSince = missingAge === null ? null : new Date(now - Math.max(0, missingAge)).toISOString();
    if (isGone) gone.push({ id, at });
    else if (reading === null) odd += 1;
    else rows.push({ ...reading, missingSince });
  }
  return { of: { rows, nodes, gone, unlisted }, odd };
}

/** What the last run of another member says of the whole connection. */
function endOf(
  { connection }: OwnPlace,
  { readAge, ended, endedBy, isComplete }: ScopeState,
  { now, process }: { readonly now: number; readonly process: string | null },
): Published['ended'] {
  if (ended === null || (endedBy !== null && endedBy === process)) return null;
  const readAt = readAge === null ? null : Math.floor(now - Math.max(0, readAge));
  return { readAt, fault: isComplete ? null : notComplete(connection) };
}

function notComplete(connection: string): Fault {
  const message = `The last sync of ${connection}, by another member of the team, did not get everything.`;
  return fault('partial', message, 'It is read again by itself; subdeck sync reads it now.', { connection }).fault;
}
