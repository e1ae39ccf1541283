import { cloudmore } from '../../src/api/cloudmore/vendor.ts';
import {
  type Abilities,
  type AbilityName,
  can,
  type Draft,
  type No,
  noLists,
  type Step,
} from '../../src/api/contract.ts';
import { chargingOf } from '../../src/api/vendor-kind.ts';
import type { Context, DeclaredVendor } from '../../src/commands/context.ts';
import type { Journal, JournalRecord, OutOfDate } from '../../src/journal/journal.ts';
import type { VendorHealth } from '../../src/model/call.ts';
import type { Clock } from '../../src/model/clock.ts';
import { type CustomerLink, type LinkRequest, linesOf } from '../../src/model/customer-link.ts';
import { usualGuard } from '../../src/model/guard.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import { noOpenPlans } from '../../src/model/open-plans.ts';
import { parseReference } from '../../src/model/reference.ts';
import type { Request } from '../../src/model/request.ts';
import type { StoreWait } from '../../src/model/store-wait.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { SyncProgress } from '../../src/model/sync-progress.ts';
import type { RecordedWayBack } from '../../src/model/way-back.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import type { SyncScheduler } from '../../src/sync/sync-scheduler.ts';
import type { Follower, FollowerEvent, Plan, WriteResult, Writes } from '../../src/writes/contract.ts';
import { noTraffic } from '../sync/traffic.ts';
import { type MemoryCache, memoryCache } from './memory-cache.ts';
import { connections, noon } from './rows.ts';

/**
 * An in-memory context for the console: the program's cache, and a writes layer that records what it was asked to send.
 */
export interface ConsoleFixture {
  readonly context: Context;
  readonly cache: MemoryCache;
  readonly sent: Plan[];
  /** The reason of each. */
  readonly reasons: (string | null)[];
  /** The next result of `apply`. */
  answer: WriteResult;
  readonly requests: Request[];
  readonly entries: JournalEntry[];
  /** What takes back the write of an entry, by its id. */
  readonly waysBack: Map<string, RecordedWayBack>;
  readonly syncing: SyncProgress[];
  /** Moves the clock; nothing else does. */
  advance(milliseconds: number): void;
  emit(event: FollowerEvent): void;
}

export function makeFixture(rows: readonly Subscription[], list = connections): ConsoleFixture {
  let time = 0;
  const clock: Clock = {
    now: () => noon + time,
    monotonic: () => time,
    instant: () => ({ wall: noon + time, boot: { id: 'boot', ms: time } }),
    wait: (_, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve());
      }),
  };
  const cache = memoryCache(rows, list, clock);
  const listeners = new Set<(event: FollowerEvent) => void>();
  const requests: Request[] = [];
  const entries: JournalEntry[] = [];
  const waysBack = new Map<string, RecordedWayBack>();
  const links = new Map<string, CustomerLink>();
  let linked = 0;
  const sent: Plan[] = [];
  const reasons: (string | null)[] = [];
  const syncing: SyncProgress[] = [];
  const done: WriteResult = { outcome: 'done', journalId: 'j-1', request: null, fault: null };
  const fixture = {
    cache,
    sent,
    reasons,
    requests,
    entries,
    waysBack,
    syncing,
    answer: done,
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
    emit: (event: FollowerEvent) => {
      for (const listener of listeners) listener(event);
    },
  };
  const follower: Follower = {
    start() {},
    stop() {},
    pollNow: (id) => Promise.resolve(found(requests, id)),
    settled: (id) => Promise.resolve(found(requests, id)),
    open: () => requests,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const writes = {
    denied: () => null,
    plan: (writeRequest: WriteRequest, seen: Subscription | null) => {
      const reference = 'ref' in writeRequest ? parseReference(writeRequest.ref) : null;
      const target = reference === null ? seen : cache.subscription(reference.connection, reference.id);
      return Promise.resolve({ kind: 'plan' as const, plan: planOf(writeRequest, target) });
    },
    apply: (plan: Plan, { reason }: Parameters<Writes['apply']>[1]) => {
      sent.push(plan);
      reasons.push(reason);
      return Promise.resolve(fixture.answer);
    },
    follower,
    arming: { arm() {}, disarm() {}, armedUntil: () => Number.POSITIVE_INFINITY, denied: () => null },
  } satisfies Partial<Writes>;
  const journal = {
    revision: () => entries.length + linked + waysBack.size,
    entries: () => entries,
    entry: (id: string) => entries.find((entry) => entry.id === id) ?? null,
    record: (id: string) => {
      const entry = entries.find((each) => each.id === id);
      const wayBack = waysBack.get(id);
      return entry === undefined || wayBack === undefined ? null : ({ entry, wayBack, purpose: null } as JournalRecord);
    },
    steps: () => [],
    verdicts: () => [],
    damaged: () => [],
    unsettled: () => [],
    author: 'tester',
    refresh: () => Promise.resolve(),
    outOfDate: (): OutOfDate | null => null,
    storeWait: (): StoreWait | null => null,
    recordsIn: () => [],
    marks: () => new Map(),
    links: () => links,
    link: async (request: LinkRequest) => {
      const lines = linesOf(links, request);
      if ('kind' in lines) return lines;
      for (const { key, line } of lines) links.set(key, line);
      linked += lines.length;
      return { kind: 'kept' as const, added: lines.length };
    },
    requests: ({ open }) => requests.filter((request) => open === null || (request.state === 'running') === open),
  } satisfies Partial<Journal>;
  const context = {
    clock,
    cache,
    journal,
    writes,
    mode: { offline: false, readOnly: false },
    settings: {
      freshFor: 300,
      refresh: 'auto',
      readOnly: false,
      offline: false,
      armMinutes: null,
      guard: usualGuard,
      keys: {},
      theme: { contrast: 'normal', marks: 'unicode', spinner: false, mouse: false },
      connections: {},
    },
    connections: {
      list,
      whyNot: (_: string, name: AbilityName) => {
        const ability = abilities[name];
        return Promise.resolve(can(ability) ? null : ability);
      },
      declared: (name: string): Promise<DeclaredVendor> => context.connections.vendor(name),
      vendor: (name: string) =>
        Promise.resolve({
          id: 'cloudmore' as const,
          connection: name,
          account: `cloudmore ${name}`,
          view: '',
          impliedLevels: [],
          charging: chargingOf(cloudmore, {}),
          narrowLevels: [],
          abilities,
          updates: ['name', 'quantity'],
          lists: noLists('Cloudmore lists products only.'),
          timeFor: () => 0,
          planReads: null,
        }),
    },
    openPlans: noOpenPlans,
    proposals: { open: () => [], revision: () => 0, refresh: () => Promise.resolve() },
    calls: {
      all: () => [],
      revision: () => 0,
      vendorHealth: quiet,
      totals: () => noTraffic,
      answers: () => null,
    },
    sync: {
      run: (connection: string) =>
        Promise.resolve({
          ...{ connection, rows: 0, complete: true, missing: [], fault: null, notes: [] },
          took: { ...noTraffic, milliseconds: 0 },
        }),
      refreshOne: () => Promise.resolve(),
      readPlace: (connection: string): ReturnType<SyncScheduler['readPlace']> => context.sync.run(connection),
      running: () => syncing,
      lastReads: () => [],
      tidy: () => Promise.resolve(),
      isTidying: () => false,
      subscribe: () => () => undefined,
    },
  };
  // The console uses these parts of the context and no others; a test that reaches for more fails loudly.
  return Object.assign(fixture, { context: context as unknown as Context });
}

