import stringWidth from 'string-width';
import { isAmbiguousWide } from '../../model/ambiguous-width.ts';
import { asciiTwins } from '../../model/ascii-twins.ts';

/** Replaces a cluster whose width differs between terminals, or that is invisible. One cell. */
const standIn = '\u25af';

const plainAscii = /^[\x20-\x7e]*$/;
/**
 * Latin with accents, Greek, Cyrillic, Hebrew and Arabic letters without marks, and the symbols and borders that the
 * screens draw: one cell each, in every terminal.
 */
const oneCellEach =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u052f\u05d0-\u05ea\u05f3\u05f4\u0621-\u063a\u0641-\u064a\u0660-\u0669\u0671-\u06d3\u06f0-\u06f9\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u25ff\u2801-\u28ff]*$/;
/** The same where ambiguous characters are wide: of the signs that sentences use, one cell wide replacements are drawn. */
const oneCellEachAnyway = /^[\x20-\x7e·–…’↑↓←→≈]*$/;
const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Two cells in every width table: Hangul, kana, ideographs, full-width forms. */
const surelyWide =
  /^[\u1100-\u115f\u2e80-\u3029\u302e-\u303e\u3041-\u3096\u309b-\u3247\u3250-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;
/** The most frequent of them in names. */
const eachWide = /[\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/g;
/** The same for pictographs up to Unicode 10 that are emoji by default: the others are one cell wide. */
const surelyPictured = /^(?=\p{Emoji_Presentation})[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}]$/u;
/** A letter of a script with combining marks, and a few zero-width marks: a pile of them reaches into other lines. */
const letterWithMarks =
  /^(?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}\p{Script=Lao}][\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]{1,4}$/u;
const unseen = /\p{C}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029\u2800]/u;
/** A mark without a base would combine with whatever is drawn before it. */
const loneMark = /^[\p{M}\p{Emoji_Modifier}\u0e33\u0eb3]/u;
/** Number signs and prefixed letters combine with what follows, the space between columns too (GCB=Prepend). */
const takesWhatFollows =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u;
const singleCodePoint = /^.$/su;

export interface Cell {
  readonly text: string;
  readonly width: 1 | 2;
}

/**
 * Text as cells whose width is the same in every terminal. Anything risky (joined emoji, flags, conjuncts, lone marks,
 * invisible characters) is replaced by a one-cell mark, so that columns stay aligned; the detail screens show the
 * original text.
 */
export function cells(text: string): readonly Cell[] {
  if (sureWidthOf(text) !== null) {
    return Array.from(text, (each) => ({ text: each, width: isOneCellEach(each) ? 1 : 2 }));
  }
  return Array.from(clusters.segment(text.normalize('NFC')), ({ segment }) => cell(segment));
}

function cell(cluster: string): Cell {
  if (unseen.test(cluster) || loneMark.test(cluster) || takesWhatFollows.test(cluster))
    return { text: standIn, width: 1 };
  if (surelyWide.test(cluster) || surelyPictured.test(cluster)) return { text: cluster, width: 2 };
  if (letterWithMarks.test(cluster) || (singleCodePoint.test(cluster) && stringWidth(cluster) === 1)) {
    return { text: cluster, width: isAmbiguousWide() && isWideThere(cluster) ? 2 : 1 };
  }
  return { text: standIn, width: 1 };
}

const wideThere = new Map<string, boolean>();

/** Whether a terminal that draws ambiguous characters wide does so with this one. */
function isWideThere(cluster: string): boolean {
  const known = wideThere.get(cluster);
  if (known !== undefined) return known;
  const isWide = asciiTwins(cluster) === cluster && stringWidth(cluster, { ambiguousIsNarrow: false }) === 2;
  wideThere.set(cluster, isWide);
  return isWide;
}

/** The width of a text, drawn by `fitTo` or `visible`, in cells. */
export function widthOf(text: string): number {
  return sureWidthOf(text) ?? cells(text).reduce((sum, { width }) => sum + width, 0);
}

/** A text whose every character is visible and has the width that `widthOf` reports. */
export function visible(text: string): string {
  return sureWidthOf(text) !== null
    ? text
    : cells(text)
        .map((each) => each.text)
        .join('');
}

export function isPlainAscii(text: string): boolean {
  return plainAscii.test(text);
}

/**
 * The cells of a text whose characters are each visible and one or two cells wide; null if Unicode tables are needed,
 * which are loaded late in a start.
 */
export function sureWidthOf(text: string): number | null {
  if (isOneCellEach(text)) return text.length;
  let count = 0;
  const others = text.replace(eachWide, () => {
    count += 1;
    return '';
  });
  return isOneCellEach(others) ? others.length + 2 * count : null;
}

/** Whether a text has as many cells as characters. */
export function isOneCellEach(text: string): boolean {
  return (isAmbiguousWide() ? oneCellEachAnyway : oneCellEach).test(text);
}
