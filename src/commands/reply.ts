import type { ExitKind, Fault } from '../model/fault.ts';
import type { Request } from '../model/request.ts';
import type { Plan } from '../writes/contract.ts';

/**
 * What a word command gives back. It holds enough to be drawn as a table, as text, JSON, CSV or NDJSON, and to decide the
 * exit code; whoever draws it adds nothing.
 */
export type Reply = ListReply | ObjectReply | TextReply | PlanReply | WriteReply;

interface Ending {
  /** `ok`, or why it is not: the exit code is this kind's (contract §3). */
  readonly exit: ExitKind;
  /** What went wrong or is missing, one error line each, whatever `exit` says. */
  readonly faults: readonly Fault[];
}

/** Rows of one shape. */
export interface ListReply extends Ending {
  readonly kind: 'list';
  readonly columns: readonly Column[];
  /** Read once, in order; may be longer than memory. */
  readonly rows: Iterable<Row>;
  /** What a person reads where there is no row. */
  readonly empty: string;
  /** Lines below the table, for people alone. */
  readonly notes?: readonly string[];
  /** What `--json` says of the whole: the rows stand in it as `rows`. Absent: the rows alone, an array. */
  readonly about?: object;
}

export interface Column {
  /** Heads the CSV column; the JSON field it shows, where there is one. */
  readonly id: string;
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Left out of the table for people, kept in CSV. */
  readonly hidden?: boolean;
}

export interface Row {
  /** As the contract says it, for JSON and NDJSON. */
  readonly json: object;
  /** One per column, for table and CSV. Null: unknown. */
  readonly cells: readonly (string | null)[];
}

/** One thing, whole. */
export interface ObjectReply extends Ending {
  readonly kind: 'object';
  readonly json: object;
  readonly sections: readonly Section[];
}

/** A titled group of labelled values, as people read it. */
export interface Section {
  readonly title: string | null;
  readonly fields: readonly { readonly label: string; readonly value: string | null }[];
  /** Said where there are no fields. */
  readonly empty?: string;
}

/** Plain text: help, completion scripts, Markdown. `json` is what `--json` prints in its place. */
export interface TextReply extends Ending {
  readonly kind: 'text';
  readonly text: string;
  readonly json: object;
}

/** What would be sent, and was not: a dry run, or nobody there to say yes (then `exit` is `usage`). */
export interface PlanReply extends Ending {
  readonly kind: 'plan';
  readonly plans: readonly Plan[];
}

/** What became of a write. */
export interface WriteReply extends Ending {
  readonly kind: 'write';
  readonly outcome: 'done' | 'accepted' | 'refused' | 'unknown';
  /** One sentence for people. */
  readonly sentence: string;
  /** Null where nothing had to be sent. */
  readonly journalId: string | null;
  readonly request: Request | null;
}
