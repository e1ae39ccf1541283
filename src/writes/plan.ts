import type { Unsaid, Vendor } from '../api/contract.ts';
import type { KeyDigest } from '../journal/journal.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { parseReference } from '../model/reference.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import { changedSince } from './changed-since.ts';
import type { Plan, Planned, WriteRequest } from './contract.ts';
import type { WriteDeps } from './deps.ts';
import { createRef, draftCreate } from './draft-create.ts';
import { expectedFault } from './expected-fault.ts';
import { readHistoryBefore } from './history-before.ts';
import { digestLicenseKey } from './key-digester.ts';
import { moneyLine } from './money.ts';
import { readForPlan } from './read-fresh.ts';
import { writeRequestMarkFault, writeRequestTextFault } from './request-text.ts';
import { isNameShared } from './shared-name.ts';
import { withBodies } from './step-body.ts';
import { rememberedNames, withUnsaid } from './unsaid.ts';
import { prepare, type TargetedRequest } from './verbs/draft.ts';
import type { Drafted } from './verbs/drafted.ts';

/** Verbs that take something away for good, whatever a vendor's draft says. */
const irreversible: readonly string[] = ['cancel', 'delete', 'set-license', 'addon-cancel'];

export async function plan(
  deps: WriteDeps,
  writeRequest: WriteRequest,
  seen: Subscription | null,
  signal?: AbortSignal,
): Promise<Planned> {
  const failed = (wrong: Fault): Planned => ({ kind: 'fault', fault: wrong });
  const plannedAfter = deps.journal.newest() ?? '';
  const unwritable = writeRequestTextFault(writeRequest);
  if (unwritable !== null) return failed(unwritable);
  try {
    if (deps.mode.offline) {
      const next = 'Go online, then try again.';
      return failed(fault('denied', 'A plan needs a fresh read, and Subdeck is offline.', next).fault);
    }
    const planned =
      writeRequest.verb === 'create'
        ? await planCreate(deps, writeRequest, signal)
        : await planTargeted(deps, writeRequest, seen, signal);
    return planned.kind === 'plan' ? { kind: 'plan', plan: { ...planned.plan, plannedAfter } } : planned;
  } catch (error) {
    return failed(expectedFault(error));
  }
}

async function planTargeted(
  deps: WriteDeps,
  writeRequest: TargetedRequest,
  seen: Subscription | null,
  signal: AbortSignal | undefined,
): Promise<Planned> {
  const reference = parseReference(writeRequest.ref);
  if (reference === null) throw fault('usage', `${writeRequest.ref} is no REF.`, 'A REF is connection/subscriptionId.');
  const { connection, id } = reference;
  const vendor = await deps.vendorOf(connection);
  const asked = prepare(vendor, writeRequest);
  if (asked.kind === 'impossible') return { kind: 'fault', fault: asked.fault };
  refuseWhileOpen(deps.journal.openOn({ ref: writeRequest.ref, account: vendor.account }), connection);

  const readAt = deps.clock.instant();
  const cached = deps.cache.subscription(connection, id);
  const reading = await readForPlan(deps, vendor, id, cached ?? seen, signal);
  if (reading === null) {
    const next = `subdeck sync ${connection} reads everything again.`;
    throw fault('missing', `There is no subscription ${id} on ${connection}.`, next, { connection });
  }
  const target = reading.subscription;
  const drafted = await wholeDraft(await asked.draft(target, signal, reading.exact), signal);
  // What the vendor did not say has not changed because of that.
  const changed = seen === null ? [] : changedSince(seen, withUnsaid(target, seen, reading.unsaid));
  const remembered = rememberedNames(reading, cached);
  const isKey = writeRequest.verb === 'set-license' && drafted.kind === 'draft';
  const keyDigest = isKey ? await digestLicenseKey(deps, vendor, target, writeRequest.licenseKey, signal) : null;
  const needsHistory = isKey && keyDigest === null && target.hasLicenseKey;
  const before = needsHistory ? await readHistoryBefore(vendor, target, signal) : null;
  const { organization } = target;
  return planned(deps, vendor, writeRequest, drafted, {
    ref: writeRequest.ref,
    target,
    organization,
    unsaid: reading.unsaid,
    changed,
    remembered,
    keyDigest,
    ...(before === null ? {} : { historyBefore: before }),
    readAt,
  });
}

