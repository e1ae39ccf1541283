import { fold } from '../../model/filter-fold.ts';
import type { LevelNode } from '../../model/scope.ts';
import type { Level } from '../../model/vendor.ts';
import type { CacheReader } from '../../query/cache-reader.ts';
import { isTelling, spelledWords, wordsIn } from './text-words.ts';

type Cache = Pick<CacheReader, 'levelWindow' | 'revision'>;

/** An organization some words of whose name a text contains. */
export interface NamedOwner {
  readonly node: LevelNode;
  /** The words of its name that are in the text, folded. */
  readonly words: readonly string[];
  /** The same words as its name spells them. */
  readonly spelled: string;
  readonly score: number;
}

/** A text longer than a ticket is read to here. */
const mostRead = 20_000;
const mostOwners = 6;
/** Of a level as many names as can be read while a key waits. */
const mostNames = 50_000;

/**
 * The organizations that a text names best, also in a part of their name. A word weighs more the fewer organizations have it,
 * words that follow each other in both weigh more, and a name weighs less for each word that the text lacks.
 */
export function ownersNamed(text: string, cache: Cache): readonly NamedOwner[] {
  const { byWord, total } = namesOf(cache);
  const said = wordsIn(text.slice(0, mostRead));
  const words = new Set(said);
  const pairs = new Set(said.slice(1).map((word, at) => `${said[at]} ${word}`));
  const weightOf = (word: string) => Math.log1p(total / (byWord.get(word)?.length ?? 1));
  const candidates = new Set([...words].filter(isTelling).flatMap((word) => byWord.get(word) ?? []));
  return [...candidates]
    .flatMap((node): readonly NamedOwner[] => {
      const spelled = spelledWords(node.name);
      const own = spelled.map(fold);
      const shared = own.filter((word) => words.has(word));
      const sum = (of: readonly string[]) => of.reduce((total, word) => total + weightOf(word), 0);
      const together = own.filter((word, at) => at > 0 && pairs.has(`${own[at - 1]} ${word}`));
      const score = ((sum(shared) + sum(together)) * sum(shared)) / sum(own);
      return [{ node, words: shared, spelled: longestShared(node.name, spelled, words), score }];
    })
    .toSorted((one, other) => other.score - one.score)
    .slice(0, mostOwners);
}

/** The longest part of a name all of whose words a text has, as the name spells it. */
function longestShared(name: string, spelled: readonly string[], said: ReadonlySet<string>): string {
  const text = name.normalize('NFKC');
  let longest = '';
  let begin: number | null = null;
  let end = 0;
  for (const word of spelled) {
    const at = text.indexOf(word, end);
    end = at + word.length;
    begin = said.has(fold(word)) ? (begin ?? at) : null;
    const run = begin === null ? '' : text.slice(begin, end);
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

/** Whether a reseller or seller has this name. */
export function isReseller(name: string, cache: Cache): boolean {
  return namesOf(cache).resellers.has(fold(name));
}

interface Names {
  readonly revision: number;
  /** Organizations by each folded word of their names. */
  readonly byWord: ReadonlyMap<string, readonly LevelNode[]>;
  readonly total: number;
  /** Folded names of resellers and sellers. */
  readonly resellers: ReadonlySet<string>;
}

/** Typing one letter more asks for the same names again. */
const kept = new WeakMap<Cache, Names>();

function namesOf(cache: Cache): Names {
  const revision = cache.revision();
  const before = kept.get(cache);
  if (before?.revision === revision) return before;
  const organizations = nodesAt('organization', cache);
  const byWord = new Map<string, LevelNode[]>();
  for (const node of organizations) {
    for (const word of new Set(wordsIn(node.name))) {
      const nodes = byWord.get(word);
      if (nodes === undefined) byWord.set(word, [node]);
      else nodes.push(node);
    }
  }
  const above = [...nodesAt('seller', cache), ...nodesAt('reseller', cache)];
  const resellers = new Set(above.map(({ name }) => fold(name)));
  const names = { revision, byWord, total: organizations.length, resellers };
  kept.set(cache, names);
  return names;
}

function nodesAt(level: Level, cache: Cache): readonly LevelNode[] {
  const query = { level, scope: [], connections: null, search: null, sort: null };
  return cache.levelWindow({ ...query, offset: 0, limit: mostNames }).rows.filter(({ id }) => id !== null);
}
