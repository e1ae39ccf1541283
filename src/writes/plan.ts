import type { Unsaid, Vendor } from '../api/contract.ts';
import { dateWords } from '../model/date-words.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { KeyDigest } from '../model/key-digest.ts';
import { parseReference } from '../model/reference.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import { readHistoryBefore } from '../operations/history-before.ts';
import type { Drafted } from '../operations/preparation.ts';
import {
  type NewSubscriptionOperation,
  operationOf,
  type SubscriptionOperation,
  type WriteRequest,
} from '../operations/registry.ts';
import { refOf } from '../operations/requests.ts';
import { changedSince } from './changed-since.ts';
import type { Plan, Planned } from './contract.ts';
import type { WriteDeps } from './deps.ts';
import { expectedFault } from './expected-fault.ts';
import { digestLicenseKey } from './key-digester.ts';
import { knownPlaces } from './known-places.ts';
import { type Charge, costEffect, planMoney } from './plan-money.ts';
import { readForPlan } from './read-fresh.ts';
import { recover } from './recover.ts';
import { writeRequestMarkFault, writeRequestTextFault } from './request-text.ts';
import { isNameShared } from './shared-name.ts';
import { withBodies } from './step-body.ts';
import { rememberedNames, withUnsaid } from './unsaid.ts';

export async function plan(
  deps: WriteDeps,
  writeRequest: WriteRequest,
  seen: Subscription | null,
  signal?: AbortSignal,
): Promise<Planned> {
  const failed = (wrong: Fault): Planned => ({ kind: 'fault', fault: wrong });
  const unwritable = writeRequestTextFault(writeRequest);
  if (unwritable !== null) return failed(unwritable);
  try {
    // Entries that a dead process left open must not block its target.
    await recover(deps.journal);
    const plannedAfter = (await deps.journal.newest()) ?? '';
    if (deps.mode.offline) {
      const next = 'Go online, then try again.';
      return failed(fault('denied', 'A plan needs a fresh read, and Subdeck is offline.', next).fault);
    }
    const operation = operationOf(writeRequest);
    const planned =
      operation.kind === 'creation'
        ? await planCreation(deps, operation, writeRequest, signal)
        : await planChange(deps, operation, writeRequest, seen, signal);
    return planned.kind === 'plan' ? { kind: 'plan', plan: { ...planned.plan, plannedAfter } } : planned;
  } catch (error) {
    return failed(expectedFault(error));
  }
}

async function planChange(
  deps: WriteDeps,
  operation: SubscriptionOperation,
  writeRequest: WriteRequest,
  seen: Subscription | null,
  signal: AbortSignal | undefined,
): Promise<Planned> {
  const ref = refOf(writeRequest);
  const reference = parseReference(ref);
  if (reference === null) throw fault('usage', `${ref} is not a REF.`, 'Write connection/subscriptionId.');
  const { connection, id } = reference;
  const vendor = await deps.vendorOf(connection);
  const asked = operation.prepare(vendor, writeRequest);
  if (asked.kind === 'impossible') return { kind: 'fault', fault: asked.fault };
  refuseWhileOpen(await deps.journal.openOn({ ref, account: vendor.account }), connection, deps.by);

  const readAt = deps.clock.instant();
  const cached = deps.cache.subscription(connection, id);
  const reading = await readForPlan(deps, vendor, id, cached ?? seen, signal);
  if (reading === null) {
    const next = `subdeck sync ${shellWord(connection)} reads everything again.`;
    throw fault('missing', `There is no subscription ${id} on ${connection}.`, next, { connection });
  }
  const target = reading.subscription;
  const drafted = await wholeDraft(await asked.draft(target, signal, reading), signal);
  // A field that the vendor left out has not changed.
  const changed = seen === null ? [] : changedSince(seen, withUnsaid(target, seen, reading.unsaid));
  const remembered = rememberedNames(reading, cached);
  const key = drafted.kind === 'draft' ? operation.secret(writeRequest) : null;
  const keyDigest = key === null ? null : await digestLicenseKey(deps, vendor, target, key, signal);
  const needsHistory = key !== null && keyDigest === null && target.hasLicenseKey;
  const before = needsHistory ? await readHistoryBefore(vendor, target, signal) : null;
  const { organization } = target;
  return planned(deps, vendor, writeRequest, drafted, {
    ref,
    target,
    charge: target,
    organization,
    unsaid: reading.unsaid,
    changed,
    remembered,
    keyDigest,
    ...(before === null ? {} : { historyBefore: before }),
    readAt,
  });
}

