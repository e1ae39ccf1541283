import type { CachedSubscription } from '../../model/subscription.ts';
import type { Sources } from '../sources.ts';
import type { NamedOwner } from './named-owners.ts';
import { isTelling, wordsIn } from './text-words.ts';

type Cache = Pick<Sources['cache'], 'subscriptionWindow'>;

const most = 8;
const mostWords = 6;
const page = { scope: [], connections: null, search: null, filter: [], sort: [], offset: 0 };

/** Words of a short question; empty where it is a single one. */
function wordsOf(question: string): readonly string[] {
  const words = [...new Set(question.split(/\s+/u))];
  const isSearched = words.length > 1 && words.length <= mostWords && words.some(({ length }) => length > 1);
  return isSearched ? words : [];
}

/**
 * The subscriptions that a question is about, wherever its words stand: `acme mail` the mail of Acme. What has exactly that name
 * comes first.
 */
export function rowsAbout(question: string, cache: Cache): readonly CachedSubscription[] {
  const words = wordsOf(question);
  const shown = { ...page, limit: most };
  if (words.length === 0) return cache.subscriptionWindow({ ...shown, search: question }).rows;
  const named = [{ negated: false, kind: 'equals', field: 'name', text: question } as const];
  const every = words.map((text) => ({ negated: false, kind: 'word', text }) as const);
  return [named, every].flatMap((filter) => cache.subscriptionWindow({ ...shown, filter }).rows);
}

/** These customers are compared one by one, up to so many rows of each; all others together. */
const leastOwners = 6;
const mostOfOwner = 200;
const mostOfOthers = 3_000;
const rowsAtOnce = 100;

/** A subscription of a customer that a text names, and what of both it shares with the text. */
export interface Meeting {
  readonly row: CachedSubscription;
  /** What the text has of the customer's name, and what of the subscription. */
  readonly owner: string;
  readonly words: readonly string[];
  readonly score: number;
}

/**
 * The subscriptions of some customers that share most with a text, the best first. A word weighs more the fewer of these
 * subscriptions have it. What the text says of the customer and of the subscription may not be the same words alone.
 */
export function* meetingsOf(
  text: string,
  owners: readonly NamedOwner[],
  cache: Cache,
): Generator<undefined, readonly Meeting[]> {
  const said = new Set(wordsIn(text));
  const compared: { owner: NamedOwner; row: CachedSubscription; names: readonly (readonly string[])[] }[] = [];
  const frequency = new Map<string, number>();
  const compare = (owner: NamedOwner, row: CachedSubscription) => {
    const names = namesOf(row);
    compared.push({ owner, row, names });
    for (const word of new Set(names.flat())) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  };
  for (const owner of owners.slice(0, leastOwners)) {
    const { level, connection, id } = owner.node;
    const scope = [{ level, connection, id }];
    for (const row of cache.subscriptionWindow({ ...page, scope, limit: mostOfOwner }).rows) compare(owner, row);
    yield;
  }
  yield* compareOthers(owners.slice(leastOwners), cache, compare);
  const sum = (words: readonly string[]) =>
    words.reduce((total, word) => total + Math.log1p(compared.length / (frequency.get(word) ?? 1)), 0);
  const found = compared.flatMap(({ owner, row, names }): readonly Meeting[] => {
    const words = [...new Set(names.flat())].filter((word) => said.has(word));
    const own = owner.words.filter((word) => !words.includes(word));
    if (!words.some(isTelling) || !own.some(isTelling)) return [];
    const best = Math.max(...names.map((name) => shareOf(name, said, sum)));
    return [{ row, owner: owner.spelled, words, score: best + (owner.score * own.length) / owner.words.length }];
  });
  yield;
  return found.toSorted((one, other) => other.score - one.score).slice(0, most);
}

function shareOf(
  name: readonly string[],
  said: ReadonlySet<string>,
  sum: (words: readonly string[]) => number,
): number {
  const shared = sum(name.filter((word) => said.has(word)));
  return shared === 0 ? 0 : shared ** 2 / sum(name);
}

function* compareOthers(
  owners: readonly NamedOwner[],
  cache: Cache,
  compare: (owner: NamedOwner, row: CachedSubscription) => void,
): Generator<undefined, void> {
  if (owners.length === 0) return;
  const keyOf = (connection: string, id: string | null) => JSON.stringify([connection, id]);
  const byKey = new Map(owners.map((owner) => [keyOf(owner.node.connection, owner.node.id), owner]));
  const anyOf = owners.map(({ node: { level, connection, id } }) => ({ level, connection, id }));
  for (let offset = 0; offset < mostOfOthers; offset += rowsAtOnce) {
    const { rows } = cache.subscriptionWindow({ ...page, anyOf, offset, limit: rowsAtOnce });
    for (const row of rows) {
      const owner = byKey.get(keyOf(row.connection, row.organization?.id ?? null));
      if (owner !== undefined) compare(owner, row);
    }
    yield;
    if (rows.length < rowsAtOnce) return;
  }
}

function namesOf({ id, name, product, services, externalIds }: CachedSubscription): readonly (readonly string[])[] {
  const texts = [name, id, product?.name ?? '', ...services.map((each) => each.name), ...Object.values(externalIds)];
  return texts.map(wordsIn).filter(({ length }) => length > 0);
}
