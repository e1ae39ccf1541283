import type { Context, ReadingContext } from '../commands/context.ts';
import { findConnection } from '../commands/find.ts';
import type { Journal } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import { organizationOfKey } from '../model/customer-link.ts';
import { fault } from '../model/fault.ts';
import { parseReference } from '../model/reference.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { connectionOf } from '../operations/requests.ts';
import type { Proposals } from '../writes/bulk/proposals.ts';
import type { Planned, Writes } from '../writes/contract.ts';

/** What tools run with: reads, plans, and a place to save a plan. Nothing here sends a write. */
export interface AssistantContext extends Omit<ReadingContext, 'writes' | 'proposals'> {
  readonly writes: ReadingContext['writes'] & Pick<Writes, 'plan'>;
  readonly proposals: Proposals;
}

/** `only`: the one connection that the tools see; null: all. */
export function assistantContext(context: Context, only: string | null): AssistantContext {
  if (only !== null) findConnection(context, only);
  const { clock, mode, calls, paths, surroundings } = context;
  const whole: AssistantContext = {
    ...{ clock, mode, calls, paths, surroundings },
    get settings() {
      return context.settings;
    },
    get cache() {
      return context.cache;
    },
    get journal() {
      return ownJournal(context.journal, null, null);
    },
    get sync() {
      return context.sync;
    },
    get writes() {
      return readingWrites(context.writes);
    },
    connections: context.connections,
    get setup(): AssistantContext['setup'] {
      const { setup } = context;
      return {
        vendors: setup.vendors,
        secretSources: (names) => setup.secretSources(names),
        keychainTrouble: (name) => setup.keychainTrouble(name),
        secretsGiven: (name) => setup.secretsGiven(name),
      };
    },
    team: {
      get current() {
        return context.team.current;
      },
      status: () => context.team.status(),
      checks: () => context.team.checks(),
    },
    networkFileSystem: (path) => context.networkFileSystem(path),
    remembered: { read: () => context.remembered.read(), unread: () => context.remembered.unread() },
    proposals: context.proposals,
    assistantCalls: { all: () => context.assistantCalls.all() },
  };
  return only === null ? whole : narrowed(whole, context, only);
}

function readingWrites(writes: Writes): AssistantContext['writes'] {
  const { follower } = writes;
  return {
    recover: () => writes.recover(),
    plan: (writeRequest, seen, signal) => writes.plan(writeRequest, seen, signal),
    follower: {
      pollNow: (id, signal) => follower.pollNow(id, signal),
      settled: (id, signal) => follower.settled(id, signal),
    },
  };
}

/** The same for one connection alone: nothing tells of what the others show, or that they are there. */
function narrowed(whole: AssistantContext, context: Context, only: string): AssistantContext {
  const own = whole.connections.list.filter(({ name }) => name === only);
  const account = own[0]?.account ?? null;
  const others = whole.connections.list.map(({ name }) => name).filter((name) => name !== only);
  const demand = (name: string) => {
    if (name !== only) throw fault('missing', `There is no connection ${JSON.stringify(name)}.`, onlyNext(only));
  };
  const { clock, mode, calls, paths, surroundings, networkFileSystem, assistantCalls } = whole;
  return {
    ...{ clock, mode, calls, paths, surroundings, networkFileSystem, assistantCalls },
    // Saved views and filters name what other connections show.
    remembered: { read: () => ({ looks: {}, views: [], recent: [], filters: {} }), unread: () => [] },
    get setup() {
      return whole.setup;
    },
    get settings() {
      const { settings } = context;
      const mine = Object.entries(settings.connections).filter(([name]) => name === only);
      return { ...settings, connections: Object.fromEntries(mine) };
    },
    get cache() {
      return ownCache(context.cache, only);
    },
    get journal() {
      return ownJournal(context.journal, only, account);
    },
    get sync() {
      return context.sync;
    },
    get writes() {
      const writes = readingWrites(context.writes);
      return {
        ...writes,
        plan: async (...asked: Parameters<Writes['plan']>) => unnamed(await writes.plan(...asked), others),
      };
    },
    connections: {
      list: own,
      vendor: async (name) => {
        demand(name);
        return context.connections.vendor(name);
      },
      whyNot: async (name, ability) => {
        demand(name);
        return context.connections.whyNot(name, ability);
      },
      probe: async (name, signal) => {
        demand(name);
        return context.connections.probe(name, signal);
      },
      abilityMatrix: () => context.connections.abilityMatrix(),
    },
    // Its members and leases tell of all connections.
    team: {
      current: null,
      status: () => Promise.reject(fault('missing', 'The team is not shown for one connection.', onlyNext(only))),
      checks: async () => [],
    },
    proposals: ownProposals(context.proposals, only),
  };
}

