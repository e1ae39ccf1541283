import type { JournalEntry, JournalState, Verb } from '../model/journal-entry.ts';
import type { Request, RequestState } from '../model/request.ts';
import type { JsonObject, SafeText } from '../model/text.ts';

/** The durable memory of every write. A database of its own: WAL, synchronous FULL, 0600, never deleted by Subdeck. */
export interface Journal {
  /**
   * Made durable before it returns. Refuses, naming the open one, while an earlier write on the same target is open, in
   * any process.
   */
  intend(
    intent: Intent,
  ): { readonly kind: 'intended'; readonly id: string } | { readonly kind: 'open'; readonly entry: JournalEntry };
  /** Durable before it returns: from here on a step may have reached the vendor. */
  sending(
    id: string,
    step: { readonly index: number; readonly name: string; readonly method: string; readonly path: string },
  ): void;
  answered(id: string, step: { readonly index: number; readonly answer: StepRecord }): void;
  /** The end of a write, or of its wait. */
  close(
    id: string,
    end: {
      readonly state: Exclude<JournalState, 'intent' | 'sent'>;
      readonly reason: SafeText | string | null;
      readonly vendor: JournalEntry['vendor'];
    },
  ): void;
  /** The vendor accepted and works on: the entry stays `sent` until its request settles. */
  accepted(
    id: string,
    request: {
      readonly vendorRequestId: string | null;
      readonly vendorState: SafeText | null;
      readonly from: number | null;
      readonly to: number | null;
      readonly vendor: JournalEntry['vendor'];
    },
  ): void;
  looked(
    id: string,
    look: {
      readonly state: RequestState;
      readonly vendorState: SafeText | null;
      readonly checkedAt: string;
      readonly nextCheckAt: string | null;
    },
  ): void;

  entries(query: JournalQuery): readonly JournalEntry[];
  entry(id: string): JournalEntry | null;
  steps(id: string): readonly JournalStep[];
  /** Writes whose end nobody knows, newest first: shown first on every start. */
  unsettled(): readonly JournalEntry[];
  requests(query: { readonly open: boolean | null }): readonly Request[];
  request(id: string): Request | null;
  revision(): number;
  dispose(): void;
}

export interface Intent {
  readonly ref: string;
  readonly verb: Verb;
  readonly sentence: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly by: string;
  readonly reason: string | null;
}

export interface JournalQuery {
  readonly ref: string | null;
  readonly state: JournalState | null;
  readonly since: string | null;
  readonly limit: number | null;
}

export interface JournalStep {
  readonly index: number;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly sentAt: string;
  readonly answeredAt: string | null;
  readonly answer: StepRecord | null;
}

export interface StepRecord {
  readonly outcome: 'done' | 'accepted' | 'refused' | 'unknown' | 'unsent';
  readonly status: number | null;
  readonly correlationId: SafeText | null;
  readonly notes: JsonObject;
}
