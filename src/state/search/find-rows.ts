import { comparedBy } from '../../customers/organization.ts';
import { customerKey, linkedCustomers, organizationKey } from '../../model/customer-link.ts';
import { fold } from '../../model/filter-fold.ts';
import { parseReference } from '../../model/reference.ts';
import type { LevelNode } from '../../model/scope.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Level } from '../../model/vendor.ts';
import { levels } from '../../model/vendor.ts';
import type { Sources } from '../sources.ts';
import { isImplied } from '../trail.ts';
import { idsIn, namesIn, wordsOfDomain } from './ids-in.ts';
import { meetingsOf, rowsAbout } from './meeting-rows.ts';
import { isReseller, type NamedOwner, ownersNamed } from './named-owners.ts';
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
export function findRows(text: string, from: SearchDeps): readonly Hit[] {
  const whole = text.trim();
  if (whole.length < 2) return [];
  const isQuestion = whole.length <= longestQuestion;
  const found = idsIn(whole);
  const ids = found.filter((id) => id !== whole);
  const owners = [...new Set(found.flatMap((id) => wordsOfDomain(id) ?? []))];
  const names = isQuestion && ids.length === 0 ? [] : namesIn(whole);
  const hits = [
    ...(isQuestion ? hitsOf(whole, from) : []),
    ...ids.flatMap((id) => hitsOf(id, from).filter((hit) => hit.exact || id.length >= leastOfPart)),
    ...owners.flatMap((words) => nodesOf('organization', words, from.cache)),
    ...names.flatMap((name) => hitsOf(name, from).filter((hit) => hit.exact || beginsWith(hit, name))),
  ];
  const once = new Map<string, Hit>();
  for (const hit of [...customersOf(hits, whole, from), ...hits]) {
    if (once.get(hit.key)?.exact !== true) once.set(hit.key, hit);
  }
  const all = [...once.values()];
  const exact = all.filter((hit) => hit.exact);
  // The very id first, then where a customer and its product meet, then what is named.
  const isById = ({ target, name, matched }: Hit) =>
    (target.kind === 'subscription' && fold(name) !== fold(matched)) || target.kind === 'entry';
  const isAnswered = isQuestion && ids.length === 0 && (all.length > 0 || whole.split(/\s+/u).length < leastOfTicket);
  const named = isAnswered ? [] : ownersIn(whole, exact, from);
  const ordered = [
    ...exact.filter(isById),
    ...meetingsIn(whole, named, from),
    ...exact.filter((hit) => !isById(hit)),
    ...all.filter((hit) => !hit.exact),
    ...named.filter(({ score }) => score * 2 > (named[0]?.score ?? 0)).flatMap(ofOwner),
  ];
  const shown = new Set<string>();
  const first = ordered.filter(({ key }) => !shown.has(key) && shown.add(key));
  return first.slice(0, most);
}

/** The organizations that a ticket names in full, by id or domain too, and those some words of whose name it has. */
function ownersIn(ticket: string, exact: readonly Hit[], { cache }: SearchDeps): readonly NamedOwner[] {
  const named = ownersNamed(ticket, cache);
  const most = Math.max(1, ...named.map(({ score }) => score));
  const others = exact.flatMap(({ target, matched }): readonly NamedOwner[] => {
    if (target.kind !== 'node' || target.node.level !== 'organization') return [];
    const { node } = target;
    if (named.some((each) => isSameNode(each.node, node))) return [];
    return [{ node, words: wordsIn(matched), spelled: node.name, score: most }];
  });
  return [...others.slice(0, mostOwners), ...named];
}

function isSameNode(one: LevelNode, other: LevelNode): boolean {
  return one.connection === other.connection && one.id === other.id;
}

const mostOwners = 6;

/**
 * The subscriptions of organizations that a ticket names, where it also says what they are about; those of a company that is a
 * reseller or seller too come last: tickets bear its name in their signature.
 */
function meetingsIn(ticket: string, owners: readonly NamedOwner[], { cache }: SearchDeps): readonly Hit[] {
  const { true: own = [], false: others = [] } = Object.groupBy(
    owners,
    ({ node }) => `${isReseller(node.name, cache)}`,
  );
  return [others, own].flatMap((some) =>
    meetingsOf(ticket, some, cache).map(({ row, owner, words }) =>
      ofSubscription(row, `${owner}” and “${words.join(' ')}`, false),
    ),
  );
}

function ofOwner({ node, spelled }: NamedOwner): readonly Hit[] {
  return ofNode(node, spelled).map((hit) => ({ ...hit, exact: false }));
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

function hitsOf(token: string, { cache, journal, connections }: SearchDeps): readonly Hit[] {
  const folded = fold(token);
  const reference = parseReference(token);
  const byRef = reference === null ? null : cache.subscription(reference.connection, reference.id);
  const byId = connections.list.flatMap(({ name }) => cache.subscription(name, token) ?? []);
  const entry = /^[0-9a-z]{8}$/iu.test(token) ? journal.entry(token) : null;
  return [
    ...[...(byRef === null ? [] : [byRef]), ...byId].map((row) => ofSubscription(row, token, true)),
    ...levels.flatMap((level) => nodesOf(level, token, cache)),
    ...rowsAbout(token, cache).map((row) =>
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
