/** A plan that an assistant proposed and nobody has run yet. */
export interface Proposal {
  /** Of its file, in the directory of proposals. */
  readonly name: string;
  readonly path: string;
  /** The plan's. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** What the assistant calls itself: text from outside. */
  readonly proposedBy: string;
  readonly reason: string | null;
  /** Those that it would change. */
  readonly connections: readonly string[];
  /** How many changes, in words. */
  readonly changes: string;
}
