import { can, type Vendor } from '../api/vendor.ts';
import type { JournalRecord, JournalStep } from '../journal/journal.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Json, JsonObject } from '../model/text.ts';
import { readFresh } from './fresh.ts';
import { licenceEvidence } from './licence-evidence.ts';
import type { Parts } from './parts.ts';
import { applied, type Evidence, unchanged, unclear } from './proof.ts';

/** Asks the vendor what became of a write. Throws `FaultError` when it cannot be read. */
export async function evidence(
  parts: Pick<Parts, 'book' | 'digester'>,
  vendor: Vendor,
  record: JournalRecord,
  steps: readonly JournalStep[],
  signal?: AbortSignal,
): Promise<Evidence> {
  const { entry, target } = record;
  if (target === null) return unclear('A create cannot be recognised among what is there.');
  const reading = await readFresh(parts, vendor, target.id, target, signal);
  if (reading === null) {
    return entry.verb === 'delete' ? applied('The vendor has no such subscription any more.') : unclear('It is gone.');
  }
  const row = reading.subscription;
  switch (entry.verb) {
    case 'delete':
      return unchanged('The subscription is still there.');
    case 'cancel':
      return statusEvidence(target, row, ['cancelled']);
    case 'suspend':
      return statusEvidence(target, row, ['suspended']);
    case 'reactivate':
      return statusEvidence(target, row, ['active']);
    case 'set-license':
      return licenceEvidence(parts, vendor, { ...record, target }, row, steps, signal);
    case 'addon-cancel':
      return addonEvidence(vendor, record, row, signal);
    default:
      return fieldEvidence(entry.before, entry.after, await factsOf(vendor, row, reading.raw, signal));
  }
}

function statusEvidence(before: Subscription, row: Subscription, goal: readonly string[]): Evidence {
  const word = row.vendorStatus ?? row.status;
  if (row.status === before.status && row.vendorStatus === before.vendorStatus)
    return unchanged(`It is still ${word}.`);
  return goal.includes(row.status) && !goal.includes(before.status)
    ? applied(`The vendor shows ${word}.`)
    : unclear(`The vendor shows ${word}.`);
}

async function addonEvidence(
  vendor: Vendor,
  { entry }: JournalRecord,
  row: Subscription,
  signal: AbortSignal | undefined,
): Promise<Evidence> {
  const { addons } = vendor.abilities;
  const id = entry.after.addonId ?? entry.before.addonId;
  if (!can(addons) || typeof id !== 'string') return unclear('The add-on cannot be read.');
  const addon = (await addons(row, signal)).find((each) => each.id === id);
  if (addon === undefined) return unclear('The add-on is gone.');
  return addon.cancelAtPeriodEnd || addon.status === 'cancelled'
    ? applied('The add-on ends with its period.')
    : unchanged('The add-on does not end.');
}

/** All a vendor says of a row by name: its own object below, what Subdeck reads out of it above. */
async function factsOf(vendor: Vendor, row: Subscription, raw: JsonObject, signal?: AbortSignal): Promise<JsonObject> {
  const { renewal, reservation } = vendor.abilities;
  const renewed = can(renewal) ? await renewal(row, signal) : null;
  const reserved = can(reservation) ? await reservation(row, signal) : null;
  const { name, status, quantity, billing, term } = row;
  return { ...raw, name, status, quantity, billing, term, renewal: renewed, reservation: reserved };
}

/** Every wished field as wished, and at least one of them other than before: applied. All as before: unchanged. */
function fieldEvidence(before: JsonObject, after: JsonObject, facts: JsonObject): Evidence {
  const names = Object.keys(after).filter((name) => !covers(before[name] ?? null, after[name] ?? null));
  const [first] = names;
  if (first === undefined || names.some((name) => !(name in facts)))
    return unclear('What was to change cannot be read.');
  const shown = names.map((name) => `${name} ${JSON.stringify(facts[name] ?? null)}`).join(', ');
  if (names.every((name) => covers(facts[name] ?? null, after[name] ?? null)))
    return applied(`The vendor shows ${shown}.`);
  if (names.every((name) => covers(facts[name] ?? null, before[name] ?? null)))
    return unchanged(`The vendor shows ${shown}.`);
  return unclear(`The vendor shows ${shown}.`);
}

/** Whether all that `wished` says holds in `shown`, which may say more. Numbers and their digits are the same. */
function covers(shown: Json, wished: Json): boolean {
  if (isObject(wished)) {
    return isObject(shown) && Object.entries(wished).every(([name, value]) => covers(shown[name] ?? null, value));
  }
  if (wished === null || shown === null) return wished === shown;
  return String(shown) === String(wished);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
