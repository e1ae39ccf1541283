import type { AccountKey, AccountView } from '../model/account.ts';
import type { PriceBasis } from '../model/cost.ts';
import type { Fault } from '../model/fault.ts';
import type { Filter } from '../model/filter.ts';
import type { Charged } from '../model/plan-money.ts';
import type { RequestState } from '../model/request.ts';
import type { Pin } from '../model/scope.ts';
import type { SendPermit } from '../model/send-permit.ts';
import type { Addon, DetailSection, HistoryEntry, Named, Product, Subscription } from '../model/subscription.ts';
import type { Json, JsonObject, SafeText } from '../model/text.ts';
import type { Level, VendorId } from '../model/vendor.ts';
import type { ExactValues } from './exact-values.ts';

export type { ExactValues, Likeness } from './exact-values.ts';
export type { Finding, ProbeReport, ShapedField } from './probe/report.ts';

/**
 * One connection to one vendor. Reads throw `FaultError`; the steps of a write return an `Answer`, whatever happens.
 */
export interface Vendor {
  readonly id: VendorId;
  readonly connection: string;
  /** What its ids are unique in: the same key and id is the same subscription. */
  readonly account: AccountKey;
  /** What of the account this connection can see. */
  readonly view: AccountView;
  /** Levels the vendor does not have; one node named after the connection stands for each (contract §1). */
  readonly impliedLevels: readonly Level[];
  readonly charging: Charging;
  /** Levels for which the vendor can list one node's subscriptions alone; a sync below any other node reads the whole list. */
  readonly narrowLevels: readonly Level[];
  readonly abilities: Abilities;
  /** The reads of a sync in the background; their calls have a lower priority than those a person waits for. */
  readonly inBackground: Pick<Abilities, KeptRead | 'read'>;
  /** The same for an automatic refresh: at most half of the vendor's limit. */
  readonly toRefresh: Pick<Abilities, 'read'>;
  /** Milliseconds until a sync may have begun so many more calls, by the vendor's limit; 0 where none is known. */
  timeFor(calls: number): number;
  /** Null where the vendor changes nothing. */
  readonly planReads: PlanReads | null;
  /**
   * A cancelled subscription is gone, or left as deleted. Else it stays, as cancelled: one that is gone after a cancellation was
   * deleted, which nobody asked for.
   */
  readonly cancelDeletes: boolean;
  /** Names that the ability `update` takes, in the order in which they are asked for. */
  readonly updates: readonly string[];
  readonly lists: VendorLists;
  /**
   * What `is` says of the licence key that the vendor holds, which goes no further than into it; null: there is none, or
   * it cannot be read. Absent: this connection never shows a key. Throws `FaultError`.
   */
  readonly licenseKey?: <Result>(
    target: Subscription,
    is: (key: string) => Result,
    signal?: AbortSignal,
  ) => Promise<Result | null>;
}

/** Inputs whose values a vendor may list. */
export const listedInputs = [
  ...(['billing', 'renewalProduct', 'renewalPlan'] as const),
  ...(['reservationType', 'reservationProduct', 'reservationPlan'] as const),
] as const;
export type ListedInput = (typeof listedInputs)[number];

/** What an input takes for a subscription, as the vendor lists it; empty: it takes nothing. Throws `FaultError`. */
export type VendorList = (row: Subscription, signal?: AbortSignal) => Promise<readonly ListedValue[]>;

export interface ListedValue {
  readonly value: string;
  readonly label: string;
}

/** A list or a reason for each: where there is none, people type the value. */
export type VendorLists = Readonly<Record<ListedInput, VendorList | No>>;

/** For `lists`. */
export function noLists(no: string): VendorLists {
  const reason: No = { no, because: 'vendor' };
  return Object.fromEntries(listedInputs.map((name) => [name, reason])) as VendorLists;
}

