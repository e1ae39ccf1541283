import { can, type Reading, type Vendor } from '../api/contract.ts';
import type { JournalRecord, JournalStep } from '../journal/journal.ts';
import type { Verb } from '../model/journal-entry.ts';
import type { Status, Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { WriteDeps } from './deps.ts';
import { fieldEvidence } from './field-evidence.ts';
import { licenseEvidence } from './license-evidence.ts';
import { throughView } from './other-view.ts';
import { readFresh } from './read-fresh.ts';
import { applied, held, notShown, otherwise, unchanged, type Verdict } from './verdict.ts';

/** A write whose end is judged by what the vendor shows now. */
export interface Written {
  readonly deps: Pick<WriteDeps, 'digester'>;
  readonly vendor: Vendor;
  readonly record: JournalRecord;
  readonly steps: readonly JournalStep[];
  readonly signal: AbortSignal | undefined;
}

/** `before`: the row that was read before the write. `now`: the row as the vendor has it; null where it has none. */
type Proof = (write: Written, before: Subscription, now: Reading | null) => Verdict | Promise<Verdict>;

/** `by`: what of the vendor's own is compared with what was asked for, as a part of a sentence. */
interface Declared {
  readonly by: string;
  readonly proof: Proof;
}

const byFields = 'the changed fields of the subscription, each for itself';

/**
 * What proves or disproves each kind of write, declared once: for an answer "done", for an accepted request, and for a lost
 * answer alike.
 */
export const proofs: Readonly<Record<Exclude<Verb, 'create'>, Declared>> & { readonly create: Pick<Declared, 'by'> } = {
  cancel: {
    by: 'the status: cancelled. Gone proves it only at vendors that remove what is cancelled; expired or disabled never does',
    proof: ({ vendor }, before, now) => {
      if (!isDeleted(now)) return statusProof(before, now, 'cancelled');
      return vendor.cancelDeletes
        ? applied(absence(now), 'gone')
        : otherwise(
            'The subscription is gone from the vendor, as if it were deleted: a cancellation keeps it.',
            'gone',
          );
    },
  },
  delete: {
    by: 'the subscription: gone',
    proof: (_, before, now) => {
      if (isDeleted(now)) return applied(absence(now), 'gone');
      const word = wordOf(now.subscription);
      return isSameStatus(before, now.subscription)
        ? unchanged('The subscription is still there.', word)
        : otherwise(`The subscription is still there, and the vendor shows ${word}.`, word);
    },
  },
  suspend: { by: 'the status: suspended', proof: (_, before, now) => statusOrGone(before, now, 'suspended') },
  reactivate: { by: 'the status: active', proof: (_, before, now) => statusOrGone(before, now, 'active') },
  'set-license': {
    by: 'the licence key, by keyed digests where the vendor shows keys; else that there is one, or the audit trail',
    proof: (write, before, now) => (now === null ? gone : licenseEvidence(write, before, now.subscription)),
  },
  'addon-cancel': {
    by: 'the add-on: set to end with its period, or cancelled',
    proof: (write, _, now) => (now === null ? gone : addonProof(write, now.subscription)),
  },
  'set-quantity': {
    by: "the quantity; where the vendor's way is a renewal or a reservation, that",
    proof: fieldsOrGone,
  },
  update: { by: byFields, proof: fieldsOrGone },
  'renewal-set': { by: 'the renewal, read by itself', proof: fieldsOrGone },
  'reservation-create': { by: 'the reservation, read by itself', proof: fieldsOrGone },
  'reservation-withdraw': { by: 'the reservation, read by itself: none', proof: fieldsOrGone },
  create: {
    by: 'the new subscription that the answer names: product, name and quantity. An answer that names none is unknown',
  },
};

/** Asks the vendor what became of a write. Throws `FaultError` when it cannot be read. */
export async function evidence(
  deps: Pick<WriteDeps, 'cache' | 'digester'>,
  vendor: Vendor,
  record: JournalRecord,
  steps: readonly JournalStep[],
  signal?: AbortSignal,
): Promise<Verdict> {
  const { entry, target } = record;
  const write = { deps, vendor, record, steps, signal };
  if (entry.verb !== 'create' && target !== null) {
    // The cache remembers names that the vendor did not say for the plan.
    const known = deps.cache.subscription(vendor.connection, target.id) ?? target;
    const now = await readFresh(deps, vendor, target.id, known, signal);
    return throughView(vendor, record, now, await proofs[entry.verb].proof(write, target, now));
  }
  const id = createdId(steps);
  if (id === null) return otherwise('The answer named no new subscription.');
  const now = await readFresh(deps, vendor, id, null, signal);
  return throughView(vendor, record, now, await creationProof(write, now));
}

/** The subscription that a create made, where its answer said so. */
export function createdId(steps: readonly JournalStep[]): string | null {
  const id = steps.map(({ answer }) => answer?.notes.subscriptionId).findLast((each) => each != null);
  return id === undefined || id === null ? null : String(id);
}

const gone = otherwise('The subscription is gone from the vendor.', 'gone');

/** Some vendors keep what was deleted, as that. */
function isDeleted(now: Reading | null): now is null {
  return now === null || /^deleted$/i.test(now.subscription.vendorStatus?.trim() ?? '');
}

function absence(now: Reading | null): string {
  return now === null
    ? 'The vendor has no such subscription any more.'
    : `The vendor shows ${wordOf(now.subscription)}.`;
}

function statusOrGone(before: Subscription, now: Reading | null, goal: Status): Verdict {
  return now === null ? gone : statusProof(before, now, goal);
}

function statusProof(before: Subscription, { subscription: row }: Reading, goal: Status): Verdict {
  const word = wordOf(row);
  if (isSameStatus(before, row)) {
    return row.status === goal
      ? held(`The vendor shows ${word}, as before.`, word)
      : unchanged(`It is still ${word}.`, word);
  }
  return row.status === goal && before.status !== goal
    ? applied(`The vendor shows ${word}.`, word)
    : otherwise(`The vendor shows ${word}.`, word);
}

function isSameStatus(one: Subscription, other: Subscription): boolean {
  return one.status === other.status && one.vendorStatus === other.vendorStatus;
}

function wordOf({ status, vendorStatus }: Subscription): string {
  return vendorStatus ?? status;
}

async function addonProof({ vendor, record, signal }: Written, row: Subscription): Promise<Verdict> {
  const { addons } = vendor.abilities;
  const id = record.entry.after.addonId ?? record.entry.before.addonId;
  if (!can(addons) || typeof id !== 'string') return notShown('The add-on cannot be read, so it was not compared.');
  const addon = (await addons(row, signal)).find((each) => each.id === id);
  if (addon === undefined) return otherwise('The add-on is gone.', 'gone');
  return addon.cancelAtPeriodEnd || addon.status === 'cancelled'
    ? applied('The add-on ends with its period.', 'ends')
    : unchanged('The add-on does not end.', 'does not end');
}

async function creationProof(write: Written, now: Reading | null): Promise<Verdict> {
  const { after } = write.record.entry;
  if (now === null) return unchanged('The vendor does not show the new subscription.', 'not there');
  const { status } = now.subscription;
  if (status === 'cancelled' || status === 'expired' || status === 'error') {
    const word = wordOf(now.subscription);
    return otherwise(`The vendor shows the new subscription as ${word}.`, word);
  }
  const facts = await factsOf(write, now);
  // A vendor that counts what is used shows no quantity.
  const { quantity, ...others } = after;
  const requested = now.subscription.quantity === null ? others : after;
  return fieldEvidence({}, requested, { ...facts, productId: now.subscription.product?.id ?? null }, now.exact);
}

async function fieldsOrGone(write: Written, _: Subscription, now: Reading | null): Promise<Verdict> {
  if (now === null) return gone;
  const { before, after } = write.record.entry;
  return fieldEvidence(before, after, await factsOf(write, now), now.exact);
}

/**
 * All a vendor says of a row by name: its own object below, what Subdeck reads out of it above. The renewal and the
 * reservation are asked for where they were to change.
 */
async function factsOf({ vendor, record, signal }: Written, now: Reading): Promise<JsonObject> {
  const { subscription: row, raw, facts } = now;
  const { renewal, reservation } = vendor.abilities;
  const { after } = record.entry;
  const renewed = 'renewal' in after && can(renewal) ? { renewal: await renewal(row, signal) } : {};
  const reserved = 'reservation' in after && can(reservation) ? { reservation: await reservation(row, signal) } : {};
  const { name, status, quantity, billing, term } = row;
  return { ...raw, name, status, quantity, billing, term, ...facts, ...renewed, ...reserved };
}
