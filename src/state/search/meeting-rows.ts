import { fold } from '../../model/filter-fold.ts';
import type { LevelNode } from '../../model/scope.ts';
import type { CachedSubscription } from '../../model/subscription.ts';
import type { Sources } from '../sources.ts';

type Cache = Pick<Sources['cache'], 'subscriptionWindow'>;

const most = 8;
const mostWords = 6;

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
  const page = { scope: [], connections: null, sort: [], offset: 0, limit: most };
  if (words.length === 0) return cache.subscriptionWindow({ ...page, filter: [], search: question }).rows;
  const named = [{ negated: false, kind: 'equals', field: 'name', text: question } as const];
  const every = words.map((text) => ({ negated: false, kind: 'word', text }) as const);
  return [named, every].flatMap((filter) => cache.subscriptionWindow({ ...page, filter, search: null }).rows);
}

/** Of a customer as many as can be compared with a text while a key waits. */
const mostCompared = 200;
const shortestWord = 3;

/** A subscription of a customer that a text names, and the words that it shares with the text. */
export interface Meeting {
  readonly row: CachedSubscription;
  readonly words: readonly string[];
}

/** The subscriptions below a node whose names and ids share the most words with a text; none that shares no word. */
export function sharingMostWords(text: string, { level, connection, id }: LevelNode, cache: Cache): readonly Meeting[] {
  const said = new Set(partsOf(text));
  const { rows } = cache.subscriptionWindow({
    ...{ scope: [{ level, connection, id }], connections: null, search: null, filter: [], sort: [] },
    ...{ offset: 0, limit: mostCompared },
  });
  const found = rows.map((row): Meeting => {
    const { name, product, services, externalIds } = row;
    const own = [
      name,
      row.id,
      product?.name ?? '',
      ...services.map((each) => each.name),
      ...Object.values(externalIds),
    ];
    return { row, words: [...new Set(own.flatMap(partsOf))].filter((word) => said.has(word)) };
  });
  const best = found.reduce((least, { words }) => Math.max(least, words.length), 1);
  return found.filter(({ words }) => words.length === best).slice(0, most);
}

function partsOf(text: string): readonly string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(({ length }) => length >= shortestWord);
}