/** Why a connection cannot do a thing: a sentence for people, and what kind of wall it is. */
export interface No {
  readonly no: string;
  /** `vendor`: nobody can; `connection`: this edition, level, role or scope cannot; `not-yet`: Subdeck does not, so far. */
  readonly because: 'vendor' | 'connection' | 'not-yet';
}

/** A write that a vendor documents and Subdeck has no ability for: what people call it, and a sentence on what to do instead. */
export interface NotYet {
  readonly what: string;
  readonly no: string;
}

/** Abilities that a connection lacks by its settings, though its vendor has them. */
export type Barred = Readonly<Partial<Record<AbilityName, No>>>;

/** A function or a reason. Every vendor answers for every ability: a missing row does not compile. */
export type Abilities = { readonly [A in keyof AbilityShapes]: AbilityShapes[A] | No };
export type AbilityName = keyof AbilityShapes;
/** Those that make the draft of a write. */
export type WriteAbilityName = {
  [A in AbilityName]: AbilityShapes[A] extends (...args: never[]) => Draft ? A : never;
}[AbilityName];

export function can<F>(ability: F | No): ability is F {
  return typeof ability === 'function';
}

export interface AbilityShapes {
  /** The whole list, or one branch, page by page. A complete sync run ends with a page whose `complete` is true. */
  sync(scope: SyncScope): AsyncIterable<Page>;
  /** Rows asked of the vendor itself, narrowed as far as it can; the caller looks at each row again. */
  search(query: LiveQuery): AsyncIterable<FoundPage>;
  /** One subscription, fresh. Null when the vendor says there is none. */
  read(target: Target, signal?: AbortSignal): Promise<Reading | null>;
  history(target: Subscription, signal?: AbortSignal): Promise<readonly HistoryEntry[]>;
  /** Everything else the vendor knows of a subscription, beyond the row itself. */
  details(target: Subscription, signal?: AbortSignal): Promise<readonly DetailSection[]>;
  addons(target: Subscription, signal?: AbortSignal): Promise<readonly Addon[]>;
  products(where: ProductPlace, signal?: AbortSignal): Promise<readonly Product[]>;
  orders(signal?: AbortSignal): Promise<readonly Order[]>;
  renewal(target: Subscription, signal?: AbortSignal): Promise<JsonObject | null>;
  reservation(target: Subscription, signal?: AbortSignal): Promise<JsonObject | null>;
  /** The state of a request the vendor accepted earlier and named by an id; without one its subscription is read until it shows the change. */
  follow(request: Followed, signal?: AbortSignal): Promise<PollResult>;

  cancel: WriteAbility<Record<never, never>>;
  delete: WriteAbility<Record<never, never>>;
  lowerQuantity: WriteAbility<{ readonly quantity: number }>;
  raiseQuantity: WriteAbility<{ readonly quantity: number }>;
  setLicense: WriteAbility<{ readonly licenseKey: string }>;
  update: WriteAbility<{ readonly changes: Readonly<Record<string, string>> }>;
  /** `present`: what the vendor shows now; null where it shows none. */
  setPoNumber: WriteAbility<{ readonly poNumber: string; readonly present: Json }>;
  suspend: WriteAbility<Record<never, never>>;
  reactivate: WriteAbility<Record<never, never>>;
  create(args: NewSubscription): Draft;
  cancelAddon: WriteAbility<{ readonly addon: Addon }>;
  setRenewal: WriteAbility<{ readonly changes: Readonly<Record<string, string>> }>;
  createReservation: WriteAbility<{ readonly changes: Readonly<Record<string, string>> }>;
  withdrawReservation: WriteAbility<Record<never, never>>;
}

export type WriteAbility<Args> = (target: Subscription, args: Args) => Draft;

/** Reads of one subscription besides its row. The cache keeps their answers, which are shown offline. */
export type SubscriptionRead = {
  [A in AbilityName]: AbilityShapes[A] extends (target: Subscription, signal?: AbortSignal) => Promise<unknown>
    ? A
    : never;
}[AbilityName];

