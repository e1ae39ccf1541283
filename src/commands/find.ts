import type { AbilityName } from '../api/contract.ts';
import { FaultError, fault } from '../model/fault.ts';
import { pastedIds } from '../model/id-spelling.ts';
import { printable } from '../model/printable.ts';
import { parseReference, type Reference } from '../model/reference.ts';
import type { Pin } from '../model/scope.ts';
import { shellWords } from '../model/shell-word.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { type Level, levels } from '../model/vendor.ts';
import type { Input } from './command.ts';
import type { ConnectionSummary, Context, ReadContext, ReadingContext } from './context.ts';
import { flag } from './given-values.ts';
import { readConnections } from './read-connections.ts';

/** The connection of this name. Throws `missing`. */
export function findConnection(context: Pick<ReadingContext, 'connections'>, name: string): ConnectionSummary {
  const found = context.connections.list.find((one) => one.name === name);
  if (found) return found;
  throw context.connections.list.length
    ? fault('missing', `There is no connection "${name}".`, 'subdeck connection list shows them.')
    : noConnection();
}

/** The scope of a list: one branch, one connection, or all. Throws `missing` and `usage`. */
export function requestedScope(
  context: Pick<ReadingContext, 'cache' | 'connections'>,
  input: Input,
): { readonly names: readonly string[]; readonly within: Pin | null } {
  const name = flag(input, 'connection');
  const within = pinOf(context, flag(input, 'within'), name);
  if (within && name && within.connection !== name) {
    throw fault(
      'usage',
      `--within names ${within.connection}, but --connection names ${name}.`,
      'Give only one of them.',
    );
  }
  const one = within?.connection ?? name;
  if (one) return { names: [findConnection(context, one).name], within };
  if (context.connections.list.length === 0) throw noConnection();
  return { names: context.connections.list.map((connection) => connection.name), within };
}

/** `LEVEL=CONNECTION/ID`, or `LEVEL=ID` of what the cache has. */
function pinOf(
  context: Pick<ReadingContext, 'cache' | 'connections'>,
  text: string | null,
  connection: string | null,
): Pin | null {
  if (text === null) return null;
  const equals = text.indexOf('=');
  const level = levels.find((one) => one === text.slice(0, equals));
  const given = text.slice(equals + 1);
  if (equals < 0 || !level || given === '') {
    throw fault(
      'usage',
      `--within ${text} is not LEVEL=CONNECTION/ID or LEVEL=ID.`,
      `LEVEL is one of ${levels.join(', ')}.`,
    );
  }
  const reference = parseReference(given);
  const isKnown = context.connections.list.some(({ name }) => name === reference?.connection);
  if (reference !== null && isKnown) return { level, connection: reference.connection, id: reference.id };
  const asked = context.connections.list.filter(({ name }) => connection === null || name === connection);
  const pin = pinOfId(context.cache, asked, level, given);
  if (pin !== null) return pin;
  if (reference !== null) findConnection(context, reference.connection);
  throw fault(
    'missing',
    `No ${level} in the cache has the id "${printable(given)}".`,
    `subdeck ${shellWords(level)} list shows them.`,
  );
}

/** The node of an id alone: of the connections of one account the first. Throws `usage` where several accounts have one. */
function pinOfId(
  cache: ReadingContext['cache'],
  connections: Context['connections']['list'],
  level: Level,
  text: string,
): Pin | null {
  const having = (id: string) => {
    return connections.filter(({ name }) => cache.node({ level, connection: name, id }) !== null);
  };
  const spelled = [text, ...pastedIds(text)].find((id) => having(id).length > 0) ?? null;
  const [first, ...others] = spelled === null ? [] : having(spelled);
  if (first === undefined) return null;
  if (others.some(({ account }) => account !== first.account)) {
    const places = [first, ...others].map(({ name }) => printable(`${level}=${name}/${spelled}`)).join(', ');
    throw fault('usage', `"${printable(text)}" is the id of several: ${places}.`, 'Give one of these.');
  }
  return { level, connection: first.name, id: spelled };
}

/** Throws `missing` if the branch that a list was narrowed to is not in the cache. */
export function demandNode(context: Pick<ReadingContext, 'cache'>, within: Pin | null): void {
  if (!within || context.cache.node(within)) return;
  throw fault(
    'missing',
    `${within.connection} has no ${within.level} "${within.id}".`,
    `subdeck ${shellWords(within.level)} list shows them.`,
    {
      connection: within.connection,
    },
  );
}

