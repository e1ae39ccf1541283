import { fold } from '../../model/filter-fold.ts';
import type { Pin } from '../../model/scope.ts';
import type { NameIndex } from './name-index.ts';
import { isTelling, spelledWords, wordsIn } from './text-words.ts';

/** An organization some words of whose name a text contains. */
export interface NamedOwner {
  readonly node: Pin & { readonly name: string };
  /** The words of its name that are in the text, folded. */
  readonly words: readonly string[];
  /** The same words as its name spells them. */
  readonly spelled: string;
  readonly score: number;
}

/** A text longer than a ticket is read to here. */
const mostRead = 20_000;
/** Many customers have a common name, which weighs little: which of them is meant, their products tell. */
const mostOwners = 200;
/** Words that more organizations have are not compared, the rarest first. */
const mostCompared = 20_000;
const comparedAtOnce = 500;

/**
 * The organizations that a text names best, also in a part of their name. A word weighs more the fewer organizations have it,
 * words that follow each other in both weigh more, and a name weighs less for each word that the text lacks.
 */
export function* ownersNamed(text: string, index: NameIndex): Generator<undefined, readonly NamedOwner[]> {
  yield* index.refresh();
  const said = wordsIn(text.slice(0, mostRead));
  const words = new Set(said);
  const pairs = new Set(said.slice(1).map((word, at) => `${said[at]} ${word}`));
  const total = index.organizations();
  const weightOf = (word: string) => Math.log1p(total / Math.max(1, index.withWord(word).length));
  const found: NamedOwner[] = [];
  let compared = 0;
  for (const code of candidates(words, index)) {
    compared += 1;
    if (compared % comparedAtOnce === 0) yield;
    const node = index.organization(code);
    if (node === null) continue;
    const spelled = spelledWords(node.name);
    const own = spelled.map(fold);
    const shared = own.filter((word) => words.has(word));
    const sum = (of: readonly string[]) => of.reduce((total, word) => total + weightOf(word), 0);
    const together = own.filter((word, at) => at > 0 && pairs.has(`${own[at - 1]} ${word}`));
    const score = ((sum(shared) + sum(together)) * sum(shared)) / sum(own);
    if (shared.length > 0)
      found.push({ node, words: shared, spelled: longestShared(node.name, spelled, words), score });
  }
  yield;
  return found.toSorted((one, other) => other.score - one.score).slice(0, mostOwners);
}

function candidates(words: ReadonlySet<string>, index: NameIndex): ReadonlySet<number> {
  const codes = new Set<number>();
  const lists = [...words].filter(isTelling).map((word) => index.withWord(word));
  for (const list of lists.toSorted((one, other) => one.length - other.length)) {
    if (codes.size + list.length > mostCompared) break;
    for (const code of list) codes.add(code);
  }
  return codes;
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
