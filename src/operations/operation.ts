import type { GenericSchema } from 'valibot';
import type { Abilities, AbilityName, Draft, Ending, Vendor, WriteAbilityName } from '../api/contract.ts';
import type { Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { DraftedCreation, KnownPlaces } from './creation.ts';
import type { Input } from './input.ts';
import type { Preparation } from './preparation.ts';
import type { Proof } from './proof.ts';
import type { Sent, WayBack } from './way-back.ts';

/** What a person asked for, before anything was looked up: which operation, on what, and its inputs. */
export interface OperationRequest {
  readonly verb: string;
}

/**
 * All that Subdeck knows of one way to write, declared once: commands, menus, forms, tables, plan files, evidence, the ability
 * matrix and the docs are derived from it. No property has a default.
 */
interface OperationDeclaration<Id extends string, Request extends OperationRequest, Ability extends WriteAbilityName> {
  /** Its one spelling, in the journal, JSON, plan files, tables and the docs. Never changed once it was in a release. */
  readonly id: Id;
  /** One line for help, palette and docs. */
  readonly summary: string;
  /** Its words without `subdeck`. Null: an input of another operation leads to it. */
  readonly command: string | null;
  /** Words without `subdeck`, as a person would type them. */
  readonly examples: readonly string[];
  /** What its plan is called, in a few words. */
  title(plan: { readonly before: JsonObject; readonly after: JsonObject }): string;

  /** Whether it takes something away for good. A vendor's draft that says so is believed as well, whatever this says. */
  irreversible(request: Request, draft: Draft): boolean;

  /** The abilities that are its own, each with what the ability matrix calls it. */
  readonly abilities: Readonly<Record<Ability, string>>;
  /** Any of them is enough for it to be offered; the reason shown is the first one's. */
  readonly needs: readonly [AbilityName, ...AbilityName[]];
  /** Why it makes no sense for this row, or null. */
  pointless(row: Subscription): string | null;

  readonly inputs: readonly Input[];
  /** Whether names beside its inputs are refused, or are for the vendor to judge. */
  readonly otherInputs: 'refused' | 'for the vendor';
  /** The request, as plan files hold it. */
  readonly schema: GenericSchema<unknown, Request>;
  /** `given`: by the names of the inputs, checked by `requestOf`. `ref`: what it is about; empty for a creation. */
  request(ref: string, given: Readonly<Record<string, string>>): Request;
  /** What goes to the vendor as a person wrote it, each under the name it was given by, with a capital. Ids are none of it. */
  texts(request: Request): readonly WrittenText[];
  /** Which part of a subscription it is about, by its id: two of one subscription are no contradiction. Null: all of it. */
  part(request: Request): string | null;
  /** A licence key in the request, which is never kept, or null. */
  secret(request: Request): string | null;

  /** How it stands in the console's menu of one subscription. Null: the form of another operation, or a screen, leads to it. */
  readonly menu: Menu | null;
  /** How it stands in the menu of marked rows. Empty: it is done one by one. */
  readonly marked: readonly Marked<Request>[];
  /** How its plan says what it does: seats from and to, the fields that change, or its sentence. */
  readonly shows: 'seats' | 'fields' | 'sentence';
  /** What people call that which its drafts change and which is no field of a subscription, by the names in `before` and `after`. */
  readonly labels: Readonly<Record<string, string>>;

  /** The seats once it is done, for what it does to the monthly price. Null: it changes none, or nobody can tell. */
  seatsAfter(request: Request, draft: Pick<Draft, 'after'>): number | null;
  /** How it ends the subscription, for what is still charged then. Null: it does not. */
  ending(request: Request): Ending | null;
  /** Fields that differ between readings because of it, beside those that its draft names. */
  readonly changes: readonly (keyof Subscription | 'subscription')[];
  /** What later readings prove or disprove it: for an answer "done", an accepted request and a lost answer alike. */
  readonly proof: Proof;
}

/** A text that goes to the vendor as it was written. */
export interface WrittenText {
  readonly what: string;
  readonly text: string;
  /** Blanks around it were hardly meant. */
  readonly isTrimmed: boolean;
}

/** What a vendor can do. */
type Able = Pick<Vendor, 'abilities' | 'updates'>;

export interface Menu {
  /** In the field's own words; where vendors differ in what they take, it says what this one takes. */
  label(row: Subscription, vendor: Able): string;
  /** What the label begins with in every case, in small letters: beside the key that opens the menu. */
  readonly short: string;
  /** The inputs that its form asks, in their order; none: its plan opens at once. */
  asks(row: Subscription, vendor: Able): readonly Input[];
}

export interface Marked<Request> {
  /** Its name among those of its operation. */
  readonly id: string;
  readonly label: string;
  /** What is asked once for all rows. Null: nothing. */
  readonly asks: { readonly title: string; readonly label: string } | null;
  /** Why this vendor, which can do the operation, cannot do this; null: it can. */
  unable(vendor: Pick<Vendor, 'updates'>): string | null;
  /** `typed` for one row: a request, or what is wrong with it. */
  request(row: Subscription, typed: string): Request | { readonly problem: string };
}

/** An operation on a subscription that is there. */
export interface ChangeOperation<Id extends string, Request extends OperationRequest, Ability extends WriteAbilityName>
  extends OperationDeclaration<Id, Request, Ability> {
  readonly kind: 'change';
  /** What takes it back once it was done, by the vendor's own way. */
  wayBack(request: Request, sent: Sent, abilities: Abilities): WayBack;
  prepare(vendor: Vendor, request: Request): Preparation;
}

/** An operation that makes a subscription. */
export interface CreationOperation<
  Id extends string,
  Request extends OperationRequest,
  Ability extends WriteAbilityName,
> extends OperationDeclaration<Id, Request, Ability> {
  readonly kind: 'creation';
  /** Why nothing takes it back, a sentence. */
  readonly noWayBack: string;
  connection(request: Request): string;
  /** What the journal knows it by, as there is no subscription yet: two of the same wait for each other. */
  ref(request: Request): string;
  /** Its organization, service and product read from the vendor now. Throws `FaultError` when that read fails. */
  draft(places: KnownPlaces, vendor: Vendor, request: Request, signal?: AbortSignal): Promise<DraftedCreation>;
}

/** For `irreversible`. */
export const always = (): boolean => true;
export const asTheVendorSays = (_: OperationRequest, draft: Draft): boolean => draft.irreversible;

/** For `pointless`. */
export const neverPointless = (): null => null;

/** For `part`. */
export const wholeSubscription = (): null => null;

/** For `texts` and `secret`. */
export const noTexts = (): readonly WrittenText[] => [];
export const noSecret = (): null => null;

/** For `ending`. */
export const endsNothing = (): null => null;

/** For `seatsAfter`. */
export const seatsOfDraft = (_: OperationRequest, { after }: Pick<Draft, 'after'>): number | null =>
  typeof after.quantity === 'number' ? after.quantity : null;

/** For `unable`. */
export const neverUnable = (): null => null;
