import type { AccountFact, AccountKey, AccountView } from '../model/account.ts';
import type { CustomerLinks, LinkOutcome, LinkRequest } from '../model/customer-link.ts';
import type { Fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import type { JournalEntry, JournalState, VerdictBasis } from '../model/journal-entry.ts';
import type { KeyDigest } from '../model/key-digest.ts';
import type { Request, RequestState } from '../model/request.ts';
import type { SendPermit } from '../model/send-permit.ts';
import type { StoreWait } from '../model/store-wait.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Json, JsonObject, SafeText } from '../model/text.ts';
import type { MarkedItem, TodayMark } from '../model/today-mark.ts';
import type { Verdict, VerdictState } from '../model/verdict.ts';
import type { RecordedWayBack } from '../model/way-back.ts';
import type { ProcessMark } from '../system/process-mark.ts';

/**
 * The durable memory of every write. On SQLite it is a database of its own (WAL, synchronous FULL, 0600), never deleted by
 * Subdeck; a server may stand behind the same interface.
 */
export interface Journal extends JournalReader, JournalWriter {
  /** Nothing is waited for: what was promised is durable by then. What is still under way ends as if the process were killed. */
  dispose(): void;
}

/**
 * What people are shown: lists, screens, Today, events. Synchronous, since a frame waits for nothing; a journal on a server
 * answers from a copy on this machine, which may be a moment behind the others' writes. What this process wrote is in it before
 * the promise of that write resolves. Nothing is sent, settled or claimed by what is read here: that is `JournalWriter`'s.
 */
export interface JournalReader {
  /** Who writes into it from here: the user of the operating system, in a team with the member's name. */
  readonly author: string;
  /** Newest first. A damaged entry is among them, as `needs-person`, naming the damage. */
  entries(query: JournalQuery): readonly JournalEntry[];
  /** Ids are read as people type them: capitals, `O` for `0`, `I` and `L` for `1`. */
  entry(id: string): JournalEntry | null;
  /** The entry with what Subdeck keeps beside it to finish or settle the write. Null when missing or damaged. */
  record(id: string): JournalRecord | null;
  /** Every record in one of these states, oldest first; damaged entries are not among them. */
  recordsIn(states: readonly JournalState[]): readonly JournalRecord[];
  steps(id: string): readonly JournalStep[];
  /** What was said of how a write stands, the oldest first; the last is how it stands. */
  verdicts(id: string): readonly Verdict[];
  /** Ids of the entries among them that are damaged. */
  damaged(): readonly string[];
  /** Writes whose end nobody knows, newest first: shown first on every start. */
  unsettled(): readonly JournalEntry[];
  /** Newest first. */
  requests(query: { readonly open: boolean | null; readonly limit?: number }): readonly Request[];
  request(id: string): Request | null;
  /** What was tried of a plan file, by row number, as far as these reads know it. */
  knownParts(plan: string): ReadonlyMap<number, TriedPart>;
  /**
   * What people said of items of Today, by the item's KEY. A line that cannot be read is a damaged mark of that item alone, and
   * keeps no write back.
   */
  marks(): ReadonlyMap<string, MarkedItem>;
  /** What people said last of which customer an organization belongs to. A line that cannot be read counts for that organization alone. */
  links(): CustomerLinks;
  /**
   * Why the journal takes no writes, as far as it is known; or null. Reads of vendors go on either way. For saying so before
   * anything is planned: `intend` finds out, whatever this says.
   */
  health(): Fault | null;
  /** Where these reads are a copy of a server's that is not brought up to date now: since when, and why. Null: they are up to date. */
  outOfDate(): OutOfDate | null;
  /** A server that keeps the journal does not answer, for longer than a person should wait without being told. Null: it does, or there is none. */
  storeWait(): StoreWait | null;
  /** Grows with every change that these reads show, by whatever process. */
  revision(): number;
  /** Brings these reads up to date where they are a copy of a server's. Where that cannot be asked they stay as they are: see `health`. */
  refresh(): Promise<void>;
}

export interface OutOfDate {
  /** When the copy was last brought up to date, milliseconds since the epoch; null: never. */
  readonly since: number | null;
  readonly fault: Fault;
}

/**
 * What happens to a write, and what is decided by. Every method asks where the journal is kept, so each returns a promise, which
 * rejects with a `FaultError` where that cannot be asked or cannot keep it. Each decides and writes in one step: between two of
 * them anything may happen, in this process too, so a caller looks at what the second returns and trusts nothing it read before.
 */
export interface JournalWriter {
  /**
   * Durable before it resolves. Refuses, naming the open one, while an earlier write on the same subscription is open,
   * through any connection and in any process. `refused`: the journal cannot take a write (damaged, full, from a newer Subdeck), so nothing may be sent.
   */
  intend(intent: Intent): Promise<
    | { readonly kind: 'intended'; readonly id: string }
    | { readonly kind: 'open'; readonly entry: JournalEntry }
    /** This row of a plan file may have reached the vendor before, or is about to, in whatever run of it. */
    | { readonly kind: 'repeated'; readonly entry: JournalEntry }
    /** Another write on this target began after `plannedAfter`, finished or not: the plan does not know what it did. */
    | { readonly kind: 'overtaken'; readonly entry: JournalEntry }
    | { readonly kind: 'refused'; readonly fault: Fault }
  >;
  /**
   * Durable before it resolves: from here on a step may have reached the vendor. Rejects with a `FaultError` when it cannot be
   * made durable or the entry was closed meanwhile; the step must not be sent then.
   */
  sending(id: string, step: Pick<JournalStep, 'index' | 'name' | 'method' | 'path' | 'body'>): Promise<SendPermit>;
  /** Durable before it resolves; rejects with a `FaultError` when it cannot be kept. */
  answered(id: string, step: { readonly index: number; readonly answer: StepRecord }): Promise<void>;
  /**
   * The end of a write, or of its wait. False, and nothing changes, when the entry has its end already: `done`,
   * `refused` and the settled states are final, `unknown` and `needs-person` may still be settled.
   */
  close(
    id: string,
    end: {
      readonly state: ClosedState;
      readonly reason: SafeText | string | null;
      readonly vendor: JournalEntry['vendor'];
      readonly basis: VerdictBasis;
      /** Who says so, where it is a person. */
      readonly by?: string;
      /** Milliseconds until the first look, for one that is unknown. Absent: the timetable stays as it is. */
      readonly nextCheckIn?: number;
    },
  ): Promise<boolean>;
  /**
   * A person says of a write that has its end that it was otherwise. What was said before stays, line for line. False, and
   * nothing changes, where the entry has no end yet or says so already.
   */
  correct(
    id: string,
    verdict: {
      readonly state: Extract<ClosedState, 'settled-applied' | 'settled-not-applied'>;
      readonly reason: string;
      readonly by: string;
    },
  ): Promise<boolean>;
  /**
   * The vendor accepted it, or says that it is done, and does not show it yet: the entry stays `sent` until its request settles.
   * Gives the request; null, and nothing changes, where the entry has one or has its end.
   */
  accepted(
    id: string,
    request: {
      readonly vendorRequestId: string | null;
      readonly vendorState: Request['vendorState'];
      readonly from: number | null;
      readonly to: number | null;
      readonly vendor: JournalEntry['vendor'];
      /** Milliseconds until the first look; null: none. */
      readonly nextCheckIn: number | null;
      /** See `Request`. */
      readonly answeredDone?: true;
    },
  ): Promise<Request | null>;
  recordPoll(
    id: string,
    look: {
      readonly state: RequestState;
      readonly vendorState: Request['vendorState'];
      readonly checkedAt: string;
      readonly nextCheckIn: number | null;
      /** From now on. */
      readonly answeredDone?: true;
    },
  ): Promise<void>;
  /** Now, by the clock that `evidenceFrom` is measured with. */
  instant(): Promise<Instant>;
  /** An unchanged row at the vendor says nothing of this write before it has stood for a while, counted from here on. */
  startEvidence(id: string, from: Instant): Promise<void>;
  /**
   * The account of an open entry of Subdeck 0.1.0, which recorded none: the one its connection was on before that changed. It
   * is asked there or not at all. The guard still takes it for a write on any account.
   */
  noteAccount(id: string, account: AccountKey): Promise<void>;
  /**
   * A damaged entry, settled by a person: the damaged row moves to the `wreck` table as it was, and an entry with the
   * same id says what the person said. False when the entry is not damaged.
   */
  settleDamaged(
    id: string,
    end: { readonly state: ClosedState; readonly by: string; readonly at: string },
  ): Promise<boolean>;

  /**
   * Adds the same line to what was said of each of these items, all or none. Durable before it resolves; rejects with a
   * `FaultError` when it cannot be kept.
   */
  mark(keys: readonly string[], mark: TodayMark): Promise<void>;

  /**
   * Says of organizations that they belong to a customer, or do not: a line for each where that was not said last. `taken`, and
   * nothing changes, where one belongs to another customer. Durable before it resolves; rejects with a `FaultError` when it cannot be kept.
   */
  link(request: LinkRequest): Promise<LinkOutcome>;

  /**
   * Makes this process the one that ends an open write whose own process is gone: from here on that one sends nothing more for
   * it, should it come back. False where it may still be sending. A process that cannot be looked up from here (another machine,
   * another pid namespace, a restart) counts as gone once it gave no sign for as long as its lease.
   */
  takeOver(id: string): Promise<boolean>;

  /** An entry as it stands, all of it from one moment. The id as for `entry`. */
  stored(id: string): Promise<StoredEntry | null>;
  /** Every record in one of these states as it stands, oldest first; damaged entries are not among them. */
  storedIn(states: readonly JournalState[]): Promise<readonly JournalRecord[]>;
  /**
   * The open write on a subscription, through whatever connection of its account. An entry without an account counts where
   * it could be about the same: the connection's name or the vendor is the same, or nobody can tell the vendor.
   */
  openOn(place: WritePlace): Promise<JournalEntry | null>;
  /** The id of the newest entry, in whatever state; null: there is none. Ids sort in the order of the entries, whatever the clock does. */
  newest(): Promise<string | null>;
  /** What was tried of a plan file, by row number, as the store of the journal has it now: for deciding what to send. */
  partsOf(plan: string): Promise<ReadonlyMap<number, TriedPart>>;

  /**
   * Writes that were accepted, unknown or waiting for a person and have their end since the last call, from any process,
   * oldest first. Each is given once, to one caller. One whose end was shown to a person is left out: see `seen`.
   */
  takeNews(): Promise<readonly JournalEntry[]>;
  /** A person was shown how this entry stands, so its end is no news. Nothing happens while it has no end yet. */
  seen(id: string): Promise<void>;

  /** Open entries whose next look is due. */
  due(): Promise<readonly string[]>;
  /** Milliseconds until the earliest look is due, not above 0 where one is; null: nothing to look at. */
  nextDue(): Promise<number | null>;
  /**
   * Sets the next look at an open entry, so many milliseconds from now, and gives up the lease on it. `null`: none. An entry
   * that has its end gets none.
   */
  schedule(id: string, after: number | null, attempts: number): Promise<void>;
  /** Looks made since the entry was accepted or became unknown. */
  attempts(id: string): Promise<number>;
  /** Takes the lease on one due look, for this process alone, for so many milliseconds. False: another process has it, or it is not due. */
  claim(id: string, lease: number): Promise<boolean>;
}

export type ClosedState = VerdictState;

/** States that block another write on the same subscription. */
export const openStates: readonly JournalState[] = ['intent', 'sent', 'unknown', 'needs-person'];

/** What is written to: the same account and id is the same subscription, whatever the connection. */
export interface WritePlace {
  readonly ref: string;
  readonly account: AccountKey;
}

export interface Intent extends WritePlace, AccountFact {
  readonly verb: string;
  readonly sentence: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly by: string;
  /** Why the person wanted it, in their words. */
  readonly reason: string | null;
  /** The row as it was read just before; null for a create. What following and settling need to find it again. */
  readonly target: Subscription | null;
  /** How many steps the draft has. */
  readonly steps: number;
  /** The vendor applies it before it answers (see `Draft.atOnce`). */
  readonly atOnce: boolean;
  /** Which row of which plan file this is. A row leaves once, whatever becomes of it. */
  readonly part?: PlanPart;
  /** The newest entry when its planning began; empty: there was none. Absent: nothing was planned before. */
  readonly plannedAfter?: string;
  /** For a licence key: what tells it from another one, never the key. */
  readonly keyDigest?: KeyDigest;
  /** For a licence key: the newest line that the vendor's audit trail had of one before, by the vendor's clock; 0: none. */
  readonly historyBefore?: number;
  /** What its done steps leave at the vendor when a later one is never sent, in words. */
  readonly leftover?: string;
  /** What takes it back once it is done. Absent: not recorded. */
  readonly wayBack?: RecordedWayBack;
}

export interface PlanPart {
  readonly plan: string;
  /** From 1. */
  readonly row: number;
}

export interface TriedPart {
  readonly entry: JournalEntry;
  /** Whether any of it may have reached the vendor. */
  readonly left: boolean;
}

export interface JournalRecord {
  readonly entry: JournalEntry;
  readonly purpose: string | null;
  readonly target: Subscription | null;
  /** What of the account the connection could see that sent it. Null: not recorded, as by Subdeck 0.1.0. */
  readonly view: AccountView | null;
  readonly stepCount: number;
  readonly atOnce: boolean;
  readonly owner: ProcessMark;
  readonly request: Request | null;
  readonly closedAt: string | null;
  /**
   * Since when the end of this write has been in doubt, at the latest: its answer was lost, or said "done" without the vendor's
   * showing it. Null: that is not known.
   */
  readonly evidenceFrom: Instant | null;
  /** The last look that showed the request still open. Null where there is no request. */
  readonly openAt: string | null;
  readonly part: PlanPart | null;
  readonly keyDigest: KeyDigest | null;
  readonly historyBefore: number | null;
  readonly leftover: string | null;
  /** Null: not recorded, as by an earlier version of Subdeck. */
  readonly wayBack: RecordedWayBack | null;
  /**
   * It was taken over from a process that gave no sign for as long as its lease and may only be stopped. Until that one comes back,
   * or a person settles it, an unchanged row at the vendor does not prove that a step without an answer never leaves.
   */
  readonly senderLost: boolean;
}

/** An entry as it is stored, with its steps. */
export interface StoredEntry {
  readonly entry: JournalEntry;
  /** Null: the entry is damaged. */
  readonly record: JournalRecord | null;
  readonly steps: readonly JournalStep[];
  /** The process that sent it may still be at it. */
  readonly isBeingSent: boolean;
}

/** A stored entry that can be read: what following and settling work on. */
export type StoredWrite = Pick<StoredEntry, 'steps'> & { readonly record: JournalRecord };

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
  /** What was sent, whole; a licence key masked. Absent: nothing, or written before bodies were kept. */
  readonly body?: Json;
  readonly sentAt: string;
  readonly answeredAt: string | null;
  readonly answer: StepRecord | null;
}

export interface StepRecord {
  readonly outcome: 'done' | 'accepted' | 'refused' | 'unknown' | 'unsent';
  readonly status: number | null;
  readonly correlationId: SafeText | null;
  readonly notes: JsonObject;
  readonly vendorRequestId: string | null;
  readonly vendorState: SafeText | null;
  readonly reason: SafeText | string | null;
}
