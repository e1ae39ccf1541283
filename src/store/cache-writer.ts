import type { NodeFact, Page, Reading } from '../api/contract.ts';
import type { Fault } from '../model/fault.ts';
import type { Pin } from '../model/scope.ts';
import type { VendorId } from '../model/vendor.ts';
import type { DeclaredConnection } from './connections-table.ts';
import type { Keeping, NewAnswer } from './stored-answers.ts';

/**
 * The writing side: what api said, remembered. One transaction a call. `keepPage` throws a `FaultError` when the file
 * takes no writes; the others do what they can and leave the reason in `notice`.
 */
export interface CacheWriter {
  beginRun(of: RunScope): SyncRun;
  /** One row read by itself (before a plan, after a request settled). `null`: the vendor has no such subscription any more. */
  keep(connection: string, id: string, reading: Reading | null): void;
  /** Takes over what other members of a team read of a connection, into the file that the cache has now. */
  takeOver(connection: string): TakeOver;
  /** The answer of a read, until it is read again, its row is removed, or newer answers need the space. */
  keepAnswer(answer: NewAnswer): Keeping;
  /** A write is sent for a subscription, or may have been applied: earlier answers about it may be out of date. */
  outdateAnswers(connection: string, id: string): void;
  /** Why a connection could not even be asked; its rows stay. */
  noteFault(connection: string, fault: Fault): void;
  /** Tells the cache which connections exist, with their titles and implied levels, so that their levels can be walked. */
  declareConnections(connections: readonly DeclaredConnection[]): void;
  forget(connection: string): void;
  purge(): void;
  /**
   * Makes the indexes behind search and sorting tight again, one slice of a few milliseconds a call. False: nothing is
   * left to do. Windows are right without it, only slower. `between-pages` leaves out what the next page would undo.
   */
  tidy(when?: 'idle' | 'between-pages'): boolean;
  /**
   * For a program that is about to be stopped: no thread of it is in the middle of a write then, which would keep all
   * other programs from writing.
   */
  letWritesEnd(): void;
}

export interface TakeOver extends PublishedProgress {
  /** Names the file for another thread; null where only this one can write, or nobody any more. */
  readonly file: number | null;
  /**
   * One transaction: what others read, and how far it came. False, and nothing: the connection is gone, or another program took the place
   * of this copy. Throws a `FaultError` when the file takes no writes.
   */
  take(of: Published): boolean;
  /** Another thread's file took no writes: does with it, and throws, what `take` would have. */
  refuse(trouble: FileTrouble): never;
}

/** How far what a team's store has of a connection was taken over. */
export interface PublishedProgress {
  /** Null: never to the end. */
  readonly upTo: PublishedPosition | null;
  /** A copy of the whole connection that was begun; null: none, or it came to its end. */
  readonly copied: Pick<PublishedPosition, 'line' | 'number'> | null;
}

export interface PublishedPosition {
  /** The history that `number` counts in: another server's, or another store's, says nothing of this one. */
  readonly line: string;
  readonly number: number;
  /** The last sync run that is part of it; null: none has ended. */
  readonly ended: string | null;
}

/** What another member read of a connection. A row that was read later here is left as it is. */
export interface Published {
  readonly connection: string;
  /** `missingSince`: a sync stopped seeing it, ISO 8601 UTC. */
  readonly rows: readonly (Reading & { readonly missingSince: string | null })[];
  readonly nodes: readonly NodeFact[];
  /** Rows that are gone, by id. */
  readonly gone: readonly { readonly id: string; readonly at: number }[];
  /** Nodes that the vendor lists no more. */
  readonly unlisted: readonly Pick<NodeFact, 'level' | 'id'>[];
  /** A sync run of another member is part of it: when it began to read (milliseconds; null: it lacks something), and what it lacks. */
  readonly ended: { readonly readAt: number | null; readonly fault: Fault | null } | null;
  /** What counts as taken over with it; of a copy that is not at its end, from where the copy goes on. */
  readonly position: PublishedPosition;
  /** A part of a copy of the whole connection; null: what changed since the position before. */
  readonly copy: PublishedCopy | null;
}

