import { fold } from '../../model/filter-fold.ts';
import type { CacheReader } from '../../query/cache-reader.ts';
import type { NodeName } from '../../query/node-names.ts';
import { wordsIn } from './text-words.ts';

type Cache = Pick<CacheReader, 'nodeNames' | 'namesRevision'>;

/** Organizations by the words of their names, and the names of resellers and sellers. */
export interface NameIndex {
  /** Brings it up to date, some names a step. Steps of several callers are those of one reading. */
  refresh(): Generator<undefined, void>;
  isOutdated(): boolean;
  /** The names read so far, while it is brought up to date; null otherwise. */
  namesRead(): number | null;
  /** Codes of organizations; some may lack the word by now. */
  withWord(word: string): readonly number[];
  organization(code: number): NodeName | null;
  organizations(): number;
  /** Whether a reseller or seller has this name. */
  isReseller(name: string): boolean;
}

const namesAtOnce = 250;

const kept = new WeakMap<Cache, NameIndex>();

/** The index of a cache: kept over its revisions, so that names that did not change are parted into words once. */
export function nameIndexOf(cache: Cache): NameIndex {
  const known = kept.get(cache);
  if (known !== undefined) return known;
  const index = createNameIndex(cache);
  kept.set(cache, index);
  return index;
}

const none: readonly number[] = [];

function createNameIndex(cache: Cache): NameIndex {
  let revision: number | null = null;
  let names = new Map<number, NodeName>();
  let byWord = new Map<string, number[]>();
  let resellers: ReadonlySet<string> = new Set();
  /** Codes that words of earlier names still lead to. */
  let outdated = 0;
  let reading: Generator<undefined, void> | null = null;
  let read = 0;

  function* readNames(): Generator<undefined, void> {
    const begun = cache.namesRevision();
    read = 0;
    const above = new Set<string>();
    const found = new Map<number, NodeName>();
    if (outdated > names.size) forget();
    for (let after = 0; ; ) {
      const page = cache.nodeNames(after, namesAtOnce);
      for (const node of page) {
        if (node.level === 'organization') found.set(node.code, keptOrAdded(node));
        else above.add(fold(node.name));
      }
      read += page.length;
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.code;
      yield;
    }
    names = found;
    resellers = above;
    revision = begun;
  }

  function forget(): void {
    names = new Map();
    byWord = new Map();
    outdated = 0;
  }

  function keptOrAdded(node: NodeName): NodeName {
    const before = names.get(node.code);
    if (before?.name === node.name) return before;
    const known: readonly string[] = before === undefined ? [] : wordsIn(before.name);
    const words = new Set(wordsIn(node.name));
    outdated += known.filter((word) => !words.has(word)).length;
    for (const word of words) {
      if (known.includes(word)) continue;
      const codes = byWord.get(word);
      if (codes === undefined) byWord.set(word, [node.code]);
      else codes.push(node.code);
    }
    names.set(node.code, node);
    return node;
  }

  function* proceed(): Generator<undefined, void> {
    while (reading !== null) {
      const current = reading;
      // A reading that failed is not continued.
      reading = null;
      if (current.next().done === true) return;
      reading = current;
      yield;
    }
  }

  return {
    *refresh() {
      // What is under way may have begun before the latest name came.
      yield* proceed();
      if (revision === cache.namesRevision()) return;
      reading = readNames();
      yield* proceed();
    },
    isOutdated: () => revision !== cache.namesRevision(),
    namesRead: () => (reading === null ? null : read),
    withWord: (word) => byWord.get(word) ?? none,
    organization: (code) => names.get(code) ?? null,
    organizations: () => names.size,
    isReseller: (name) => resellers.has(fold(name)),
  };
}
