/** `S.L.`, `S.r.l.`, `d.o.o.`, and what companies shorten without dots inside: the last dot is part of the word. */
const shortened =
  /(?<![\p{L}\p{N}.])(?:(?:\p{L}{1,2}\.){2,8}|(?:Inc|Ltd|Ltda|Lda|Co|Corp|Bros|Cía|Cia|Pty|Intl|Gmbh|Jr|Sr|Dr|St)\.)\s*$/iu;

/** A sentence as a part of another: without its full stop. A name at its end keeps a dot of its own. */
export function clause(sentence: string): string {
  const isLong = sentence.length > 2_000;
  return !isLong && shortened.test(sentence) ? sentence.trimEnd() : sentence.trimEnd().replace(/\.$/, '');
}
