import { fold } from '../../model/filter-fold.ts';

/** Chinese, Japanese and Korean write words without spaces between them. */
const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Most names: their words need no tables of Unicode. */
const plain = /^[\0-\x7f]*$/;
const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

/** The words of a text in order, folded and without punctuation. */
export function wordsIn(text: string): readonly string[] {
  if (plain.test(text)) return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return spelledWords(text).map(fold);
}

/** The words of a text as they are written there. */
export function spelledWords(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}\p{N}ー]+/u)
    .flatMap((word) => (withoutSpaces.test(word) ? segmentsOf(word) : word === '' ? [] : [word]));
}

function segmentsOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Whether a word alone says something: short words and numbers are in too many texts by chance. */
export function isTelling(word: string): boolean {
  return withoutSpaces.test(word) ? word.length > 1 : word.length > 2;
}
