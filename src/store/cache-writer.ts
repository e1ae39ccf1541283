import type { Page, Reading } from '../api/contract.ts';
import type { Fault } from '../model/fault.ts';
import type { Pin } from '../model/scope.ts';
import type { VendorId } from '../model/vendor.ts';
import type { DeclaredConnection } from './connections-table.ts';

/**
 * The writing side: what api said, remembered. One transaction a call. `keepPage` throws a `FaultError` when the file
 * takes no writes; the others do what they can and leave the reason in `notice`.
 */
export interface CacheWriter {
  beginRun(pass: { readonly connection: string; readonly vendor: VendorId; readonly within: Pin | null }): SyncRun;
  /** One row read by itself (before a plan, after a request settled). `null`: the vendor has no such subscription any more. */
  keep(connection: string, id: string, reading: Reading | null): void;
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

export interface SyncRun {
  /** Where an earlier sync run over the same scope stopped, or null. */
  readonly resume: string | null;
  /** What another thread needs to keep this sync run's pages; null where only this one can, or nobody any more. */
  readonly mark: SyncRunMark | null;
  keepPage(page: Page): void;
  /** Marks gone what a complete sync run did not see, and only then. */
  finish(outcome: SyncRunOutcome): void;
  /** Another thread's file took no writes: does with it, and throws, what `keepPage` would have. */
  refuse(trouble: FileTrouble): never;
}

export interface SyncRunOutcome {
  readonly complete: boolean;
  readonly fault: Fault | null;
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
  /** Counts the files that stood at the cache's path: a damaged one is set aside and another begun. */
  readonly file: number;
}

/** Why a file takes no writes: it is damaged, or what `whyNoWrites` says. */
export type FileTrouble = { readonly damaged: true } | { readonly damaged: false; readonly why: string };