/**
 * The cached row of a REF: `connection/id`, taken literally where there is such a connection, or an id alone, in any way in
 * which it may be pasted (docs/reference/commands.md). `needs`: what is to be done with it; of several connections that show the
 * subscription the first that can do any of it is taken. A full REF that is not cached makes its connection refresh once.
 * Throws `missing`, `usage` for an id that several subscriptions have, or the fault that kept the connection from being read.
 */
export async function findSubscription(
  context: ReadContext,
  input: Input,
  text: string,
  needs: readonly AbilityName[],
): Promise<CachedSubscription> {
  const reference = parseReference(text);
  const isKnown = context.connections.list.some(({ name }) => name === reference?.connection);
  if (reference !== null && isKnown) return findByReference(context, input, reference);
  const [first, ...others] = findById(context, text);
  if (first === undefined) throw unknownId(context, text, reference);
  if (others.some(({ ref }) => !first.sameAs.includes(ref))) throw ambiguous(text, [first, ...others]);
  const found = await firstAble(context, [first, ...others], needs);
  input.say(`${printable(text)} is ${printable(found.ref)}.`);
  return found;
}

async function findByReference(context: ReadContext, input: Input, { connection, id }: Reference) {
  const cached = context.cache.subscription(connection, id);
  if (cached) return cached;
  if (!context.mode.offline) {
    const [outcome] = await readConnections(context, input, [connection]);
    const found = context.cache.subscription(connection, id);
    if (found) return found;
    if (outcome?.fault) throw new FaultError(outcome.fault);
  }
  const [near] = findById(context, id);
  const next = near ? `Did you mean ${printable(near.ref)}?` : 'subdeck subscription list shows them.';
  throw fault('missing', `${connection} has no subscription "${id}".`, next, { connection });
}

/** The rows that an id alone may mean, in the order of the connections: by the very id, else by another spelling of it. */
function findById({ cache, connections }: Pick<ReadingContext, 'cache' | 'connections'>, text: string) {
  const names = connections.list.map(({ name }) => name);
  const exactly = (id: string) => names.flatMap((name) => cache.subscription(name, id) ?? []);
  const order = (rows: readonly CachedSubscription[]) =>
    rows.toSorted((one, other) => names.indexOf(one.connection) - names.indexOf(other.connection));
  const literal = exactly(text);
  if (literal.length > 0) return literal;
  const rows = new Map<string, CachedSubscription>();
  for (const id of pastedIds(text)) {
    const reference = parseReference(id);
    const byRef = reference === null ? null : cache.subscription(reference.connection, reference.id);
    const exact = byRef === null ? exactly(id) : [byRef];
    for (const row of exact.length > 0 ? exact : cache.subscriptionsSpelled(id)) rows.set(row.ref, row);
  }
  return order([...rows.values()].filter(({ connection }) => names.includes(connection)));
}

/** A connection that cannot be asked what it can do is none that can. */
async function firstAble(
  { connections }: Pick<ReadingContext, 'connections'>,
  [first, ...others]: readonly [CachedSubscription, ...CachedSubscription[]],
  needs: readonly AbilityName[],
): Promise<CachedSubscription> {
  if (others.length === 0 || needs.length === 0) return first;
  for (const row of [first, ...others]) {
    const vendor = await connections.vendor(row.connection).catch(() => null);
    if (vendor !== null && needs.some((name) => typeof vendor.abilities[name] === 'function')) return row;
  }
  return first;
}

function ambiguous(text: string, rows: readonly CachedSubscription[]): FaultError {
  const refs = rows.map(({ ref }) => printable(ref)).join(', ');
  return fault('usage', `"${printable(text)}" is the id of several subscriptions: ${refs}.`, 'Give one of these REFs.');
}

function unknownId(
  context: Pick<ReadingContext, 'connections'>,
  text: string,
  reference: Reference | null,
): FaultError {
  const { list } = context.connections;
  if (list.length === 0) return noConnection();
  const isUrl = /^[a-z][a-z0-9+.-]*:$/i.test(reference?.connection ?? '');
  if (reference !== null && !isUrl) {
    return fault(
      'missing',
      `There is no connection "${printable(reference.connection)}".`,
      'subdeck connection list shows them.',
    );
  }
  return fault(
    'missing',
    `No subscription in the cache has the id "${printable(text)}".`,
    'subdeck sync reads all of them; connection/id asks that connection.',
  );
}

function noConnection(): FaultError {
  return fault(
    'missing',
    'There is no connection yet.',
    'Add one with subdeck connection add NAME --vendor V, or try subdeck demo.',
  );
}
