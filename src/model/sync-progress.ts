/** The progress of a connection's sync run. */
export interface SyncProgress {
  readonly connection: string;
  readonly done: number;
  readonly total: number | null;
  readonly rowsPerSecond: number;
  /** Milliseconds at the current rate; null while unknown. */
  readonly left: number | null;
}