export function onlyNext(only: string): string {
  return `This server was started for the connection ${only} alone.`;
}

function ownCache(cache: Context['cache'], only: string): AssistantContext['cache'] {
  const names = (asked: readonly string[] | null) => (asked ?? [only]).filter((name) => name === only);
  const own = (row: CachedSubscription): CachedSubscription => ({ ...row, sameAs: row.sameAs.filter(isOf(only)) });
  return {
    ...writingSide(cache),
    levelWindow: (query) => cache.levelWindow({ ...query, connections: names(query.connections) }),
    subscriptionWindow: (query) => {
      const window = cache.subscriptionWindow({ ...query, connections: names(query.connections) });
      return { ...window, rows: window.rows.map(own) };
    },
    positionOf: (query, ref) => cache.positionOf({ ...query, connections: names(query.connections) }, ref),
    levelPositionOf: (query, pin) => cache.levelPositionOf({ ...query, connections: names(query.connections) }, pin),
    *eachSubscription(query) {
      for (const row of cache.eachSubscription({ ...query, connections: names(query.connections) })) yield own(row);
    },
    totals: (query) => cache.totals({ ...query, connections: names(query.connections) }),
    costs: (query, bases) => cache.costs({ ...query, connections: names(query.connections) }, bases),
    shares: (query, by, bases) => cache.shares({ ...query, connections: names(query.connections) }, by, bases),
    count: (query, budget) => cache.count({ ...query, connections: names(query.connections) }, budget),
    warm: () => cache.warm(),
    changes: (query) => cache.changes(query).filter(({ ref }) => isOf(only)(ref)),
    subscription: (connection, id) => {
      const row = connection === only ? cache.subscription(connection, id) : null;
      return row === null ? null : own(row);
    },
    subscriptionsSpelled: (id) =>
      cache
        .subscriptionsSpelled(id)
        .filter((row) => row.connection === only)
        .map(own),
    valuesBeginning: () => [],
    raw: (connection, id) => (connection === only ? cache.raw(connection, id) : null),
    answer: (key) => (key.connection === only ? cache.answer(key) : null),
    answerAges: (connection, id) => (connection === only ? cache.answerAges(connection, id) : new Map()),
    nodeNames: () => [],
    namesRevision: () => cache.namesRevision(),
    node: (pin) => (pin.connection === only ? cache.node(pin) : null),
    freshness: (connection) => cache.freshness(connection),
    revision: () => cache.revision(),
    refreshSnapshot: () => cache.refreshSnapshot(),
    get notice() {
      return cache.notice;
    },
    close: () => undefined,
  };
}

/** What answers of vendors need to be kept. */
function writingSide(cache: Context['cache']) {
  return {
    beginRun: (of) => cache.beginRun(of),
    keep: (connection, id, reading) => cache.keep(connection, id, reading),
    keepAnswer: (answer) => cache.keepAnswer(answer),
    outdateAnswers: (connection, id) => cache.outdateAnswers(connection, id),
    noteFault: (connection, why) => cache.noteFault(connection, why),
    declareConnections: (connections) => cache.declareConnections(connections),
    tidy: (when) => cache.tidy(when),
    letWritesEnd: () => cache.letWritesEnd(),
  } satisfies Partial<AssistantContext['cache']>;
}

