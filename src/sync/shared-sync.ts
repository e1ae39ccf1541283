import type { Pin } from '../model/scope.ts';
import type { PageWriter } from './page-writer.ts';

/**
 * One sync for all members of a team: who reads an account publishes what it reads, and the others take that over instead of asking the vendor.
 * Throws nothing for a store that is away: then each member reads alone.
 */
export interface SharedSync {
  /** Who reads just now. Waits while another member does, and takes over what that one reads. */
  turn(connection: string, of: SharedScope): Promise<SharedTurn>;
  /** Told whenever the cache has taken over what others read. */
  subscribe(listener: () => void): void;
}

export interface SharedScope {
  readonly within: Pin | undefined;
  /** Even if somebody read it within `freshFor`: a person decided something that the reader has to know. */
  readonly anyway: boolean;
  /** Milliseconds. */
  readonly freshFor: number;
  readonly signal: AbortSignal;
  /** Rows taken over so far, of so many changes; null: nobody knows. */
  readonly onProgress: (taken: { readonly rows: number; readonly total: number | null }) => void;
}

export type SharedTurn =
  /** Another member read it, and all of that is in the cache. */
  | { readonly kind: 'taken-over'; readonly rows: number; readonly notes: readonly string[] }
  /** The store cannot be asked, or this member may not write there. */
  | { readonly kind: 'alone' }
  /** This process reads; what the writer keeps is published. */
  | {
      readonly kind: 'read';
      publishing(writer: PageWriter): PageWriter;
      /** However the run ended. */
      end(): Promise<void>;
    };
