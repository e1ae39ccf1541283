import type { ExitKind } from './fault.ts';

/** What is recorded of a call of an assistant. No value that could be a secret is part of it, and no answer. */
export interface AssistantCall {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What the client calls itself. */
  readonly client: string;
  readonly tool: string;
  /** The names of the arguments that were given; with the value where the declaration lists what it may be. */
  readonly given: readonly string[];
  /** Null: it was not answered, since the client or Subdeck ended before. */
  readonly outcome: ExitKind | null;
  readonly milliseconds: number | null;
}

/** The calls of all assistants, in a private file of bounded size: the oldest go first. */
export interface AssistantCallLog {
  /**
   * Records the beginning of a call, before anything else is done for it; the function it gives records the end. Throws a
   * `FaultError` where the log cannot be written: a call that cannot be recorded is not answered.
   */
  begin(call: Pick<AssistantCall, 'client' | 'tool' | 'given'>): (outcome: ExitKind) => void;
  /** The oldest first. Throws a `denied` fault for a file that another user could have changed. */
  all(): readonly AssistantCall[];
}