function isOf(only: string): (ref: string) => boolean {
  return (ref) => parseReference(ref)?.connection === only;
}

/** `only` null: all entries. What an assistant read is no news that a person has seen. */
function ownJournal(journal: Journal, only: string | null, account: AccountKey | null): AssistantContext['journal'] {
  const isOwn = only === null ? () => true : isOf(only);
  const entryOf = (id: string) => {
    const entry = journal.entry(id);
    return entry !== null && isOwn(entry.ref) ? entry : null;
  };
  const isOwnId = (id: string) => entryOf(id) !== null;
  return {
    author: journal.author,
    entries: (query) =>
      only === null
        ? journal.entries(query)
        : journal
            .entries({ ...query, limit: null })
            .filter(({ ref }) => isOwn(ref))
            .slice(0, query.limit ?? undefined),
    entry: entryOf,
    record: (id) => (isOwnId(id) ? journal.record(id) : null),
    recordsIn: (states) => journal.recordsIn(states).filter(({ entry }) => isOwn(entry.ref)),
    steps: (id) => (isOwnId(id) ? journal.steps(id) : []),
    verdicts: (id) => (isOwnId(id) ? journal.verdicts(id) : []),
    damaged: () => journal.damaged().filter(isOwnId),
    unsettled: () => journal.unsettled().filter(({ ref }) => isOwn(ref)),
    requests: ({ limit, ...query }) =>
      only === null
        ? journal.requests({ ...query, ...(limit === undefined ? {} : { limit }) })
        : journal
            .requests(query)
            .filter(({ ref }) => isOwn(ref))
            .slice(0, limit),
    request: (id) => {
      const request = journal.request(id);
      return request !== null && isOwn(request.ref) ? request : null;
    },
    marks: () => journal.marks(),
    links: () =>
      only === null
        ? journal.links()
        : new Map([...journal.links()].filter(([key]) => organizationOfKey(key)?.account === account)),
    health: () => journal.health(),
    outOfDate: () => journal.outOfDate(),
    storeWait: () => journal.storeWait(),
    refresh: () => journal.refresh(),
    revision: () => journal.revision(),
    knownParts: (plan) => new Map([...journal.knownParts(plan)].filter(([, { entry }]) => isOwn(entry.ref))),
    seen: async () => undefined,
  };
}

function ownProposals(proposals: Proposals, only: string): Proposals {
  const isOwn = (connections: readonly string[]) => connections.every((name) => name === only);
  return {
    open: () => proposals.open().filter(({ connections }) => isOwn(connections)),
    revision: () => proposals.revision(),
    refresh: () => proposals.refresh(),
    save: (plan) => proposals.save(plan),
    read: (name) => {
      const plan = proposals.read(name);
      const unknown = plan.unknownRows.map(({ ref }) => parseReference(ref)?.connection ?? '');
      if (isOwn([...plan.rows.map(({ writeRequest }) => connectionOf(writeRequest)), ...unknown])) return plan;
      throw fault('missing', `There is no proposed plan ${JSON.stringify(name)}.`, onlyNext(only));
    },
  };
}

/** A fault that tells of an earlier write may name the connection that it went through. */
function unnamed(planned: Planned, others: readonly string[]): Planned {
  if (planned.kind !== 'fault') return planned;
  const { message, next } = planned.fault;
  return {
    ...planned,
    fault: { ...planned.fault, message: withoutNames(message, others), next: withoutNames(next, others) },
  };
}

function withoutNames(text: string, names: readonly string[]): string {
  return text.replaceAll(/[\w-]+/g, (word) => (names.includes(word) ? 'another connection' : word));
}