export interface PublishedCopy {
  /** A copy that was begun earlier is forgotten. */
  readonly isFirst: boolean;
  /** Rows that no part of the copy named are removed, where the last sync run lacks nothing. */
  readonly isLast: boolean;
  /** All rows that this part names, by id. */
  readonly ids: readonly string[];
}

/** What became of rows that a sync run did not see, by id. */
export interface RowFates {
  readonly gone: readonly string[];
  readonly missing: readonly string[];
}

export const noFates: RowFates = { gone: [], missing: [] };

export interface RunScope {
  readonly connection: string;
  readonly vendor: VendorId;
  readonly within: Pin | null;
  /** Milliseconds: an earlier run that ended without a part is taken up only where what it read is as new as this. */
  readonly freshSince: number;
}

export interface SyncRun {
  /** Where an earlier sync run over the same scope stopped, or null. */
  readonly resume: string | null;
  /** What another thread needs to keep this sync run's pages; null where only this one can, or nobody any more. */
  readonly mark: SyncRunMark | null;
  /** When the oldest part was read that is not read again; null: all of it is read now. In milliseconds. */
  readonly oldest: number | null;
  /** What the last sync run over the same scope that was complete but for this found its lists to lack; null: none was. */
  readonly shortfall: number | null;
  keepPage(page: Page): void;
  /** The rows in the scope that no page of this run brought; `atMost` of them by id, those first that are asked for first. */
  unseen(atMost: number): UnseenRows;
  /** Does with unseen rows what was decided, and nothing else with any row. */
  finish(outcome: SyncRunOutcome): RowFates;
  /** Another thread's file took no writes: does with it, and throws, what `keepPage` would have. */
  refuse(trouble: FileTrouble): never;
}

export interface SyncRunOutcome {
  /** Everything in the scope was read. */
  readonly complete: boolean;
  /** The vendor came to the end of what it has, with or without all of it; false: the run was stopped and can be taken up. */
  readonly ended: boolean;
  /** `unchanged`: another sync run of the same connection reports its result. */
  readonly fault: Fault | null | 'unchanged';
  readonly removals: Removals;
  /** Rows that the lists of a run that lacks nothing else counted and did not send; null: it lacks more than that. */
  readonly shortfall: number | null;
}

/** `new`: seen until now. `missing`: unseen before. `unlisted`: unseen before, and there when it was asked for by id. */
export type UnseenKind = 'new' | 'missing' | 'unlisted';

export interface UnseenRows {
  /** Rows of the whole connection when the sync run began. */
  readonly known: number;
  readonly count: Readonly<Record<UnseenKind, number>>;
  readonly first: readonly { readonly id: string; readonly kind: UnseenKind }[];
}

export const noneUnseen: UnseenRows = { known: 0, count: { new: 0, missing: 0, unlisted: 0 }, first: [] };

/** What becomes of an unseen row: it goes, is kept and marked as missing, is known to be there, or nothing. */
export type Fate = 'gone' | 'missing' | 'there' | 'left';

/** By id where a row was asked for, by its kind where it was not. */
export interface Removals {
  readonly byId: readonly { readonly id: string; readonly fate: Fate }[];
  readonly others: Readonly<Record<UnseenKind, Fate>>;
}

/** A sync run that was begun, as plain data. */
export interface SyncRunMark {
  readonly id: number;
  /** In milliseconds: a sync run of the same id in a file that another program began anew is another one. */
  readonly started: number;
  readonly connection: string;
  readonly within: Pin | null;
  /** A complete sync run went before: an appearance is a change worth reporting. */
  readonly isNews: boolean;
  /** When the oldest part was read that is not read again, in milliseconds; null: all of it is read now. */
  readonly oldest: number | null;
  /** Counts the files that stood at the cache's path: a damaged one is set aside and another begun. */
  readonly file: number;
}

/** Why a file takes no writes: it is damaged, or what `whyNoWrites` says. */
export type FileTrouble = { readonly damaged: true } | { readonly damaged: false; readonly why: string };
