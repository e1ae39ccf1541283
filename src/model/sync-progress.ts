/** How far a sync run of a connection is. */
export interface SyncProgress {
  readonly connection: string;
  readonly done: number;
  readonly total: number | null;
  readonly rowsPerSecond: number;
  /** Milliseconds, as fast as it went so far; null where nobody can tell yet. */
  readonly left: number | null;
}
