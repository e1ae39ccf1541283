import * as v from 'valibot';
import { allFields, type Field, type FieldProperty, isOfAllVersions } from '../model/field-names.ts';
import type { Subscription } from '../model/subscription.ts';

const text = v.nullable(v.string());
const named = v.looseObject({ id: v.string(), name: v.string() });

/** What no kind of a field says. */
const structured: Readonly<Partial<Record<FieldProperty, v.GenericSchema>>> = {
  services: v.array(named),
  renewal: v.looseObject({ mode: v.string(), quantity: v.nullable(v.number()), productId: text, plan: text }),
  prices: v.array(v.looseObject({ kind: v.string(), amount: v.string(), currency: text })),
  externalIds: v.record(v.string(), v.string()),
};

const byKind = {
  text: v.string(),
  word: v.string(),
  date: v.string(),
  number: v.number(),
  money: v.string(),
  switch: v.boolean(),
} as const satisfies Record<Field['value']['kind'], v.GenericSchema>;

/** Not compared and not sent, so they need not be there. */
const unused: readonly FieldProperty[] = ['sameAs', 'missingSince', 'readAt'];
const surprises = v.optional(v.array(v.string()));

/** A subscription as it was when a write was planned: what is compared, and what vendors need to read it again. */
const targetShape = v.looseObject({
  ...Object.fromEntries(
    allFields
      .filter(({ property, use }) => use.includes('json') && !unused.includes(property))
      .map((field) => [field.property, isOfAllVersions(field) ? shapeOf(field) : v.optional(shapeOf(field))]),
  ),
  surprises,
});

export const writeTarget = v.custom<Subscription>((value) => v.is(targetShape, value));

function shapeOf(field: Field): v.GenericSchema {
  const shape = structured[field.property] ?? (field.as === 'node' ? named : byKind[field.value.kind]);
  return field.nullable ? v.nullable(shape) : shape;
}
