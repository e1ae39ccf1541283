import { allFields, type FieldProperty } from '../model/field-names.ts';
import type { fields } from '../model/fields.ts';
import type { Level } from '../model/vendor.ts';

type TextsOf<Property extends FieldProperty> = (typeof fields)[Property]['cells'] extends { readonly texts: number }
  ? Property
  : never;
type FieldKinds = Readonly<Record<{ [Property in FieldProperty]: TextsOf<Property> }[FieldProperty], number>>;

const fieldKinds = Object.fromEntries(
  allFields.flatMap(({ property, cells }) => (cells !== null && 'texts' in cells ? [[property, cells.texts]] : [])),
) as FieldKinds;

/** What a node is: a level of the tree, or a text that many rows share. Numbers are stored; those of fields are theirs. */
export const kinds = {
  ...fieldKinds,
  service: 4,
  /** `list EUR`: what a row's main price is of, and in which currency. */
  money: 8,
} as const satisfies Record<Level | 'money', number>;
export type NodeKind = keyof typeof kinds;
