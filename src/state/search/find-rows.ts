import { comparedBy } from '../../customers/organization.ts';
import { customerKey, linkedCustomers, organizationKey } from '../../model/customer-link.ts';
import { fold } from '../../model/filter-fold.ts';
import { parseReference } from '../../model/reference.ts';
import type { LevelNode, Pin } from '../../model/scope.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Level } from '../../model/vendor.ts';
import { levels } from '../../model/vendor.ts';
import type { Sources } from '../sources.ts';
import { isImplied } from '../trail.ts';
import { idsIn, namesIn, wordsOfDomain } from './ids-in.ts';
import { meetingsOf, rowsAbout } from './meeting-rows.ts';
import { nameIndexOf } from './name-index.ts';
import { type NamedOwner, ownersNamed } from './named-owners.ts';
import { wordsIn } from './text-words.ts';

/** A match of a text. */
export interface Hit {
  readonly key: string;
  readonly name: string;
  /** What it is and where: `subscription · Acme Oy · nordic`. */
  readonly about: string;
  /** Whether it equals or contains a part of the text. */
  readonly matched: string;
  readonly exact: boolean;
  readonly target:
    | { readonly kind: 'subscription'; readonly ref: string }
    | { readonly kind: 'node'; readonly node: LevelNode }
    /** The key of one of its organizations. */
    | { readonly kind: 'customer'; readonly organization: string }
    | { readonly kind: 'entry'; readonly id: string };
}

type SearchDeps = Pick<Sources, 'cache' | 'journal' | 'connections'>;

const most = 40;
const mostOfOne = 8;
/** A text of fewer words is typed as a name or a command: it is not compared with every customer. */
const leastOfTicket = 5;
/** Shorter numbers in a text are hours, rooms or orders: ids that contain them by chance do not match. */
const leastOfPart = 6;
/** Longer texts are not searched as typed. */
const longestQuestion = 80;

/**
 * Everything of every vendor that a text mentions: exact ids, domains and names first, then rows that contain the text.
 * Ids in a longer text are recognized by their form, the longest first; a domain finds organizations by its words.
 * There is no fuzzy matching.
 */
export function findRows(text: string, from: SearchDeps): RowSearch {
  let found: () => readonly Hit[] = () => [];
  const index = nameIndexOf(from.cache);
  return {
    steps: searchSteps(text, from, (hits) => {
      found = hits;
    }),
    isShort: isShort(text.trim()),
    foundSoFar: () => found(),
    namesRead: () => index.namesRead(),
  };
}

/** A search that takes its time: each step some milliseconds at most, however many rows and names there are. */
export interface RowSearch {
  readonly steps: Generator<undefined, readonly Hit[]>;
  /** Typed as a name or an id: a few steps find it. */
  readonly isShort: boolean;
  /** Without what is not compared yet. */
  foundSoFar(): readonly Hit[];
  /** Names read into the index that it waits for; null: it does not. */
  namesRead(): number | null;
}

function isShort(text: string): boolean {
  return text.length <= longestQuestion && text.split(/\s+/u).length < leastOfTicket;
}

function* searchSteps(
  text: string,
  from: SearchDeps,
  tell: (found: () => readonly Hit[]) => void,
): Generator<undefined, readonly Hit[]> {
  const whole = text.trim();
  if (whole.length < 2) return [];
  const isQuestion = whole.length <= longestQuestion;
  const found = idsIn(whole);
  const ids = found.filter((id) => id !== whole);
  const owners = [...new Set(found.flatMap((id) => wordsOfDomain(id) ?? []))];
  const names = isQuestion && ids.length === 0 ? [] : namesIn(whole);
  const hits: Hit[] = [];
  tell(() => inOrder(hits, nothingNamed));
  if (isQuestion) hits.push(...(yield* hitsOf(whole, from)));
  for (const id of ids) {
    hits.push(...(yield* hitsOf(id, from)).filter((hit) => hit.exact || id.length >= leastOfPart));
  }
  for (const words of owners) {
    hits.push(...nodesOf('organization', words, from.cache));
    yield;
  }
  for (const name of names) {
    hits.push(...(yield* hitsOf(name, from)).filter((hit) => hit.exact || beginsWith(hit, name)));
  }
  const all = onceEach([...customersOf(hits, whole, from), ...hits]);
  const isAnswered = isQuestion && ids.length === 0 && (all.length > 0 || isShort(whole));
  if (isAnswered) return inOrder(all, nothingNamed);
  tell(() => inOrder(all, nothingNamed));
  const named = yield* ownersIn(
    whole,
    all.filter((hit) => hit.exact),
    from,
  );
  const meetings = yield* meetingsIn(whole, named, from);
  const best = named.filter(({ score }) => score * 2 > (named[0]?.score ?? 0)).slice(0, mostOwnersShown);
  return inOrder(all, { meetings, owners: best.flatMap((owner) => ofOwner(owner, from)) });
}

