/**
 * What whole names are compared by: without outer blanks, in any case and any Unicode form. Nothing else is ignored: not accents,
 * not punctuation.
 */
export function nameKey(name: string): string {
  // Upper case first, so that ß equals SS; then lower case, which unifies the final sigma.
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.normalize('NFKC').trim();
}
