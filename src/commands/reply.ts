import type { ExitKind, Fault } from '../model/fault.ts';
import type { Request } from '../model/request.ts';
import type { Plan } from '../writes/contract.ts';

/**
 * The result of a command. It holds all that is needed to render it as a table, text, JSON, CSV or NDJSON and to choose
 * the exit code; renderers add nothing.
 */
export type Reply = ListReply | ObjectReply | TextReply | PlanReply | WriteReply;

interface Ending {
  /** `ok`, or the kind of fault that chooses the exit code. */
  readonly exit: ExitKind;
  /** Faults and missing parts, one error line each, whatever `exit` is. */
  readonly faults: readonly Fault[];
}

/** Rows of one shape. */
export interface ListReply extends Ending {
  readonly kind: 'list';
  readonly columns: readonly Column[];
  /** The columns of the text table, where it is no part of those of CSV; each row then has `table`. */
  readonly tableColumns?: readonly Column[];
  /** Read once, in order; may not fit in memory. */
  readonly rows: Iterable<Row>;
  /** The text for a person if there are no rows. */
  readonly empty: string;
  /** Lines below the table, for people only. */
  readonly notes?: readonly string[];
  /** The object that `--json` prints; the rows are its `rows`. Absent: the rows alone, as an array. */
  readonly about?: object;
}

export interface Column {
  /** The CSV column's header, and the JSON field it shows, if there is one. */
  readonly id: string;
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Its cells are dates in ISO 8601 or as the vendor wrote them: the text table shows them as people read dates, in UTC. */
  readonly isDate?: boolean;
  /** Left out of the text table, kept in CSV. */
  readonly hidden?: boolean;
}

export interface Row {
  /** For JSON and NDJSON. */
  readonly json: object;
  /** One per column, for table and CSV. Null: unknown. */
  readonly cells: readonly (string | null)[];
  /** One per column of `tableColumns`. */
  readonly table?: readonly (string | null)[];
}

/** A single thing. */
export interface ObjectReply extends Ending {
  readonly kind: 'object';
  readonly json: object;
  readonly sections: readonly Section[];
}

/** A titled group of labelled values. */
export interface Section {
  readonly title: string | null;
  readonly fields: readonly { readonly label: string; readonly value: string | null }[];
  /** Shown if there are no fields. */
  readonly empty?: string;
}

/** Plain text: help, completion scripts, Markdown. `json` is what `--json` prints instead. */
export interface TextReply extends Ending {
  readonly kind: 'text';
  readonly text: string;
  /** A script, a document or values, which the console shows unchanged. False: sentences, whose next steps it gives in its own words. */
  readonly isData: boolean;
  /** For reading: shown through the pager where it is longer than the terminal. */
  readonly isForReading?: true;
  readonly json: object;
}

/** What would be sent and was not: a dry run, or a plan without a terminal to confirm on (then `exit` is `usage`). */
export interface PlanReply extends Ending {
  readonly kind: 'plan';
  readonly plans: readonly Plan[];
}

/** How a write can end, as far as it is known. One that was not sent is refused. */
export const writeOutcomes = ['done', 'accepted', 'refused', 'unknown'] as const;

/** The outcome of a write. */
export interface WriteReply extends Ending {
  readonly kind: 'write';
  readonly outcome: (typeof writeOutcomes)[number];
  /** One sentence for people. */
  readonly sentence: string;
  /** Null if nothing had to be sent. */
  readonly journalId: string | null;
  readonly request: Request | null;
  /** The command that takes it back once it is done. Absent: nothing does. */
  readonly wayBack?: string;
}