/** All of them, with their names in sentences. A missing one does not compile. */
export const subscriptionReads: Readonly<Record<SubscriptionRead, string>> = {
  details: 'details',
  history: 'history',
  addons: 'add-ons',
  renewal: 'renewal',
  reservation: 'reservation',
};

/** Reads whose answers the cache keeps. */
export type KeptRead = SubscriptionRead | 'products';
export type ReadValue<Name extends KeptRead> = Awaited<ReturnType<AbilityShapes[Name]>>;

/** What to sync: everything, or the branch below one node, or one subscription's neighbourhood. */
export interface SyncScope {
  readonly within?: Pin;
  /** Where an interrupted sync run stopped: the `resume` of the last page that was kept. */
  readonly resume?: string;
  /** An automatic refresh: reads that somebody asked for go first, and half of the vendor's limit stays unused. */
  readonly isRefresh?: boolean;
  /** The whole list is being read at the same time: a branch that the vendor cannot list alone yields no page. */
  readonly onlyNarrow?: boolean;
  readonly signal?: AbortSignal;
}

/** A subscription and the vendor's own object behind it (sanitised, licence keys masked). */
export interface Reading {
  readonly subscription: Subscription;
  readonly raw: JsonObject;
  /** What the vendor's object says under the names of `Draft.before` and `Draft.after`, where it has other names or shapes. */
  readonly facts?: JsonObject;
  /** The texts that a change sets, as the vendor wrote them: what was sent is compared with these. Absent: no change sets a text. */
  readonly exact?: ExactValues;
}

/** Reads for a plan. What a person confirms is what the vendor says now: nothing is taken from the cache or a file. */
export interface PlanReads {
  /** As `read`; of `target.known` only the ids that an address is made of are used. Throws `FaultError`. */
  subscription(target: Target, signal?: AbortSignal): Promise<PlanReading | null>;
  /** The vendor's name of an organization or service. Throws `FaultError`. */
  place(level: 'organization' | 'service', id: string, signal?: AbortSignal): Promise<PlanPlace>;
}

export interface PlanPlace {
  /** Called by its id where the vendor did not say its name. */
  readonly named: Named;
  readonly isSaid: boolean;
}

/** A subscription as the vendor has it now. */
export interface PlanReading extends Reading {
  readonly unsaid: readonly Unsaid[];
}

/**
 * What the vendor did not say of a subscription. A company stands under its id; the connection's own company, which no call
 * names, under the title that the person gave the connection.
 */
export interface Unsaid {
  readonly field: keyof Pick<Subscription, 'seller' | 'reseller' | 'organization' | 'services' | 'product'>;
  readonly calledBy: 'id' | 'title';
}

/** A node that a vendor lists by itself, so that an organization without subscriptions is there too. */
export interface NodeFact extends Named {
  readonly level: Level;
  /** Of an organization: its internet domain (`domainName`). Null where the vendor gives none, and at every other level. */
  readonly domain: SafeText | null;
  /** Known ancestors, top down. */
  readonly parents: readonly Pin[];
}

export interface Page {
  readonly rows: readonly Reading[];
  readonly nodes: readonly NodeFact[];
  /** How far the sync run is, where the vendor tells: rows (or calls) done of so many. */
  readonly progress: { readonly done: number; readonly total: number | null };
  /** Handing this to `sync` again goes on behind this page. Null where the sync run cannot be resumed. */
  readonly resume: string | null;
  /**
   * True on the last page of a sync run that read everything in its scope, as far as its lists sent it: what was not seen is
   * asked for by id (src/sync/removals.ts).
   */
  readonly complete: boolean;
  /** What this sync run had to do without (one customer of many that failed, …). Such a run is never complete. */
  readonly missing: readonly Fault[];
  /** Rows that lists which ended with this page count and did not send; 0 where none is lacking, or the vendor counts none. */
  readonly shortfall: number;
}

