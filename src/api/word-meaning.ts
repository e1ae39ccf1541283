/** The meaning of a vendor's word, if the table has it; own properties only, since every object has a `constructor`. */
export function meaningOf<Meaning>(table: Readonly<Record<string, Meaning>>, word: string): Meaning | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