async function planCreate(
  deps: WriteDeps,
  writeRequest: Extract<WriteRequest, { verb: 'create' }>,
  signal?: AbortSignal,
): Promise<Planned> {
  const vendor = await deps.vendorOf(writeRequest.connection);
  const ref = createRef(writeRequest);
  refuseWhileOpen(deps.journal.openOn({ ref, account: vendor.account }), writeRequest.connection);
  const { drafted, organization, remembered } = await draftCreate(deps, vendor, writeRequest, signal);
  return planned(deps, vendor, writeRequest, drafted, {
    ref,
    target: null,
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
  const money = target === null ? null : moneyOf(target, draft.after.quantity ?? requestedQuantity(writeRequest));
  const isFinal = draft.irreversible || irreversible.includes(verb);
  const names = drafted.confirmations ?? (target === null ? [] : wordsFor(deps, target, isFinal));
  const plan: Plan = {
    writeRequest,
    verb,
    ref,
    target,
    connection: vendor.connection,
    account: vendor.account,
    organization,
    // A company's name may end with a full stop of its own.
    sentence: draft.sentence.replace(/\.\.$/, '.'),
    rule: draft.rule,
    irreversible: isFinal,
    before: draft.before,
    after: draft.after,
    changedSince: changed,
    unsaid,
    remembered,
    confirmations: names.filter((name) => name.trim() !== ''),
    draft,
    ...(readAt === undefined ? {} : { readAt }),
    ...(money === null ? {} : { money }),
    ...(keyDigest === null ? {} : { keyDigest }),
    ...(historyBefore === undefined ? {} : { historyBefore }),
  };
  return { kind: 'plan', plan };
}

/** The id, and the name where it tells this subscription from all others. Only what cannot be undone is typed. */
function wordsFor(deps: WriteDeps, target: Subscription, isFinal: boolean): readonly string[] {
  return isFinal && isNameShared(deps, target) ? [target.id] : [target.id, target.name];
}

function requestedQuantity(writeRequest: WriteRequest): number | null {
  return writeRequest.verb === 'set-quantity' ? writeRequest.quantity : null;
}

function moneyOf(target: Subscription, to: unknown): string | null {
  return target.quantity === null || typeof to !== 'number' ? null : moneyLine(target, target.quantity, to);
}

function refuseWhileOpen(open: JournalEntry | null, connection: string): void {
  if (open !== null) throw openFault(open, connection);
}

/** Why a second write on one subscription has to wait, and for which: it may have gone through another connection of the account. */
export function openFault(open: JournalEntry, connection: string) {
  const waits = {
    intent: 'is being sent',
    sent: 'is not finished at the vendor',
    unknown: 'may or may not have happened',
    'needs-person': 'waits for a person to settle it',
  } as const;
  const wait = open.state in waits ? waits[open.state as keyof typeof waits] : 'is open';
  const next =
    open.state === 'unknown' || open.state === 'needs-person'
      ? `subdeck journal settle ${open.id} looks at the vendor what became of it.`
      : `subdeck journal show ${open.id} shows it; wait until it is finished.`;
  const message = `An earlier write ${whereOf(open, connection)} ${wait}: ${open.sentence} (journal ${open.id}).`;
  return fault('refused', message, next, { connection });
}

/** Through which connection an earlier write on the same subscription went. */
export function whereOf({ ref, account }: JournalEntry, connection: string): string {
  const other = ref.slice(0, ref.indexOf('/'));
  if (other === connection) return 'here';
  return account === null
    ? `through ${other}, by Subdeck 0.1.0, whose account is not recorded,`
    : `on this subscription through ${other}`;
}