/** A page of what a vendor was asked to look for. */
export interface FoundPage extends Omit<Page, 'shortfall'> {
  /** The rows of all pages come in the order that was asked for: who has enough of them may stop. */
  readonly inOrder: boolean;
  /** False where the vendor compares texts in a way of its own, so that a row which matches may be left out. */
  readonly exhaustive: boolean;
}

export interface LiveQuery {
  readonly filter: Filter;
  readonly search: string | null;
  readonly sort: { readonly field: string; readonly descending: boolean } | null;
  readonly within: readonly Pin[];
  readonly limit: number | null;
  readonly signal?: AbortSignal;
}

/** Enough to find a subscription again; the cached row where there is one, since some vendors need its ancestors. */
export interface Target {
  readonly id: string;
  readonly known: Subscription | null;
}

export interface ProductPlace {
  readonly organization: string | null;
  readonly service: string | null;
  readonly reseller: string | null;
}

export interface Order {
  readonly id: string;
  readonly status: SafeText;
  /** It was never checked out, or ran out before it was. */
  readonly isDraft: boolean;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly organization: Named | null;
  readonly items: readonly {
    readonly name: SafeText;
    readonly quantity: number | null;
    readonly subscriptionId: string | null;
  }[];
}

export interface NewSubscription {
  readonly reseller: string | null;
  readonly organization: Named;
  readonly service: Named;
  readonly product: Product;
  readonly quantity: number;
  readonly name: string | null;
}

/** A write as the vendor would do it, before anything is sent. */
export interface Draft {
  readonly sentence: string;
  readonly irreversible: boolean;
  /** The vendor's rule that a person should know before saying yes, with what cannot be undone. */
  readonly rule: string;
  /** The fields that change, by the subscription's own field names where it has them (`quantity`, `name`, `billing`). */
  readonly before: JsonObject;
  /**
   * The same fields as requested, by the names under which the row, the vendor's object, the renewal or the reservation
   * shows them once the write is done: Subdeck reads them again and compares. A change that comes later (at renewal, on
   * a date) goes under another name than the row's own.
   */
  readonly after: JsonObject;
  /**
   * The quantity that the subscription will have, at once or later, where this sets one: the setting `guard` compares it with the
   * present one. Null: it sets none.
   */
  readonly newQuantity: number | null;
  /**
   * True where the vendor applies the change before it answers. Then a row that is still unchanged well after a lost
   * answer proves that nothing was applied; elsewhere it proves nothing. Absent: false.
   */
  readonly atOnce?: boolean;
  /** What the done steps leave at the vendor when a later one is never sent, in a sentence. Only where there are several. */
  readonly leftover?: string;
  /** Sent in this order, each exactly once; the next only after the one before was done. */
  readonly steps: readonly [Step, ...Step[]];
}

export interface Step {
  /** In the field's word: `cancel`, `draft order`, `add item`, `checkout`. */
  readonly name: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path as it is sent, for the plan and the journal. */
  readonly path: string;
  /** What it sends, whole, for the plan and the journal; a licence key masked. Absent: no body, or one that `prepare` makes. */
  readonly body?: Json;
  /**
   * Only where the body carries present values along, or what changes is counted from one: reads the subscription and gives
   * the body that would be sent now. Asked when it is planned, where `body` is absent, and again right before `send`. Throws
   * `FaultError` where it cannot be read or is not what the plan showed, field by field; then nothing is sent.
   */
  prepare?(signal?: AbortSignal): Promise<Json | undefined>;
  /** `earlier` holds the `notes` of all steps before it, merged; not a byte leaves once `permit` has ended. Never throws. */
  send(earlier: Notes, permit: SendPermit): Promise<Answer>;
}

