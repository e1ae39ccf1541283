import type { Level } from '../model/vendor.ts';

/** What a node is: a level of the tree, or a text that many rows share. Numbers are stored. */
export const kinds = {
  seller: 1,
  reseller: 2,
  organization: 3,
  service: 4,
  product: 5,
  billing: 6,
  term: 7,
  /** `list EUR`: what a row's main price is of, and in which currency. */
  money: 8,
} as const satisfies Record<Level, number> & Record<string, number>;
export type NodeKind = keyof typeof kinds;
