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

/** A node's kind: a level of the tree, or a text shared by many rows. Numbers are stored; fields declare their own. */
export const kinds = {
  ...fieldKinds,
  service: 4,
  /** `list EUR`: the kind and currency of a row's main price. */
  money: 8,
} as const satisfies Record<Level | 'money', number>;
export type NodeKind = keyof typeof kinds;