async function planCreation(
  deps: WriteDeps,
  operation: NewSubscriptionOperation,
  writeRequest: WriteRequest,
  signal?: AbortSignal,
): Promise<Planned> {
  const vendor = await deps.vendorOf(operation.connection(writeRequest));
  const { connection } = vendor;
  const ref = operation.ref(writeRequest);
  refuseWhileOpen(await deps.journal.openOn({ ref, account: vendor.account }), connection, deps.by);
  const places = knownPlaces(deps, connection);
  const { drafted, organization, remembered, price } = await operation.draft(places, vendor, writeRequest, signal);
  return planned(deps, vendor, writeRequest, drafted, {
    ref,
    target: null,
    charge: { prices: price === null ? [] : [price], billing: null, quantity: 0 },
    organization,
    unsaid: [],
    changed: [],
    remembered,
    keyDigest: null,
  });
}

interface About {
  readonly ref: string;
  readonly target: Subscription | null;
  readonly charge: Charge;
  readonly organization: Named | null;
  readonly changed: readonly string[];
  readonly unsaid: readonly Unsaid[];
  readonly remembered: readonly RememberedName[];
  readonly keyDigest: KeyDigest | null;
  readonly historyBefore?: number;
  readonly readAt?: Instant;
}

async function wholeDraft(drafted: Drafted, signal: AbortSignal | undefined): Promise<Drafted> {
  return drafted.kind === 'draft' ? { ...drafted, draft: await withBodies(drafted.draft, signal) } : drafted;
}

function planned(deps: WriteDeps, vendor: Vendor, writeRequest: WriteRequest, drafted: Drafted, about: About): Planned {
  if (drafted.kind !== 'draft') return drafted;
  const marked = writeRequestMarkFault(writeRequest);
  if (marked !== null) return { kind: 'fault', fault: marked };
  const { draft, verb } = drafted;
  const { ref, target, organization, unsaid, changed, remembered, keyDigest, historyBefore, readAt } = about;
  const operation = operationOf(drafted);
  const effect = costEffect(operation.ending(writeRequest), draft.newQuantity);
  const money = planMoney(vendor, about.charge, target, effect, deps.clock.now());
  const isFinal = draft.irreversible || operation.irreversible(writeRequest, draft);
  const names = drafted.confirmations ?? (target === null ? [] : wordsFor(deps, target, isFinal));
  const plan: Plan = {
    writeRequest: drafted.writeRequest ?? writeRequest,
    verb,
    ref,
    target,
    connection: vendor.connection,
    account: vendor.account,
    organization,
    // A company's name may end with a full stop.
    sentence: draft.sentence.replace(/\.\.$/, '.'),
    rule: draft.rule,
    irreversible: isFinal,
    before: draft.before,
    after: draft.after,
    money,
    changedSince: changed,
    unsaid,
    remembered,
    confirmations: names.filter((name) => name.trim() !== ''),
    draft,
    ...(readAt === undefined ? {} : { readAt }),
    ...(keyDigest === null ? {} : { keyDigest }),
    ...(historyBefore === undefined ? {} : { historyBefore }),
  };
  return { kind: 'plan', plan };
}

/** The id, and the name if it is unique. Only irreversible writes need a typed confirmation. */
function wordsFor(deps: WriteDeps, target: Subscription, isFinal: boolean): readonly string[] {
  return isFinal && isNameShared(deps, target) ? [target.id] : [target.id, target.name];
}

function refuseWhileOpen(open: JournalEntry | null, connection: string, me: string): void {
  if (open !== null) throw openFault(open, connection, me);
}

/** Which write blocks this one, and whose it is; it may have been sent through another connection of the account. */
export function openFault(open: JournalEntry, connection: string, me: string) {
  const waits = {
    intent: 'is being sent',
    sent: 'is not finished at the vendor',
    unknown: 'has an unknown outcome',
    'needs-person': 'waits to be settled by a person',
  } as const;
  const wait = open.state in waits ? waits[open.state as keyof typeof waits] : 'is open';
  const next =
    open.state === 'unknown' || open.state === 'needs-person'
      ? `subdeck journal settle ${shellWord(open.id)} asks the vendor for the outcome.`
      : `subdeck journal show ${shellWord(open.id)} shows it; wait until it is finished.`;
  const message = `An earlier write ${whereOf(open, connection)} ${wait}: ${open.sentence} (journal ${open.id}${whoseOf(open, me, 'since')}).`;
  return fault('refused', message, next, { connection });
}

/** Whose write it is, and when it began; empty: one's own. */
export function whoseOf({ by, at }: JournalEntry, me: string, when: 'since' | 'at'): string {
  return by === me || by === '' ? '' : `, by ${by}, ${when} ${dateWords(at)}`;
}

/** The connection of an earlier write on the same subscription. */
export function whereOf({ ref, account }: JournalEntry, connection: string): string {
  const other = ref.slice(0, ref.indexOf('/'));
  if (other === connection) return 'here';
  return account === null
    ? `through ${other}, by Subdeck 0.1.0, whose account is not recorded,`
    : `on this subscription through ${other}`;
}