/**
 * Small facts a step leaves for the next and for the journal: an order's id, a request's id. Never a secret. A create leaves
 * the new id as `subscriptionId`, an order its id as `orderId`.
 */
export type Notes = Readonly<Record<string, string | number | null>>;

/** Three outcomes, never two; and `unsent` where provably no byte of the write left. */
export type Answer =
  | {
      readonly outcome: 'done';
      readonly status: number;
      readonly correlationId: SafeText | null;
      readonly notes: Notes;
    }
  | {
      readonly outcome: 'accepted';
      readonly status: number;
      readonly correlationId: SafeText | null;
      readonly notes: Notes;
      readonly vendorRequestId: string | null;
      readonly vendorState: SafeText | null;
    }
  | { readonly outcome: 'refused'; readonly fault: Fault }
  | {
      readonly outcome: 'unknown';
      readonly fault: Fault;
      /** An answer came with a good status, and its body says that the change failed. */
      readonly reportsFailure?: true;
    }
  | { readonly outcome: 'unsent'; readonly fault: Fault };

/** An accepted request, as far as a vendor needs it to look again. */
export interface Followed {
  readonly target: Subscription;
  readonly vendorRequestId: string;
}

/** What one look at a request showed. `unknown`: the vendor no longer knows of it, or answered a word nobody has seen. */
export interface PollResult {
  readonly state: RequestState;
  readonly vendorState: SafeText | null;
  readonly reason: SafeText | null;
  /** The vendor asked not to be asked again before so many milliseconds. */
  readonly retryAfterMs: number | null;
}

/** What may run out at a vendor. */
export type DeadlineKind = 'cancellation' | 'trial' | 'renewal';

/** What a next step is about. `draft`: an order that was never checked out. */
export type NextAbout = DeadlineKind | 'suspended' | 'draft';

/** A vendor's rules about dates, the same for all its connections. */
export interface DeadlineRules {
  /** The vendor's own rule behind a date, for `?`. Where the vendor's documents give none, the sentence says so. */
  readonly rules: Readonly<Record<DeadlineKind, string>>;
  /** What to do about it, whatever the connection is allowed to do. */
  next(about: NextAbout, row: Subscription): NextStep;
  /** What a suspended subscription costs whom, where the vendor's documents say it. */
  readonly suspended: { readonly why: string; readonly brief: string } | null;
  /** Days that a draft order stands which was never checked out; null: its writes leave no draft. */
  readonly draftOrderDays: number | null;
}

/** How a subscription ends: at once, with its term, or on a reserved day before. `addon`: an add-on of it, with its period. */
export type Ending = 'now' | 'renewal' | 'reserved' | 'addon';

/** What is on screen, for an address in the vendor's portal. Null: nothing of that kind. */
export interface PortalPlace {
  readonly organization: string | null;
  readonly subscription: string | null;
}

/** A page of the vendor's portal, or why its address is not known: a sentence. */
export type PortalAddress = { readonly address: string } | { readonly no: string };

/** How a vendor charges, as the settings of one connection read it. */
export interface Charging {
  /** As the vendor's makers write it, for sentences. */
  readonly vendor: string;
  /** What its prices are for; null: it gives none. */
  readonly basis: PriceBasis | null;
  /** What is still charged when a subscription ends so. Where the vendor's documents do not say it, the sentence says that. */
  charged(row: Subscription, ending: Ending, now: number): Charged;
}

/** `nothing`: nothing that Subdeck knows of. `elsewhere`: a sentence on where it is done. */
export type NextStep =
  | {
      readonly kind: 'write';
      /** What it is for, before a colon: `To keep it`. */
      readonly lead: string;
      readonly ability: WriteAbilityName;
      /** The inputs that do it, as words, or null. */
      readonly given: string | null;
      /** After the words: optional inputs. */
      readonly more?: string;
    }
  | { readonly kind: 'elsewhere'; readonly sentence: string }
  | { readonly kind: 'nothing' };
