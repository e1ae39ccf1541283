import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';

/** Up to three bit flips in the text of a file's schema. */
export function schemaBits(path: string, whole: Buffer): fc.Arbitrary<readonly number[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  const texts = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  database.close();
  const bits = texts.flatMap(({ sql }) => {
    const start = whole.indexOf(String(sql));
    return Array.from({ length: start < 0 ? 0 : String(sql).length * 8 }, (_, bit) => start * 8 + bit);
  });
  return fc.array(fc.constantFrom(...bits), { minLength: 1, maxLength: 3 });
}

/** Up to three bit flips anywhere. */
export function anyBits(_: string, whole: Buffer): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.nat(whole.length * 8 - 1), { minLength: 1, maxLength: 3 });
}

export function withFlipped(whole: Buffer, bits: readonly number[]): Buffer {
  const harmed = Buffer.from(whole);
  for (const bit of bits) harmed[bit >> 3] = (harmed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return harmed;
}
