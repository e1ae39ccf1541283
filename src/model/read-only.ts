/** Whether writes are refused: by a switch, or for a reason that no switch of this installation changes. */
export type ReadOnly = boolean | ReadOnlyReason;

/** What happened and what to do, each a sentence. */
export interface ReadOnlyReason {
  readonly message: string;
  readonly next: string;
}