/** What a ticket names without being a hit itself. */
interface Named {
  readonly meetings: readonly Hit[];
  readonly owners: readonly Hit[];
}

const nothingNamed: Named = { meetings: [], owners: [] };

/** Each once: as what is meant exactly, where it is found in several ways. */
function onceEach(hits: readonly Hit[]): readonly Hit[] {
  const once = new Map<string, Hit>();
  for (const hit of hits) if (once.get(hit.key)?.exact !== true) once.set(hit.key, hit);
  return [...once.values()];
}

/** The very id first, then where a customer and its product meet, then what is named. */
function inOrder(hits: readonly Hit[], { meetings, owners }: Named): readonly Hit[] {
  const all = onceEach(hits);
  const exact = all.filter((hit) => hit.exact);
  const isById = ({ target, name, matched }: Hit) =>
    (target.kind === 'subscription' && fold(name) !== fold(matched)) || target.kind === 'entry';
  const ordered = [
    ...exact.filter(isById),
    ...meetings,
    ...exact.filter((hit) => !isById(hit)),
    ...all.filter((hit) => !hit.exact),
    ...owners,
  ];
  const shown = new Set<string>();
  return ordered.filter(({ key }) => !shown.has(key) && shown.add(key)).slice(0, most);
}

/** The organizations that a ticket names in full, by id or domain too, and those some words of whose name it has. */
function* ownersIn(
  ticket: string,
  exact: readonly Hit[],
  { cache }: SearchDeps,
): Generator<undefined, readonly NamedOwner[]> {
  const named = yield* ownersNamed(ticket, nameIndexOf(cache));
  const most = Math.max(1, ...named.map(({ score }) => score));
  const others = exact.flatMap(({ target, matched }): readonly NamedOwner[] => {
    if (target.kind !== 'node' || target.node.level !== 'organization') return [];
    const { node } = target;
    if (named.some((each) => isSameNode(each.node, node))) return [];
    return [{ node, words: wordsIn(matched), spelled: node.name, score: most }];
  });
  return [...others.slice(0, mostOwnersShown), ...named];
}

function isSameNode(one: Pin, other: Pin): boolean {
  return one.connection === other.connection && one.id === other.id;
}

const mostOwnersShown = 6;

/**
 * The subscriptions of organizations that a ticket names, where it also says what they are about; those of a company that is a
 * reseller or seller too come last: tickets bear its name in their signature.
 */
function* meetingsIn(
  ticket: string,
  owners: readonly NamedOwner[],
  { cache }: SearchDeps,
): Generator<undefined, readonly Hit[]> {
  const index = nameIndexOf(cache);
  const others = owners.filter(({ node }) => !index.isReseller(node.name));
  const own = owners.filter(({ node }) => index.isReseller(node.name));
  const meetings = [...(yield* meetingsOf(ticket, others, cache)), ...(yield* meetingsOf(ticket, own, cache))];
  return meetings.map(({ row, owner, words }) => ofSubscription(row, `${owner}” and “${words.join(' ')}`, false));
}

/** None: it has no rows any more. */
function ofOwner({ node, spelled }: NamedOwner, { cache }: SearchDeps): readonly Hit[] {
  const listed = cache.node(node);
  return listed === null ? [] : ofNode(listed, spelled).map((hit) => ({ ...hit, exact: false }));
}

/**
 * Linked customers whose name contains the text, or to which an organization among the hits belongs; and organizations of several
 * accounts with exactly the same name or domain among the hits.
 */
