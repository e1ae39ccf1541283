/** What a vendor's word stands for, where the table has it: `constructor` is in no table, although every object answers to it. */
export function meaningOf<Meaning>(table: Readonly<Record<string, Meaning>>, word: string): Meaning | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
