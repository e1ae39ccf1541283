import type { Abilities, Draft, No, Step } from '../../src/api/contract.ts';
import type { Context, SyncProgress } from '../../src/commands/context.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { Weather } from '../../src/model/call.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import { parseReference } from '../../src/model/reference.ts';
import type { Request } from '../../src/model/request.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Follower, FollowerEvent, Plan, Wish, Wishes, WriteResult } from '../../src/writes/contract.ts';
import { connections, noon } from './rows.ts';
import { SmallBook } from './small-cache.ts';

/** A world in memory for the console: a small book, and wishes that remember what they were asked to send. */
export interface Desk {
  readonly context: Context;
  readonly book: SmallBook;
  readonly sent: Plan[];
  /** What `apply` answers next. */
  answer: WriteResult;
  readonly requests: Request[];
  readonly entries: JournalEntry[];
  readonly syncing: SyncProgress[];
  /** Moves the clock; nothing else does. */
  advance(milliseconds: number): void;
  emit(event: FollowerEvent): void;
}

export function makeDesk(rows: readonly Subscription[]): Desk {
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
  const book = new SmallBook(rows, connections, clock.now);
  const listeners = new Set<(event: FollowerEvent) => void>();
  const requests: Request[] = [];
  const entries: JournalEntry[] = [];
  const sent: Plan[] = [];
  const syncing: SyncProgress[] = [];
  const done: WriteResult = { outcome: 'done', journalId: 'j-1', request: null, fault: null };
  const desk = {
    book,
    sent,
    requests,
    entries,
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
    lookNow: (id) => Promise.resolve(found(requests, id)),
    settled: (id) => Promise.resolve(found(requests, id)),
    open: () => requests,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const wishes = {
    denied: () => null,
    plan: (wish: Wish, seen: Subscription | null) => {
      const reference = 'ref' in wish ? parseReference(wish.ref) : null;
      const target = reference === null ? seen : book.subscription(reference.connection, reference.id);
      return Promise.resolve({ kind: 'plan' as const, plan: planOf(wish, target) });
    },
    apply: (plan: Plan) => {
      sent.push(plan);
      return Promise.resolve(desk.answer);
    },
    follower,
    usualDuration: () => null,
    arming: { arm() {}, disarm() {}, armedUntil: () => Number.POSITIVE_INFINITY, denied: () => null },
  } satisfies Partial<Wishes>;
  const journal = {
    revision: () => entries.length,
    entries: () => entries,
    entry: (id: string) => entries.find((entry) => entry.id === id) ?? null,
    record: () => null,
    steps: () => [],
    unsettled: () => [],
    requests: ({ open }) => requests.filter((request) => (request.state === 'running') === open),
  } satisfies Partial<Journal>;
  const context = {
    clock,
    book,
    journal,
    wishes,
    mode: { offline: false, readOnly: false },
    settings: {
      freshFor: 300,
      readOnly: false,
      offline: false,
      armMinutes: null,
      keys: {},
      theme: { contrast: 'normal', marks: 'unicode', spinner: false, mouse: false },
      connections: {},
    },
    connections: {
      list: connections,
      vendor: (name: string) =>
        Promise.resolve({
          id: 'cloudmore' as const,
          connection: name,
          account: `cloudmore ${name}`,
          view: '',
          impliedLevels: [],
          abilities,
          planReads: null,
        }),
    },
    calls: { all: () => [], revision: () => 0, weather: quiet },
    sync: {
      run: (connection: string) => Promise.resolve({ connection, rows: 0, complete: true, missing: [], fault: null }),
      refreshOne: () => Promise.resolve(),
      running: () => syncing,
      tidy: () => Promise.resolve(),
      isTidying: () => false,
      subscribe: () => () => undefined,
    },
  };
  // The console uses these parts of the context and no others; a test that reaches for more fails loudly.
  return Object.assign(desk, { context: context as unknown as Context });
}

function quiet(connection: string): Weather {
  const nothing = { limitLeft: null, tokenEndsAt: null, waitsUntil: null, waitsFor: null };
  return { connection, calls: 0, errors: 0, median: null, ...nothing };
}

function found(requests: readonly Request[], id: string): Request {
  const request = requests.find((each) => each.id === id);
  if (request === undefined) throw new Error(`There is no request ${id}.`);
  return request;
}

function planOf(wish: Wish, target: Subscription | null): Plan {
  const irreversible = wish.verb === 'cancel' || wish.verb === 'set-license';
  const after = wish.verb === 'set-quantity' ? { quantity: wish.quantity } : {};
  const step: Step = {
    name: wish.verb,
    method: 'POST',
    path: '/subscriptions/1',
    send: () => Promise.reject(new Error('The desk sends nothing.')),
  };
  const sentence = `The plan for ${target?.name ?? 'nothing'}: ${wish.verb}.`;
  const rule = 'The vendor works on this for a while; Subdeck follows it until it settles.';
  const draft: Draft = {
    sentence,
    irreversible,
    rule,
    before: { quantity: target?.quantity ?? null },
    after,
    steps: [step],
  };
  return {
    wish,
    verb: wish.verb,
    ref: target?.ref ?? '',
    target,
    connection: target?.connection ?? '',
    account: `cloudmore ${target?.connection ?? ''}`,
    organization: target?.organization ?? null,
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
};