function customersOf(hits: readonly Hit[], text: string, { journal, connections }: SearchDeps): readonly Hit[] {
  const links = journal.links();
  const wanted = fold(text);
  const accounts = new Map(connections.list.map(({ name, account }) => [name, account]));
  const organizations = hits.flatMap(({ target, matched, exact }) => {
    if (target.kind !== 'node' || target.node.level !== 'organization' || target.node.id === null) return [];
    const { connection, id, name, domain } = target.node;
    const account = accounts.get(connection);
    return account === undefined
      ? []
      : [{ account, key: organizationKey({ account, id }), id, name, domain, matched, exact }];
  });
  const linked = [...linkedCustomers(links).values()].flatMap(
    ({ key, name, organizations: members }): readonly Hit[] => {
      const own = organizations.find((each) => members.includes(each.key));
      const [organization] = members;
      if (organization === undefined || (own === undefined && !fold(name).includes(wanted))) return [];
      const exact = own?.exact === true || fold(name) === wanted;
      const about = `customer · ${members.length === 1 ? 'one organization' : `${members.length} organizations`}`;
      const target = { kind: 'customer', organization } as const;
      return [{ key: `customer ${key}`, name, about, matched: own?.matched ?? text, exact, target }];
    },
  );
  const open = organizations.filter(({ key }) => (links.get(key) ?? null) === null);
  const covered = new Set<string>();
  const alike = open.flatMap((first): readonly Hit[] => {
    const all = open.filter((each) => comparedBy(each).some((text) => comparedBy(first).includes(text)));
    if (covered.has(first.key) || new Set(all.map(({ account }) => account)).size < 2) return [];
    for (const { key } of all) covered.add(key);
    const { key, name, matched, exact } = first;
    const what = all.every((each) => customerKey(each.name) === customerKey(name)) ? 'name' : 'name or domain';
    const about = `customer? · ${new Set(all.map((each) => each.key)).size} organizations with this ${what}`;
    return [{ key: `customer ${key}`, name, about, matched, exact, target: { kind: 'customer', organization: key } }];
  });
  return [...linked, ...alike].slice(0, mostOfOne);
}

/** The subscriptions among texts that are REFs, if they are still cached. */
export function hitsByRef(texts: readonly string[], { cache }: Pick<SearchDeps, 'cache'>): readonly Hit[] {
  return texts.flatMap((text) => {
    const reference = parseReference(text);
    const row = reference === null ? null : cache.subscription(reference.connection, reference.id);
    return row === null ? [] : [ofSubscription(row, text, true)];
  });
}

function* hitsOf(token: string, { cache, journal, connections }: SearchDeps): Generator<undefined, readonly Hit[]> {
  const folded = fold(token);
  const reference = parseReference(token);
  const byRef = reference === null ? null : cache.subscription(reference.connection, reference.id);
  const byId = connections.list.flatMap(({ name }) => cache.subscription(name, token) ?? []);
  const entry = /^[0-9a-z]{8}$/iu.test(token) ? journal.entry(token) : null;
  const nodes: Hit[] = [];
  for (const level of levels) {
    nodes.push(...nodesOf(level, token, cache));
    yield;
  }
  const rows = rowsAbout(token, cache);
  yield;
  return [
    ...[...(byRef === null ? [] : [byRef]), ...byId].map((row) => ofSubscription(row, token, true)),
    ...nodes,
    ...rows.map((row) =>
      ofSubscription(
        row,
        token,
        idsOf(row).some((id) => fold(id) === folded),
      ),
    ),
    ...(entry === null
      ? []
      : [
          {
            key: `entry ${entry.id}`,
            name: entry.sentence,
            about: `journal · ${entry.ref}`,
            matched: token,
            exact: true,
            target: { kind: 'entry' as const, id: entry.id },
          },
        ]),
  ];
}

function nodesOf(level: Level, token: string, cache: SearchDeps['cache']): readonly Hit[] {
  const query = { level, scope: [], connections: null, search: token, sort: null, offset: 0, limit: mostOfOne };
  return cache.levelWindow(query).rows.flatMap((node) => ofNode(node, token));
}

function ofNode(node: LevelNode, token: string): readonly Hit[] {
  const { id, name, domain, level, connection } = node;
  if (isImplied(id, connection)) return [];
  const exact = [name, id, domain].some((text) => text !== null && fold(text) === fold(token));
  const found = { key: `${level} ${connection} ${id}`, name, about: `${level} · ${connection}`, matched: token, exact };
  return [{ ...found, target: { kind: 'node', node } }];
}

function ofSubscription(row: Subscription, token: string, exact: boolean): Hit {
  return {
    key: `subscription ${row.ref}`,
    name: row.name,
    about: ['subscription', row.organization?.name ?? null, row.connection].filter((part) => part !== null).join(' · '),
    matched: token,
    exact,
    target: { kind: 'subscription', ref: row.ref },
  };
}

/** A company named without its legal form: `Köhler Steuerberatung` for `Köhler Steuerberatung e.K.` */
function beginsWith({ name, target }: Hit, words: string): boolean {
  return target.kind === 'node' && words.includes(' ') && fold(name).startsWith(`${fold(words)} `);
}

function idsOf(row: Subscription): readonly string[] {
  return [row.id, row.name, ...Object.values(row.externalIds)];
}