function quiet(connection: string): VendorHealth {
  const nothing = { limitLeft: null, tokenEndsAt: null, waitsUntil: null, waitsFor: null, waitsLimit: null };
  return { connection, calls: 0, errors: 0, median: null, ...nothing };
}

function found(requests: readonly Request[], id: string): Request {
  const request = requests.find((each) => each.id === id);
  if (request === undefined) throw new Error(`There is no request ${id}.`);
  return request;
}

function planOf(writeRequest: WriteRequest, target: Subscription | null): Plan {
  const irreversible = writeRequest.verb === 'cancel' || writeRequest.verb === 'set-license';
  const after = writeRequest.verb === 'set-quantity' ? { quantity: writeRequest.quantity } : {};
  const step: Step = {
    name: writeRequest.verb,
    method: 'POST',
    path: '/subscriptions/1',
    send: () => Promise.reject(new Error('The fixture sends nothing.')),
  };
  const sentence = `The plan for ${target?.name ?? 'nothing'}: ${writeRequest.verb}.`;
  const rule = 'The vendor works on this for a while; Subdeck follows it until it settles.';
  const draft: Draft = {
    sentence,
    irreversible,
    rule,
    before: { quantity: target?.quantity ?? null },
    after,
    newQuantity: after.quantity ?? null,
    steps: [step],
  };
  return {
    writeRequest,
    verb: writeRequest.verb,
    ref: target?.ref ?? '',
    target,
    connection: target?.connection ?? '',
    account: `cloudmore ${target?.connection ?? ''}`,
    organization: target?.organization ?? null,
    money: null,
    sentence,
    rule,
    irreversible,
    before: draft.before,
    after,
    changedSince: [],
    unsaid: [],
    remembered: [],
    confirmations: target === null ? [] : [target.id, target.name],
    draft,
  };
}

const no: No = { no: 'This vendor cannot.', because: 'vendor' };
const draft = () => planOf({ verb: 'suspend', ref: '' }, null).draft;

const abilities: Abilities = {
  sync: no,
  search: no,
  read: no,
  history: () => Promise.resolve([]),
  details: () =>
    Promise.resolve([
      { title: 'Characteristics', fields: [] },
      { title: 'Instalment plan', fields: [], empty: 'It is paid at once.' },
    ]),
  addons: () => Promise.resolve([]),
  products: no,
  orders: no,
  renewal: no,
  reservation: no,
  follow: no,
  cancel: draft,
  delete: draft,
  lowerQuantity: draft,
  raiseQuantity: draft,
  setLicense: draft,
  update: draft,
  suspend: draft,
  reactivate: no,
  create: no,
  cancelAddon: no,
  setRenewal: no,
  createReservation: no,
  withdrawReservation: no,
  setPoNumber: no,
};
